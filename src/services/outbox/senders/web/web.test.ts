import { ClientRequest, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { expect, onTestFinished, test, vi } from "vitest";
import { counted } from "./counted.ts";
import { basicAuth, openWeb } from "./web.ts";
import { silentFailure } from "./why.ts";

/** A server of this process, and requests to it. */
async function bench(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
  early = false,
) {
  const server = createServer((request, response) => {
    let body = "";
    if (early) answer(request, response, "");
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      if (!early) answer(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = new AbortController();
  const web = openWeb({ signal: stop.signal });
  onTestFinished(() => {
    web.close();
    server.closeAllConnections();
    server.close();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a?b=c`);
  return { web, url, stop };
}

test("a request goes out with its length where it has a body or should have one, and the answer is read whole", async () => {
  const heard: unknown[] = [];
  const { web, url } = await bench(({ method, url: path, headers }, response, body) => {
    heard.push([method, path, headers["content-length"], headers["x-own"], headers["user-agent"], body]);
    response.writeHead(207, { "x-told": "1" }).end("ånswer");
  });
  const first = await web.ask({ method: "PUT", url, body: Buffer.from("åb"), headers: { "x-own": "o" } });
  expect(first).toMatchObject({ status: 207, headers: { "x-told": "1" }, text: "ånswer" });
  await web.ask({ method: "PUT", url, body: Readable.from([Buffer.from("12"), Buffer.from("345")]), length: 5 });
  await web.ask({ method: "PUT", url });
  await web.ask({ method: "POST", url });
  await web.ask({ method: "GET", url });
  expect(heard).toEqual([
    ["PUT", "/a?b=c", "3", "o", "Plugside", "åb"],
    ["PUT", "/a?b=c", "5", undefined, "Plugside", "12345"],
    ["PUT", "/a?b=c", "0", undefined, "Plugside", ""],
    ["POST", "/a?b=c", "0", undefined, "Plugside", ""],
    ["GET", "/a?b=c", undefined, undefined, "Plugside", ""],
  ]);
});

test("a body that breaks off breaks the request off, and an answer that breaks off is none", async () => {
  const { web, url } = await bench((_request, response) => {
    response.writeHead(200, { "content-length": "10" });
    response.write("12345", () => response.destroy());
  });
  await expect(web.ask({ method: "GET", url })).rejects.toMatchObject({ code: "unavailable" });
  const body = new Readable({
    read() {
      this.push("1");
      this.destroy(new Error("the disk is gone"));
    },
  });
  await expect(web.ask({ method: "PUT", url, body, length: 9 })).rejects.toMatchObject({ code: "unavailable" });
});

test("who answers with success before it has heard all has heard nothing; a refusal counts", async () => {
  const status = { now: 200 };
  const { web, url } = await bench((_request, response) => {
    response.writeHead(status.now).end("early");
  }, true);
  const ask = () => {
    const body = new Readable({ read: () => undefined });
    body.push("12");
    return web.ask({ method: "PUT", url, body, length: 100 });
  };
  await expect(ask()).rejects.toMatchObject({ code: "unavailable" });
  status.now = 413;
  expect(await ask()).toMatchObject({ status: 413, text: "early" });
});

test("what is stopped fails for the reason it was stopped for, before and meanwhile", async () => {
  const begun = Promise.withResolvers<void>();
  const { web, url, stop } = await bench(() => begun.resolve());
  const asked = web.ask({ method: "GET", url });
  const refused = expect(asked).rejects.toThrow("enough");
  await begun.promise;
  stop.abort(new Error("enough"));
  await refused;
  await expect(web.ask({ method: "GET", url })).rejects.toThrow("enough");
});

test("a server that says nothing for a minute is given up as silent", async () => {
  const { web, url } = await bench(() => undefined);
  const silences: number[] = [];
  const silence = vi.spyOn(ClientRequest.prototype, "setTimeout").mockImplementation(function (
    this: ClientRequest,
    ms,
    over,
  ) {
    silences.push(ms);
    setImmediate(() => over?.());
    return this;
  });
  onTestFinished(() => silence.mockRestore());
  await expect(web.ask({ method: "GET", url })).rejects.toEqual(silentFailure(url, 60_000));
  expect(silences).toEqual([60_000]);
});

test("an answer of four megabytes is read, and a longer one is not", async () => {
  const size = { now: 4 * 1024 * 1024 };
  const { web, url } = await bench((_request, response) => response.end(Buffer.alloc(size.now, "x")));
  expect((await web.ask({ method: "GET", url })).text).toHaveLength(size.now);
  size.now += 1;
  await expect(web.ask({ method: "GET", url })).rejects.toMatchObject({ code: "unavailable" });
});

test("a user and a password are told plainly, an empty one too; without a user nothing is", () => {
  expect(basicAuth("us", "på:s")).toEqual({ authorization: `Basic ${Buffer.from("us:på:s").toString("base64")}` });
  expect(basicAuth("us")).toEqual({ authorization: `Basic ${Buffer.from("us:").toString("base64")}` });
  expect([basicAuth(""), basicAuth(undefined, "p")]).toEqual([{}, {}]);
});

test("what goes through is counted, and where it goes no further its source is let go", async () => {
  const told: number[] = [];
  const through = counted(Readable.from([Buffer.from("12"), Buffer.from("345")]), (bytes) => told.push(bytes));
  expect([(await through.toArray()).join(""), told]).toEqual(["12345", [2, 5]]);
  const source = new Readable({ read: () => undefined });
  counted(source, () => undefined).destroy();
  await expect.poll(() => source.destroyed, { timeout: 10_000 }).toBe(true);
  const broken = new Readable({ read: () => undefined });
  const out = counted(broken, () => undefined);
  const failed = expect(out.toArray()).rejects.toThrow("gone");
  broken.destroy(new Error("gone"));
  await failed;
});
