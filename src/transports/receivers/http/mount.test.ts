import { PassThrough } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import type { Drop } from "../drop.ts";
import { createHttpMount } from "./mount.ts";

test("takes 64 connections at a time and no more, another once one is over, and leaves none open at its end", async () => {
  const mount = createHttpMount();
  const sockets = Array.from({ length: 64 }, () => new PassThrough());
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (const socket of sockets) mount.take(socket);
  const tooMany = new PassThrough();
  mount.take(tooMany);
  expect([sockets.some(({ destroyed }) => destroyed), tooMany.destroyed]).toEqual([false, true]);
  const [first] = sockets;
  const over = new Promise((resolve) => first?.once("close", resolve));
  first?.destroy();
  await over;
  const next = new PassThrough();
  sockets.push(next);
  mount.take(next);
  expect(next.destroyed).toBe(false);
  await mount.dispose();
  expect(sockets.every(({ destroyed }) => destroyed)).toBe(true);
});

test("an upload is known by the path of a drop while that is open, with and without the stroke at its end", () => {
  const mount = createHttpMount();
  const close = mount.offer({ path: "/d1/" } as Drop);
  expect(["/d1/a.log", "/d1", "http://192.0.2.1/d1/a.log", "/CP1"].map(mount.takes)).toEqual([true, true, true, false]);
  close();
  expect(mount.takes("/d1/a.log")).toBe(false);
  void mount.dispose();
});
