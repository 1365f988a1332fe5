import { once } from "node:events";
import { createServer as createHttp } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { Machine } from "../model.ts";
import { uploadLog } from "./job.ts";
import { logText } from "./log-text.ts";
import { upload } from "./upload.ts";

const parcel = { name: "a b.log", bytes: Buffer.from("hello there") };

/** Takes files in by PUT, with this status. */
async function web(status: number) {
  const came: unknown[] = [];
  const server = createHttp((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (bytes: Buffer) => parts.push(bytes)).on("error", () => undefined);
    request.on("end", () => {
      came.push([request.method, request.url, request.headers["content-length"], Buffer.concat(parts).toString()]);
      response.writeHead(status).end("done");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { came, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test.each([
  ["/logs/", "/logs/a%20b.log"],
  ["/logs/other.log", "/logs/other.log"],
])("a file is put to %s as %s", async (path, url) => {
  const { came, origin } = await web(201);
  await upload(origin + path, parcel);
  expect(came).toEqual([["PUT", url, "11", "hello there"]]);
});

test.each([
  [200, null],
  [299, null],
  [300, "HTTP 300"],
  [404, "HTTP 404"],
])("the answer %i ends an upload: %s", async (status, why) => {
  const done = upload(`${(await web(status)).origin}/x`, parcel);
  await (why === null ? done : expect(done).rejects.toThrow(why));
});

test("an upload that is given up breaks off in the middle", async () => {
  const { came, origin } = await web(201);
  await expect(upload(`${origin}/x`, { ...parcel, stopAfter: 5 })).rejects.toThrow("given up");
  expect(came).toEqual([]);
});

test.each([
  ["nowhere", "no address"],
  ["gopher://x/", "no gopher:"],
])("%s is no place to upload to", async (location, why) => {
  await expect(upload(location, parcel)).rejects.toThrow(why);
});

/** An FTP server made of its answers by command; `heard`: what it is told, and what came by its data connection. */
async function ftp(answers: Record<string, string> = {}) {
  const heard: string[] = [];
  const sockets: Socket[] = [];
  let stored: () => void = () => undefined;
  const data = createServer((socket) => {
    sockets.push(socket);
    let bytes = "";
    socket.on("data", (more) => (bytes += more)).on("error", () => heard.push(`reset after ${bytes}`));
    socket.on("end", () => {
      heard.push(`data ${bytes}`);
      stored();
    });
  });
  data.listen(0, "127.0.0.1");
  await once(data, "listening");
  const usual: Record<string, string> = {
    ...{ USER: "331 Password?", PASS: "230-Welcome\r\n to it\r\n230 in", TYPE: "200 ok", STOR: "150 go on" },
    EPSV: `229 Passive (|||${(data.address() as AddressInfo).port}|)`,
    ...answers,
  };
  const control = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.write(answers.hello ?? "220 here\r\n");
    stored = () => socket.write("226 stored\r\n");
    let rest = "";
    socket.on("data", (bytes) => {
      rest += bytes;
      for (let end = rest.indexOf("\r\n"); end !== -1; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        heard.push(line);
        const answer = usual[line.split(" ")[0] ?? ""];
        if (answer === "") socket.destroy();
        else if (answer) socket.write(`${answer}\r\n`);
      }
    });
  });
  control.listen(0, "127.0.0.1");
  await once(control, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    control.close();
    data.close();
  });
  return { heard, place: `ftp://us%20er:p%40ss@127.0.0.1:${(control.address() as AddressInfo).port}/logs/` };
}

test("a file is stored by FTP as a station does it", async () => {
  const { heard, place } = await ftp();
  await upload(place, parcel);
  expect(heard.slice(0, 6)).toEqual([
    ...["USER us er", "PASS p@ss", "TYPE I", "EPSV", "STOR /logs/a b.log", "data hello there"],
  ]);
});

test.each([
  ["hello", { hello: "421 full\r\n" }, "421 full"],
  ["USER", { USER: "500 no" }, "500 no"],
  ["PASS", { PASS: "530 wrong" }, "530 wrong"],
  ["TYPE", { TYPE: "504 no" }, "504 no"],
  ["EPSV", { EPSV: "500 no" }, "500 no"],
  ["STOR", { STOR: "553 no" }, "553 no"],
  ["an end", { TYPE: "" }, "the server hung up"],
])("an FTP server that refuses at %s is told by its words", async (_, answers, why) => {
  await expect(upload((await ftp(answers)).place, parcel)).rejects.toThrow(why);
});

test("an upload by FTP that is given up resets its data connection", async () => {
  const { heard, place } = await ftp();
  await expect(upload(place, { ...parcel, stopAfter: 5 })).rejects.toThrow("given up");
  while (!heard.some((one) => one.startsWith("reset after"))) await new Promise((resolve) => setImmediate(resolve));
  expect(heard.at(-1)).toMatch(/^reset after (hello)?$/);
});

test("the log of a station is that of its last days, of its own outlets, and the same each time", async () => {
  const machine = {
    clock: createManualClock(Date.UTC(2026, 5, 1)),
    identity: "CP1",
    outlets: [{}, {}],
  } as unknown as Machine;
  const lines = Buffer.from(logText(machine)).toString().split("\n");
  expect([lines.length, lines.at(-1), lines[0], lines[1], lines[4000]]).toEqual([
    4002,
    "",
    "# CP1, virtual station",
    expect.stringMatching(/^2026-05-29T05:20:00.000Z /),
    expect.stringMatching(/^2026-05-31T23:59:00.000Z /),
  ]);
  await expect(`${[...lines.slice(0, 40), ...lines.slice(3980)].join("\n")}`).toMatchFileSnapshot("told/log.txt");
  expect(new Set(lines.map((line) => /evse (\d)/.exec(line)?.[1]))).toEqual(new Set([undefined, "1", "2"]));
});

test.each([
  [[], ["PUT /logs/own.log"], ["Uploading", "Uploaded"], []],
  [["log-own-name"], ["PUT /logs/export%2FCP1%20(1).log"], ["Uploading", "Uploaded"], []],
  [["log-gives-up"], [], ["Uploading", "UploadFailure"], ["upload failed: Error: given up"]],
] as const)("a station with the quirks %j puts %j and tells %j", async (quirks, put, told, lines) => {
  const { came, origin } = await web(201);
  const clock = createManualClock();
  const statuses: string[] = [];
  const log: string[] = [];
  const machine = {
    ...{ clock, identity: "CP1", outlets: [{}], jobs: {}, log: (line: string) => log.push(line) },
    has: (quirk: string) => (quirks as readonly string[]).includes(quirk),
    mail: { tell: ({ payload }: { payload: { status: string } }) => statuses.push(payload.status) },
    speaker: { log: (job: object) => ({ action: "LogStatusNotification", payload: job }) },
  } as unknown as Machine;
  const over = new Promise<void>((resolve) => {
    uploadLog(machine, { signed: true, location: `${origin}/logs/`, name: "own.log" }, resolve);
    clock.advance(500);
  });
  await over;
  expect([statuses, log]).toEqual([told, lines]);
  expect(came.map((one) => (one as string[]).slice(0, 2).join(" "))).toEqual(put);
});
