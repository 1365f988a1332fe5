import { SerialPortMock } from "serialport";
import { expect, onTestFinished, test, vi } from "vitest";
import { noPtys, ptyPair } from "../../../../test/harness/serial/pty-pair.ts";
import { createOpener } from "../open-port.ts";
import type { PortListener } from "../port.ts";
import { usualSettings } from "../settings.ts";

function collecting() {
  const got: number[] = [];
  const closed = Promise.withResolvers<string>();
  let wanted = { count: 0, resolve: () => {} };
  const listener: PortListener = {
    data(bytes) {
      got.push(...bytes);
      if (got.length >= wanted.count) wanted.resolve();
    },
    closed: (why) => closed.resolve(why.phrase),
  };
  const come = (count: number) =>
    new Promise<number[]>((resolve) => {
      wanted = { count, resolve: () => resolve(got) };
      if (got.length >= count) resolve(got);
    });
  return { listener, come, closed: closed.promise };
}

/** Opens ports of the mock binding, and keeps what was made. */
function mocked() {
  const made: SerialPortMock[] = [];
  const open = createOpener(async () => ({
    list: () => SerialPortMock.list(),
    create(options) {
      const one = new SerialPortMock(options);
      made.push(one);
      return one;
    },
  }));
  return { open, made };
}

test("a port of the mock is opened with its settings, and DTR is never touched", async () => {
  SerialPortMock.binding.createPort("/dev/mock", { record: true });
  onTestFinished(() => SerialPortMock.binding.reset());
  const { open, made } = mocked();
  const port = await open("/dev/mock", { ...usualSettings, baudRate: 9600, parity: "even", flow: "xonxoff" });
  expect(made[0]?.port?.openOptions).toMatchObject({
    baudRate: 9600,
    parity: "even",
    xon: true,
    xoff: true,
    hupcl: false,
  });
  const set = vi.spyOn(made[0] as SerialPortMock, "set");
  await port.signal?.({ dtr: false, rts: true, held: false });
  expect(set.mock.calls.map(([signals]) => signals)).toEqual([{ dtr: false, rts: true, brk: false }]);
  await port.write(Uint8Array.of(1, 2));
  expect([...(made[0]?.port?.recording ?? [])]).toEqual([1, 2]);
  await port.dispose();
  expect(port.isOpen).toBe(false);
  await expect(port.write(Uint8Array.of(1))).rejects.toThrow("is closed");
  await expect(open("/dev/none", usualSettings)).rejects.toMatchObject({ code: "unavailable" });
});

test("a port that reads as ended, or fails, is closed below too, so that its adapter comes back under its name", async () => {
  const failing = (message: string) => (made: SerialPortMock) => made.emit("error", new Error(message));
  for (const [phrase, spoil] of [
    ["port-hung-up", (made: SerialPortMock) => made.push(null)],
    ["port-gone", failing("Error: Input/output error, cannot read")],
    ["port-lost-by", failing("out of memory")],
  ] as const) {
    SerialPortMock.binding.createPort("/dev/mock");
    const { open, made } = mocked();
    const port = await open("/dev/mock", usualSettings);
    const end = collecting();
    port.listen(end.listener);
    spoil(made[0] as SerialPortMock);
    expect(await end.closed).toBe(phrase);
    await port.dispose();
    expect(made[0]?.isOpen).toBe(false);
    SerialPortMock.binding.reset();
  }
});

test("an adapter that is pulled out while it is written to is gone, and its listener hears of it first", async () => {
  SerialPortMock.binding.createPort("/dev/mock");
  onTestFinished(() => SerialPortMock.binding.reset());
  const { open, made } = mocked();
  const port = await open("/dev/mock", usualSettings);
  const told: string[] = [];
  port.listen({ data: () => undefined, closed: (why) => told.push(why.phrase) });
  vi.spyOn(made[0]?.port as NonNullable<SerialPortMock["port"]>, "write").mockRejectedValue(
    new Error("bad file descriptor"),
  );
  await port.write(Uint8Array.of(1)).catch(({ words }) => told.push(`write ${words.phrase}`));
  expect(told).toEqual(["port-gone", "write port-gone"]);
});

test("a port is looked at twice a second as long as it is open, and closed where it is there no more", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const [gone, kept] = [Promise.withResolvers<string>(), [] as string[]];
  for (const [says, listener] of [
    ["Error: Input/output error, cannot get baud rate", { data: () => undefined, closed: gone.resolve }],
    ["Error: Inappropriate ioctl for device", { data: () => undefined, closed: () => kept.push("closed") }],
  ] as const) {
    SerialPortMock.binding.createPort("/dev/mock");
    const { open, made } = mocked();
    const port = await open("/dev/mock", usualSettings);
    port.listen({ ...listener, closed: (why) => listener.closed(why.phrase) });
    const asked = vi
      .spyOn(made[0]?.port as NonNullable<SerialPortMock["port"]>, "getBaudRate")
      .mockRejectedValue(new Error(says));
    vi.advanceTimersByTime(499);
    expect(asked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect([asked.mock.calls.length, vi.getTimerCount()]).toEqual([1, 1]);
    if (says.includes("Input/output")) expect(await gone.promise).toBe("port-gone");
    else await Promise.resolve();
    await port.dispose();
    expect(vi.getTimerCount()).toBe(0);
    SerialPortMock.binding.reset();
  }
  expect(kept).toEqual([]);
});

test.skipIf(noPtys)("an adapter that is pulled out as it is opened is told too", async () => {
  for (let times = 0; times < 6; times++) {
    const wire = await ptyPair();
    const port = await createOpener()(wire.a, usualSettings);
    const end = collecting();
    port.listen(end.listener);
    await wire.unplug();
    expect(await end.closed).toMatch(/^port-/);
    expect(port.isOpen).toBe(false);
  }
});

test.skipIf(noPtys)("two ends of a wire: nothing is lost before somebody listens, and the end is told", async () => {
  const wire = await ptyPair();
  const open = createOpener();
  const [a, b] = await Promise.all([open(wire.a, usualSettings), open(wire.b, usualSettings)]);
  onTestFinished(async () => {
    await Promise.all([a.dispose(), b.dispose()]);
  });
  const sent = Array.from({ length: 3000 }, (_, index) => index % 256);
  await a.write(Uint8Array.from(sent));
  const end = collecting();
  b.listen(end.listener);
  expect(await end.come(sent.length)).toEqual(sent);
  await expect(open(wire.a, usualSettings)).rejects.toThrow(/Plugside itself/);
  await wire.unplug();
  expect(await end.closed).toMatch(/^port-/);
  expect(b.isOpen).toBe(false);
});
