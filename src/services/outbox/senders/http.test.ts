import { Agent, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { deliveryOf } from "../../../../test/harness/outbox/delivery.ts";
import { startPut } from "../../../../test/harness/outbox/put-stub.ts";
import { selfSigned } from "../../../../test/harness/self-signed.ts";
import { systemClock } from "../../../lib/clock.ts";
import type { Destination } from "../../../station/onward/outbox.ts";
import { httpSender } from "./http.ts";
import type { DestinationSecret } from "./sender.ts";

const signal = () => AbortSignal.timeout(20_000);

function senderTo(
  url: string,
  secret: DestinationSecret = {},
  more: { method?: "PUT" | "POST"; ca?: string; user?: string } = {},
) {
  const destination = { name: "web", kind: "http", url, method: "PUT", ...more } satisfies Destination;
  return httpSender(destination, { clock: systemClock, secret, learnHost: () => undefined });
}

async function server(tls?: { key: string; cert: string }) {
  const stub = await startPut(tls);
  onTestFinished(() => stub.close());
  return stub;
}

test("a file is put at an address of its own, with what is secret beside it, and not put again", async () => {
  const stub = await server();
  const delivery = deliveryOf(50_000);
  const secret = { password: "p:w", headers: { "x-api-key": "k" }, query: "sig=abc%3D" };
  const sender = senderTo(`${stub.url}/in`, secret, { user: "tech" });
  const path = `/in/log å-${delivery.sha256.slice(0, 12)}.zip`;
  expect(await sender.send(delivery)).toEqual({ place: stub.url + encodeURI(path), proof: "size" });
  expect(stub.files.get(path)).toEqual(delivery.content);
  expect(stub.headers).toMatchObject({
    authorization: `Basic ${Buffer.from("tech:p:w").toString("base64")}`,
    "x-api-key": "k",
    "content-length": "50000",
    "content-digest": `sha-256=:${Buffer.from(delivery.sha256, "hex").toString("base64")}:`,
  });
  await sender.send(delivery);
  expect(stub.stored).toEqual([path]);
});

test("a server that shows nothing is taken at its word, and one that has something else is not", async () => {
  const stub = await server();
  stub.blind = true;
  const delivery = deliveryOf(10);
  expect(await senderTo(stub.url).send(delivery)).toMatchObject({ proof: "said" });
  expect(await senderTo(`${stub.url}/form`, {}, { method: "POST" }).send(delivery)).toEqual({
    place: `${stub.url}/form`,
    proof: "said",
  });
  expect(stub.headers["idempotency-key"]).toBe(`"${delivery.sha256}"`);
  stub.blind = false;
  const other = deliveryOf(10);
  const path = `/log å-${other.sha256.slice(0, 12)}.zip`;
  stub.fault = ({ method }) => (method === "PUT" ? { status: 201 } : null);
  stub.files.set(path, Buffer.from("another"));
  await expect(senderTo(stub.url).send(other)).rejects.toMatchObject({ words: { phrase: "sent-differs-there" } });
});

test("a server that cannot tell now whether it has a file is not sent it twice", async () => {
  const stub = await server();
  const delivery = deliveryOf(10);
  await senderTo(stub.url).send(delivery);
  stub.fault = ({ method }) => (method === "HEAD" ? { status: 500 } : null);
  await expect(senderTo(stub.url).send(delivery)).rejects.toMatchObject({ words: { phrase: "away-answers" } });
  expect(stub.stored).toHaveLength(1);
});

test.each([
  [401, "not-allowed", "away-credentials"],
  [403, "not-allowed", "away-permission"],
  [404, "not-allowed", "away-no-place"],
  [307, "not-allowed", "away-moved"],
  [413, "not-allowed", "away-too-large"],
  [500, "unavailable", "away-answers"],
  [503, "unavailable", "away-busy"],
  [507, "unavailable", "away-full"],
])("a %i is told in words", async (status, code, phrase) => {
  const stub = await server();
  stub.fault = ({ method }) => (method === "PUT" ? { status, body: "<p>no password=abcdefghijk" } : null);
  const failing = senderTo(stub.url).test(signal());
  await expect(failing).rejects.toMatchObject({ code, words: { phrase } });
  await expect(failing).rejects.toThrow(/^(?!.*abcdefghijk)/);
});

test("what is wrong on the way is told in words: name, port, certificate, https for http and the other way", async () => {
  const gone = await server();
  const { key, cert } = await selfSigned("localhost");
  const secure = await server({ key, cert });
  await gone.close();
  const plain = await server();
  const wrong: [string, string][] = [
    ["http://no-such-name.invalid/", "away-name"],
    [gone.url, "away-refused"],
    [secure.url, "away-certificate-unknown"],
    [secure.url.replace("https", "http"), "away-broken"],
    [plain.url.replace("http", "https"), "away-tls"],
  ];
  for (const [url, phrase] of wrong) {
    await expect(senderTo(url).test(signal()), url).rejects.toMatchObject({ code: "unavailable", words: { phrase } });
  }
  const other = senderTo(secure.url, {}, { ca: cert });
  await expect(other.test(signal())).rejects.toMatchObject({ words: { phrase: "away-certificate-name" } });
  await senderTo(secure.url.replace("127.0.0.1", "localhost"), {}, { ca: cert }).test(signal());
});

test("who answers before it has heard all of it has not taken it", async () => {
  const stub = await server();
  stub.fault = ({ method }) => (method === "PUT" ? "cut" : null);
  await expect(senderTo(stub.url).send(deliveryOf(3_000_000))).rejects.toMatchObject({
    words: { phrase: "away-broken" },
  });
});

/** A sender over a web that is not there: what was asked, and answers in their order. */
async function scripted(method: "PUT" | "POST", ...answers: { status: number; headers?: Record<string, string> }[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      asked.push(`${request.method} ${request.url}`);
      const { status, headers } = answers.shift() ?? { status: 200 };
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, url, sender: senderTo(`${url}/in`, {}, { method }) };
}

test.each([
  [200, null],
  [404, null],
  [405, null],
  [501, null],
  [401, "not-allowed"],
  [500, "unavailable"],
] as const)("a POST is tested by a look alone: an answer of %i is %s", async (status, code) => {
  const { sender, asked } = await scripted("POST", { status });
  const tested = sender.test(signal());
  if (code) await expect(tested).rejects.toMatchObject({ code });
  else expect(await tested).toBeUndefined();
  expect(asked).toEqual(["HEAD /in"]);
});

test("a PUT is tested with a file that is taken away again, and a refusal is told", async () => {
  const { sender, asked } = await scripted("PUT", { status: 201 }, { status: 204 });
  await sender.test(signal());
  expect(asked).toEqual([
    expect.stringMatching(/^PUT \/in\/plugside-test-[0-9a-f-]{36}$/),
    expect.stringMatching(/^DELETE /),
  ]);
  expect(asked[1]?.slice(7)).toBe(asked[0]?.slice(4));
  const refused = await scripted("PUT", { status: 403 });
  await expect(refused.sender.test(signal())).rejects.toMatchObject({ code: "not-allowed" });
  expect(refused.asked).toHaveLength(1);
});

test("where a POST made something it is told, or the address itself; a server that cannot look now is asked later", async () => {
  const made = await scripted("POST", { status: 201, headers: { location: "/made/1?secret=x" } });
  expect(await made.sender.send(deliveryOf(5))).toEqual({ place: `${made.url}/made/1`, proof: "said" });
  const odd = await scripted("POST", { status: 201, headers: { location: "http://[" } });
  expect(await odd.sender.send(deliveryOf(5))).toEqual({ place: `${odd.url}/in`, proof: "said" });
  for (const [status, told] of [
    [429, "unavailable"],
    [500, "unavailable"],
  ] as const) {
    const busy = await scripted("PUT", { status });
    await expect(busy.sender.send(deliveryOf(5))).rejects.toMatchObject({ code: told });
    expect(busy.asked).toHaveLength(1);
  }
  const blind = await scripted("PUT", { status: 501 }, { status: 201 }, { status: 501 });
  expect(await blind.sender.send(deliveryOf(5))).toMatchObject({ proof: "said" });
  expect(blind.asked.map((one) => one.split(" ")[0])).toEqual(["HEAD", "PUT", "HEAD"]);
});

test("once it is done it hangs up, whatever came of it", async () => {
  const hungUp = vi.spyOn(Agent.prototype, "destroy");
  const stub = await server();
  const sender = senderTo(`${stub.url}/in`);
  await sender.send(deliveryOf(1000));
  await sender.test(signal());
  expect(hungUp).toHaveBeenCalledTimes(2);
  for (const method of ["PUT", "POST"] as const) {
    const refused = await scripted(method, ...Array.from({ length: 4 }, () => ({ status: 403 })));
    await expect(refused.sender.send(deliveryOf(1000))).rejects.toMatchObject({ code: "not-allowed" });
    await expect(refused.sender.test(signal())).rejects.toBeDefined();
  }
  expect(hungUp).toHaveBeenCalledTimes(6);
});
