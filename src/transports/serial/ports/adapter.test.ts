import { expect, test } from "vitest";
import type { SerialPortInfo } from "../../../station/serial/ports.ts";
import { adapterOf } from "./adapter.ts";

const port = (path: string | undefined, more: Partial<SerialPortInfo> = {}) =>
  ({ path, vendorId: "0403", productId: "6001", serialNumber: "A1", ...more }) as SerialPortInfo;

/** An adapter that was opened under /dev/a while these ports were there; where it is among those. */
async function found(before: SerialPortInfo[], after: SerialPortInfo[]): Promise<string | null> {
  let ports = before;
  const adapter = adapterOf(async () => ({ ports }) as never);
  adapter.opened("/dev/a");
  await Promise.resolve();
  ports = after;
  return adapter.find("/dev/a");
}

test("an adapter is known again by its numbers under another path, and is away while none has them", async () => {
  expect(await found([port("/dev/a")], [port("/dev/a", { serialNumber: "B2" }), port("/dev/b")])).toBe("/dev/b");
  expect(await found([port("/dev/a")], [port("/dev/a", { serialNumber: "B2" })])).toBeNull();
  expect(
    await found([port("/dev/a")], [port("/dev/b", { productId: "6002" }), port("/dev/c", { vendorId: "1a86" })]),
  ).toBeNull();
});

test("of several with its numbers it is the one that is where it was; one without a path is none", async () => {
  expect(await found([port("/dev/a")], [port("/dev/b"), port("/dev/a")])).toBe("/dev/a");
  expect(await found([port("/dev/a")], [port(undefined), port("/dev/b")])).toBe("/dev/b");
  expect(await found([port("/dev/a")], [port(undefined)])).toBeNull();
});

test.each([{ serialNumber: undefined }, { vendorId: undefined }])(
  "one that cannot be told from others is looked for where it was: %j",
  async (less) => {
    expect(await found([port("/dev/a", less)], [port("/dev/b", less)])).toBe("/dev/a");
  },
);

test("one that was opened under a path that is not listed is looked for where it was", async () => {
  expect(await found([port("/dev/z")], [port("/dev/z")])).toBe("/dev/a");
});
