import { once } from "node:events";
import { type AddressInfo, createServer, connect as plain } from "node:net";
import { connect, type TlsOptions } from "node:tls";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { selfSigned } from "../../../test/harness/self-signed.ts";
import { TlsServer } from "./server.ts";

let named: { cert: string; key: string };
let addressed: { cert: string; key: string };
beforeAll(async () => {
  [named, addressed] = await Promise.all([selfSigned("laptop.local"), selfSigned("10.0.0.5")]);
});

/** A server that shows what it is given, which may change. */
function serverOf(options: TlsOptions | null) {
  let current = options && { generation: 1, options };
  const server = new TlsServer({ current: () => current });
  const show = (next: TlsOptions | null, generation: number) => {
    current = next && { generation, options: next };
  };
  return { server, show };
}

test("without a certificate nothing is secured, and nothing can be told of one", () => {
  for (const { server } of [{ server: new TlsServer(null) }, serverOf(null)]) {
    const told: string[] = [];
    server.secure({} as never, { secured: () => told.push("secured"), failed: (error) => told.push(error) });
    expect([server.ready, server.fits("laptop.local", "10.0.0.5"), told]).toEqual([
      false,
      undefined,
      ["no certificate"],
    ]);
  }
});

test("our certificate fits the name that was called, or the address that was reached where none was", () => {
  const { server, show } = serverOf({ ...named });
  expect([
    server.ready,
    server.fits("laptop.local", "10.0.0.5"),
    server.fits("other.local", "10.0.0.5"),
    server.fits("10.0.0.5", "10.0.0.5"),
    server.fits(undefined, "10.0.0.5"),
  ]).toEqual([true, true, false, false, false]);
  show(addressed, 1);
  expect(server.fits(undefined, "10.0.0.5")).toBe(false);
  show(addressed, 2);
  expect([
    server.fits(undefined, "10.0.0.5"),
    server.fits(undefined, "10.0.0.5%eth0"),
    server.fits(undefined, "10.0.0.6"),
    server.fits("10.0.0.5", "10.0.0.6"),
    server.fits("laptop.local", "10.0.0.5"),
  ]).toEqual([true, true, false, true, false]);
  show(null, 3);
  expect([server.ready, server.fits(undefined, "10.0.0.5")]).toEqual([false, undefined]);
});

test("of a list of certificates the first is looked at, and of none nothing is told", () => {
  expect(serverOf({ cert: [named.cert], key: [named.key] }).server.fits("laptop.local", "")).toBe(true);
  expect(serverOf({}).server.fits("laptop.local", "")).toBeUndefined();
});

test("a handshake is told to who began it: as secured, or by what went wrong", async () => {
  const { server } = serverOf({ ...named, minVersion: "TLSv1.3" });
  const told: string[] = [];
  const port = createServer((socket) => {
    socket.on("error", () => undefined);
    server.secure(socket, {
      secured: (secured) => {
        told.push(`secured ${secured.getProtocol()} ${secured.authorized}`);
        secured.end();
      },
      failed: (error) => told.push(error),
    });
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void port.close());
  await once(port, "listening");
  const place = { host: "127.0.0.1", port: (port.address() as AddressInfo).port };
  const dial = async (options: object) => {
    const before = told.length;
    const socket = connect({ ...place, rejectUnauthorized: false, ...options }).on("error", () => undefined);
    onTestFinished(() => void socket.destroy());
    while (told.length === before) await new Promise((resolve) => setImmediate(resolve));
  };
  await dial({});
  await dial({ maxVersion: "TLSv1.2" });
  const odd = plain(place).on("error", () => undefined);
  onTestFinished(() => void odd.destroy());
  odd.write("hello, this is no TLS\r\n");
  while (told.length < 3) await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([
    "secured TLSv1.3 false",
    expect.stringMatching(/unsupported protocol/),
    expect.stringMatching(/wrong version number|http request|packet length/),
  ]);
});
