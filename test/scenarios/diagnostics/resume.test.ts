import { request } from "node:http";
import { connect } from "node:net";
import ssh2, { type SFTPWrapper } from "ssh2";
import { expect, onTestFinished, test } from "vitest";
import type { UploadWay } from "../../../src/services/diagnostics/contract.ts";
import { placeFor } from "./place-for.ts";

/** A station that goes on with its log: it asks how much is here, sends from there to `end`, and hangs up, or says that it is done.
 * Resolves to how much was here. */
type Sender = (body: Buffer, end: number) => Promise<number>;

const name = "station.log";

/** HTTP tells how much is here by what it refuses (RFC 9110, 15.5.17). */
const overHttp =
  (place: string): Sender =>
  async (body, end) => {
    const put = (from: number, total: number, bytes: Buffer | null) =>
      request(place + name, {
        method: "PUT",
        headers: {
          "content-range": `bytes ${from}-${total - 1}/${total}`,
          "content-length": bytes?.length ?? total - from,
        },
      });
    const here = await new Promise<number>((resolve, reject) => {
      const probe = put(body.length, body.length + 1, Buffer.from("x"));
      probe.on("error", reject).on("response", (response) => {
        response.resume();
        resolve(Number(/^bytes \*\/(\d+)$/.exec(response.headers["content-range"] ?? "")?.[1]));
      });
      probe.end("x");
    });
    const sending = put(here, body.length, null);
    await new Promise<void>((resolve, reject) => {
      sending.on("error", (error) => (end < body.length ? resolve() : reject(error)));
      sending.on("response", ({ statusCode }) => (statusCode === 201 ? resolve() : reject(new Error(`${statusCode}`))));
      if (end === body.length) sending.end(body.subarray(here));
      else sending.write(body.subarray(here, end), () => sending.destroy());
    });
    return here;
  };

/** FTP: SIZE, and REST with STOR, or APPE. */
const overFtp =
  (place: string, way: "REST" | "APPE"): Sender =>
  async (body, end) => {
    const { hostname, port, username, password } = new URL(place);
    const control = connect(Number(port), hostname).setEncoding("utf8");
    const lines = control[Symbol.asyncIterator]() as AsyncIterator<string>;
    const say = async (line: string | null, wanted: RegExp) => {
      if (line !== null) control.write(`${line}\r\n`);
      const { value = "closed" } = await lines.next();
      expect(value).toMatch(wanted);
      return value;
    };
    await say(null, /^220/);
    await say(`USER ${username}`, /^331/);
    await say(`PASS ${password}`, /^230/);
    const here = Number(/^213 (\d+)/.exec(await say(`SIZE ${name}`, /^(213|550)/))?.[1] ?? 0);
    const data = connect(Number(/\|(\d+)\|/.exec(await say("EPSV", /^229/))?.[1]), hostname);
    if (way === "REST") await say(`REST ${here}`, /^350/);
    await say(`${way === "REST" ? "STOR" : "APPE"} ${name}`, /^150/);
    if (end === body.length) data.end(body.subarray(here));
    else data.write(body.subarray(here, end), () => data.resetAndDestroy());
    await say(null, end === body.length ? /^226/ : /^426/);
    control.destroy();
    return here;
  };

/** SFTP: the size, and writes from that offset. */
const overSftp =
  (place: string): Sender =>
  async (body, end) => {
    const { hostname, port, username, password } = new URL(place.replace("sftp:", "http:"));
    const client = new ssh2.Client();
    onTestFinished(() => void client.destroy());
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      client.on("error", reject);
      client.on("ready", () => client.sftp((error, one) => (error ? reject(error) : resolve(one))));
      client.connect({ host: hostname, port: Number(port), username, password });
    });
    const here = await new Promise<number>((resolve) =>
      sftp.stat(name, (error, stats) => resolve(error ? 0 : stats.size)),
    );
    const file = await new Promise<Buffer>((resolve, reject) =>
      sftp.open(name, "a", (error, handle) => (error ? reject(error) : resolve(handle))),
    );
    for (let at = here; at < end; at += 32_768) {
      await new Promise<void>((resolve, reject) =>
        sftp.write(file, body, at, Math.min(32_768, end - at), at, (error) => (error ? reject(error) : resolve())),
      );
    }
    if (end === body.length)
      await new Promise<void>((resolve, reject) => sftp.close(file, (error) => (error ? reject(error) : resolve())));
    client.destroy();
    return here;
  };

const ways: [string, UploadWay, (place: string) => Sender][] = [
  ["HTTP, Content-Range", "http", overHttp],
  ["FTP, REST", "ftp", (place) => overFtp(place, "REST")],
  ["FTP, APPE", "ftp", (place) => overFtp(place, "APPE")],
  ["SFTP, at the offset", "sftp", overSftp],
];

test.each(ways)("broken off at every tenth and gone on with: %s", { timeout: 60_000 }, async (_name, way, sender) => {
  const { place, body, sha256, once, lastWord } = await placeFor(way);
  const send = sender(place);
  for (let tenth = 1; tenth < 10; tenth++) {
    await send(body, Math.floor((body.length * tenth) / 10));
    // The next begins when this one is known to have ended.
    await once(
      ({ rungs: [rung] }) => rung?.seen.filter(({ words }) => words.phrase === "seen-broken-off").length === tenth,
    );
  }
  expect(await send(body, body.length)).toBeGreaterThan(body.length / 2);
  expect(await lastWord()).toMatchObject({
    verdict: "received",
    files: [{ protocol: way, name, state: "whole", bytes: body.length, sha256 }],
  });
});

const ownPorts = ways.slice(1);

test.each(ownPorts)(
  "gone on with after the core was started again: %s",
  { timeout: 60_000 },
  async (_name, way, sender) => {
    const { place, body, sha256, once, restart, lastWord } = await placeFor(way);
    const send = sender(place);
    await send(body, Math.floor(body.length / 2));
    await once(({ files }) => files[0]?.state === "partial");
    await restart();
    await once(({ rungs: [rung] }) => rung?.seen.some(({ words }) => words.phrase === "seen-again") ?? false);
    expect(await send(body, body.length)).toBeGreaterThan(0);
    expect(await lastWord()).toMatchObject({
      verdict: "received",
      files: [{ protocol: way, name, state: "whole", bytes: body.length, sha256 }],
    });
  },
);
