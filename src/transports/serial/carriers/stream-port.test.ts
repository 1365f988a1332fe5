import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { words } from "../../../station/phrases.ts";
import { usualSettings } from "../settings.ts";
import { portOver } from "./stream-port.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

/** A port over a stream that the test writes to by hand. */
function bench() {
  const stream = new PassThrough();
  stream.pause();
  let closes = 0;
  const port = portOver({
    ...{ path: "p", settings: usualSettings, stream, early: Uint8Array.of(1) },
    close: async () => {
      closes++;
      stream.destroy();
    },
  });
  const told: unknown[] = [];
  const listen = () => port.listen({ data: (bytes) => told.push(...bytes), closed: ({ phrase }) => told.push(phrase) });
  const come = async (...bytes: number[]) => {
    stream.write(Uint8Array.from(bytes));
    await turn();
    return told.splice(0);
  };
  return { stream, port, told, listen, come, closes: () => closes };
}

test("what comes before anybody listens waits, whatever was held and let go meanwhile, and comes after what was early", async () => {
  const { port, listen, come } = bench();
  port.hold(true);
  port.hold(false);
  expect(await come(2, 3)).toEqual([]);
  listen();
  expect(await come(4)).toEqual([1, 2, 3, 4]);
  port.hold(true);
  expect(await come(5)).toEqual([]);
  port.hold(false);
  expect(await come()).toEqual([5]);
});

test("signals are set where the carrier has them, and told where they cannot be", async () => {
  expect(bench().port.signal).toBeUndefined();
  const set: unknown[] = [];
  const signals = { dtr: true, rts: false, held: false };
  const port = portOver({
    ...{ path: "p", settings: usualSettings, stream: new PassThrough(), close: async () => undefined },
    signal: async (wanted) => {
      if (set.push(wanted) > 1) throw new Error("no such thing");
    },
  });
  await port.signal?.(signals);
  expect(set).toEqual([signals]);
  await expect(port.signal?.(signals)).rejects.toMatchObject({
    words: words("port-no-signals", { port: "p", error: "no such thing" }),
  });
  await port.dispose();
  await expect(port.signal?.(signals)).rejects.toMatchObject({ words: { phrase: "port-closed" } });
  expect(set).toHaveLength(2);
});

test("one that is held as it is listened to stays held", async () => {
  const { port, listen, come } = bench();
  port.hold(true);
  listen();
  expect(await come(2)).toEqual([1]);
  port.hold(false);
  expect(await come()).toEqual([2]);
});

test("as it goes its writes fail and its listener hears why, once; one that we close hears nothing", async () => {
  const gone = bench();
  gone.listen();
  gone.stream.cork();
  const written = gone.port.write(Uint8Array.of(9));
  gone.stream.emit("error", new Error("EIO: i/o error"));
  await expect(written).rejects.toMatchObject({ code: "unavailable", words: { phrase: "port-gone" } });
  gone.stream.emit("close");
  await turn();
  expect([gone.port.isOpen, gone.told, gone.closes()]).toEqual([false, [1, "port-gone"], 1]);
  await expect(gone.port.write(Uint8Array.of(9))).rejects.toMatchObject({ words: { phrase: "port-gone" } });
  const late = bench();
  late.stream.emit("error", new Error("odd"));
  late.listen();
  await turn();
  expect(late.told).toEqual([1, "port-lost-by"]);
  const ours = bench();
  ours.listen();
  await ours.port.dispose();
  await turn();
  expect([ours.told, ours.closes()]).toEqual([[1], 1]);
  await expect(ours.port.write(Uint8Array.of(9))).rejects.toMatchObject({ words: { phrase: "port-closed" } });
});
