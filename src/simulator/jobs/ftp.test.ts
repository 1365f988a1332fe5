import { PassThrough } from "node:stream";
import { expect, test, vi } from "vitest";
import { uploadByFtp } from "./ftp.ts";

const { dialled } = vi.hoisted(() => ({ dialled: [] as unknown[] }));

/** A connection that is refused, as where nobody listens. */
function refused(place: object) {
  dialled.push(place);
  const socket = Object.assign(new PassThrough(), { setTimeout: () => undefined });
  setImmediate(() => socket.destroy(new Error("refused")));
  return socket;
}
vi.mock("node:net", () => ({ connect: (port: number, host: string) => refused({ port, host }) }));
vi.mock("node:tls", () => ({
  connect: ({ port, host }: { port: number; host: string }) => refused({ port, host, secure: true }),
}));

test.each([
  ["ftp://box.local/x", { port: 21, host: "box.local" }],
  ["ftp://box.local:2121/x", { port: 2121, host: "box.local" }],
  ["ftps://box.local/x", { port: 990, host: "box.local", secure: true }],
  ["ftps://[fd00::1]:21/x", { port: 21, host: "fd00::1", secure: true }],
])("%s is dialled at %j", async (url, place) => {
  await expect(uploadByFtp(new URL(url), { name: "x", bytes: new Uint8Array() })).rejects.toThrow("refused");
  expect(dialled.splice(0)).toEqual([place]);
});
