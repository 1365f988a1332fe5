import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Duplex } from "node:stream";
import { connect as connectSecure } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { testCertificates } from "../../../test/harness/test-certificates.ts";
import { door, request, until } from "../../../test/harness/transports/door.ts";
import type { Admission } from "../admission.ts";
import type { UploadsDoor } from "./arrival-context.ts";
import { refusalText } from "./refusals.ts";

const basic = `Authorization: Basic ${Buffer.from("CP1:secret").toString("base64")}\r\n`;

test("a station that is let in is known by what it came with, and its attempt by how far it came", async () => {
  const { come, last, asked, links, clock } = await door({
    admit: () => ({ allow: true, securityProfile: 1, password: "next", causes: [] }),
  });
  const text = request(
    "/ocpp/CP%201?password=x",
    `${basic}User-Agent: Make 1\r\nSec-WebSocket-Protocol: ocpp1.6, x\r\n`,
  );
  const { heard, socket } = await come(text.slice(0, 30), text.slice(30));
  await until(() => heard().includes("\r\n\r\n"));
  expect(heard()).toMatch(/^HTTP\/1.1 101 /);
  expect(asked).toEqual([
    {
      ...{ identity: "CP 1", path: "/ocpp/CP%201?password=•••", remoteAddress: "127.0.0.1", offered: ["ocpp1.6", "x"] },
      ...{ secure: false, clientCertificate: null },
      credentials: expect.objectContaining({ user: "CP1", form: "text" }),
    },
  ]);
  const [link] = links;
  expect([link?.hello, link?.authorization, link?.password]).toEqual([
    {
      identity: "CP 1",
      via: {
        ...{ kind: "websocket", path: "/ocpp/CP%201?password=•••", remoteAddress: "127.0.0.1", securityProfile: 1 },
        ...{ offered: ["ocpp1.6", "x"], secure: false, subprotocol: "ocpp1.6", userAgent: "Make 1", attempt: 1 },
      },
    },
    basic.slice(15, -2),
    "next",
  ]);
  expect(last()).toMatchObject({
    ...{
      identity: "CP 1",
      passed: "open",
      state: "connected",
      credentials: { user: "CP1", form: "text" },
      bytes: text.length,
    },
    ...{ offered: ["ocpp1.6", "x"], subprotocol: "ocpp1.6" },
    times: { tcp: 0, http: 0, upgrade: 0, identity: 0, credentials: 0, subprotocol: 0, open: 0 },
  });
  expect(JSON.stringify(last()?.http)).toContain("•••");
  expect(JSON.stringify(last())).not.toContain("secret");
  socket.destroy();
  await until(() => last()?.state === "stopped");
  expect(clock.now()).toBe(last()?.endedAt);
});

test.each([
  ["another protocol", "SSH-2.0-x\r\n", "not-http", null, "tcp"],
  ["a page", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "plain-request", "plain-request", "http"],
  ["no identity", request("/"), "no-identity", "no-identity", "upgrade"],
  [
    "a handshake that is none",
    request("/CP1").replace("Version: 13", "Version: 7"),
    "bad-handshake",
    "bad-handshake",
    "http",
  ],
  ["a line that is none", "GET /CP1\r\n", "bad-request-line", "bad-request-line", "tcp"],
  ["a head without end", `GET /${"x".repeat(17_000)}`, "header-too-large", "header-too-large", "tcp"],
] as const)("%s is answered, told, and let go of two seconds later", async (_, said, code, answer, passed) => {
  const { come, last, codes, clock } = await door();
  const { heard, closed, socket } = await come(said);
  const whole = answer === null ? "" : (refusalText(answer) ?? "");
  await until(() => heard().length === whole.length && last()?.state === "stopped");
  expect([heard(), codes(), last()?.passed, last()?.endedAt]).toEqual([whole, [code], passed, clock.now()]);
  socket.on("end", () => undefined);
  clock.advance(1999);
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(1);
  await until(closed);
});

test.each([
  [401, "401 Unauthorized"],
  [403, "403 Forbidden"],
  [404, "404 Not Found"],
  [503, "503 Service Unavailable"],
] as const)("who is not let in is told %i, and why it is on its row", async (status, line) => {
  const { come, last, codes, links } = await door({
    admit: () => ({ allow: false, status, causes: [{ code: "credentials-wrong" }] }),
  });
  const { heard } = await come(request("/CP1"));
  await until(() => heard().length > 0 && last()?.state === "stopped");
  expect([heard(), codes(), last()?.passed, links]).toEqual([
    refusalText(status),
    ["credentials-wrong"],
    "identity",
    [],
  ]);
  expect(heard()).toContain(line);
});

test("what who is not let in still says is drained, or the answer would not reach them", async () => {
  const { come } = await door({ admit: () => ({ allow: false, status: 403, causes: [] }) });
  const { heard, closed } = await come(request("/CP1") + "x".repeat(8_000_000));
  await until(closed);
  expect(heard()).toBe(refusalText(403));
});

test("an access control that fails lets nobody in, and is told as a bug", async () => {
  const { come, bugs, last } = await door({
    admit: () => {
      throw new Error("a fault");
    },
  });
  const { heard } = await come(request("/CP1"));
  await until(() => heard().length > 0 && last()?.state === "stopped");
  expect([heard(), bugs]).toEqual([refusalText(503), ["the access control failed"]]);
});

test.each([
  ["nothing", [], 20_000, "silence", ""],
  ["half a head", ["GET /CP1 HT"], 10_000, "slow-head", "slow-head"],
] as const)("who says %s in its time is let go of, and told so before", async (_, said, ms, code, answer) => {
  const { come, clock, last, codes } = await door();
  const { heard, closed } = await come(...said);
  await until(() => last() !== undefined);
  clock.advance(599);
  expect(codes()).toEqual([]);
  clock.advance(1);
  expect([codes(), last()?.state]).toEqual([[code], "under-way"]);
  clock.advance(ms - 601);
  expect(last()?.state).toBe("under-way");
  clock.advance(1);
  expect([codes(), last()?.state, last()?.endedAt]).toEqual([[code], "stopped", clock.now()]);
  const whole = answer === "" ? "" : (refusalText(answer) ?? "");
  await until(() => heard().length === whole.length);
  clock.advance(2000);
  await until(closed);
});

test("who goes on in the middle of its head stands still no longer", async () => {
  const { come, clock, codes, last } = await door();
  const { socket } = await come();
  await until(() => last() !== undefined);
  clock.advance(600);
  expect(codes()).toEqual(["silence"]);
  socket.write("GET /CP1 HT");
  await until(() => last()?.bytes === 11);
  expect(codes()).toEqual([]);
  clock.advance(600);
  expect(codes()).toEqual(["slow-head"]);
  socket.write(request("/CP1").slice(11));
  await until(() => last()?.state === "connected");
  expect(codes()).toEqual([]);
});

test.each([
  ["at once", [], "closed-at-once"],
  ["in the middle of its head", ["GET /CP1"], "head-cut-off"],
] as const)("who leaves %s is told so", async (_, said, code) => {
  const { come, codes, last } = await door();
  const { socket } = await come(...said);
  await until(() => last() !== undefined);
  socket.end();
  await until(() => last()?.state === "stopped");
  expect(codes()).toEqual([code]);
});

test("who comes where too many stand at the door takes the place of the one that has said nothing", async () => {
  const { come, tracker } = await door({ halfOpenLimit: 2 });
  const silent = await come();
  await come("GET /A");
  await come("GET /B");
  await until(silent.closed);
  expect(tracker.recent().map(({ state, causes }) => [state, causes.map(({ code }) => code)])).toEqual([
    ["stopped", ["crowded"]],
    ["under-way", []],
    ["under-way", []],
  ]);
});

test("as the door is shut, who stands at it is sent away by us, and links are told goodbye", async () => {
  const { come, tracker, transport } = await door();
  const half = await come("GET /A");
  const whole = await come(request("/CP1"));
  await until(() => whole.heard().includes("\r\n\r\n"));
  const shut = transport.dispose();
  await until(() => half.closed() && whole.heard().includes("\x88"));
  whole.socket.destroy();
  await shut;
  await until(() => tracker.recent().every(({ state }) => state !== "connected"));
  expect(tracker.recent().map(({ state, causes }) => [state, causes.map(({ code }) => code)])).toEqual([
    ["stopped", []],
    ["ended", []],
  ]);
});

test("a file that a station brings is handed on with every byte, and was no attempt", async () => {
  const taken: string[] = [];
  const uploads: UploadsDoor = {
    takes: (target) => target.startsWith("/up/"),
    take(socket) {
      socket.on("data", (bytes: Buffer) => taken.push(bytes.toString())).on("end", () => socket.destroy());
      socket.resume();
    },
  };
  const { come, tracker } = await door({ uploads });
  const text = "PUT /up/a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
  const { socket, closed } = await come(text.slice(0, 20), text.slice(20));
  await until(() => taken.join("").length === text.length);
  expect([taken.join(""), tracker.recent(), closed()]).toEqual([text, [], false]);
  socket.write("more");
  await until(() => taken.join("").endsWith("more"));
  socket.destroy();
});

test("a station that has brought its file and says no more is answered all the same", async () => {
  const came = Promise.withResolvers<Duplex>();
  const uploads: UploadsDoor = {
    takes: () => true,
    take(socket) {
      socket.on("end", () => came.resolve(socket)).resume();
    },
  };
  const { come } = await door({ uploads });
  const { socket } = await come("PUT /up/a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  let told = "";
  socket.on("data", (bytes) => {
    told += bytes;
  });
  socket.end();
  const brought = await came.promise;
  await new Promise((resolve) => setImmediate(resolve));
  brought.end("HTTP/1.1 201 Created\r\n\r\n");
  await once(socket, "close");
  expect(told).toBe("HTTP/1.1 201 Created\r\n\r\n");
});

test("a station that secures its line is known by the certificate that it shows", async () => {
  const { tls, files } = await testCertificates("CP1");
  const { transport, asked, last, links, come, codes } = await door({ tls });
  const socket = connectSecure({
    ...{ host: "127.0.0.1", port: transport.port, rejectUnauthorized: false, servername: "localhost" },
    cert: Buffer.concat([readFileSync(files.clientCertificate), readFileSync(files.root)]),
    key: readFileSync(files.clientKey),
  });
  onTestFinished(() => void socket.destroy());
  await until(() => last()?.passed === "tls");
  expect(last()).toMatchObject({ passed: "tls", state: "under-way", hello: { sni: "localhost" } });
  socket.write(request("/CP1"));
  await until(() => links.length === 1);
  expect(asked).toMatchObject([{ secure: true, clientCertificate: { commonName: "CP1", trusted: true } }]);
  const { clientCertificate, clientChain } = last()?.tls ?? {};
  expect(clientCertificate).toEqual({
    ...{
      commonName: "CP1",
      subject: "CN=CP1",
      issuer: expect.stringContaining("CN="),
      serialNumber: expect.any(String),
    },
    ...{ notBefore: expect.stringMatching(/^\d{4}-.*Z$/), notAfter: expect.stringMatching(/^\d{4}-.*Z$/) },
    fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}/),
  });
  expect(clientChain).toEqual(["CN=CP1", clientCertificate?.issuer]);
  expect(links[0]?.hello.via).toMatchObject({ secure: true });
  expect(last()).toMatchObject({ tls: { version: "TLSv1.3", cipher: expect.stringMatching(/^TLS_/) } });
  expect(last()?.raw && Buffer.from(last()?.raw ?? "", "base64").toString()).toMatch(/^GET \/CP1/);
  // Who speaks TLS badly is told by the library's word, and the name that it called is held against our certificate.
  const broken = await come(Buffer.from("16030100050100000100", "hex"), Buffer.alloc(10));
  await until(broken.closed);
  await until(() => last()?.state === "stopped");
  expect(codes()).toEqual(["tls-failed"]);
});

test("TLS is refused by its alert where none is spoken, as soon as that is known", async () => {
  const { come, last, codes } = await door();
  const { heard } = await come(Buffer.from("1603010200", "hex"));
  await until(() => heard().length === 7 && last()?.state === "stopped");
  expect([Buffer.from(heard(), "latin1").toString("hex"), codes()]).toEqual([
    "15030100020228",
    ["certificate-not-ready"],
  ]);
});

test("who waits for its access is not late", async () => {
  let admit: (admission: Admission) => void = () => undefined;
  const accessControl = { admit: () => new Promise<Admission>((resolve) => (admit = resolve)) };
  const { come, clock, last, codes } = await door({ accessControl });
  const { heard } = await come(request("/CP1"));
  await until(() => last()?.passed === "identity");
  clock.advance(100_000);
  expect([codes(), last()?.state]).toEqual([[], "under-way"]);
  admit({ allow: true, securityProfile: 0, causes: [] });
  await until(() => heard().includes("\r\n\r\n"));
  expect(last()?.state).toBe("connected");
});

test("who was sent away and has gone stands at the door no more", async () => {
  const { come, tracker } = await door({ halfOpenLimit: 2 });
  const first = await come();
  const refused = await come("SSH-2.0-x\r\n");
  refused.socket.destroy();
  await until(() => tracker.recent()[1]?.state === "stopped");
  await until(refused.closed);
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
  await come("GET /A");
  expect([first.closed(), tracker.recent().map(({ state }) => state)]).toEqual([
    false,
    ["under-way", "stopped", "under-way"],
  ]);
});

test("a certificate of a root that nobody knows is let in as far as the access control, with what is wrong with it", async () => {
  const { tls, files } = await testCertificates("CP1", { knowsClients: false });
  const { transport, asked, links } = await door({ tls });
  const dial = async (shown: object) => {
    const socket = connectSecure({ host: "127.0.0.1", port: transport.port, rejectUnauthorized: false, ...shown });
    onTestFinished(() => void socket.destroy());
    const before = links.length;
    socket.write(request(`/CP${before}`));
    await until(() => links.length > before);
    return asked.at(-1)?.clientCertificate;
  };
  const shown = { cert: readFileSync(files.clientCertificate), key: readFileSync(files.clientKey) };
  expect(await dial(shown)).toMatchObject({
    commonName: "CP1",
    trusted: false,
    problem: expect.stringMatching(/^[A-Z_]+$/),
  });
  expect(await dial({})).toBeNull();
});
