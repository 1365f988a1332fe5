import { expect, test } from "vitest";
import { cutText } from "../../../lib/text.ts";
import { longestName } from "../../../station/bounds.ts";
import { words } from "../../../station/phrases.ts";
import type { ConsoleSetup } from "../../../station/serial/console.ts";
import type { ConsoleSign } from "../../../station/serial/signs.ts";
import { usualSettings } from "../../../transports/serial/settings.ts";
import { openServices } from "../../testing/open-services.ts";
import type { HeardFrame } from "./conversation.ts";
import { createOverhearing } from "./overhear.ts";
import type { Recognised } from "./reading.ts";

async function setUp(station?: string) {
  const bench = await openServices();
  const setup: ConsoleSetup = {
    port: "/dev/ttyUSB0",
    settings: usualSettings,
    ...(station !== undefined && { station }),
  };
  const overhear = createOverhearing(bench.context);
  const told = () =>
    bench.context.events
      .newest(Number.MAX_SAFE_INTEGER, {}, 500)
      .reverse()
      .filter(({ event }) => event.kind.startsWith("console-"))
      .map(({ station: id, event: { seq: _seq, ...event } }) => ({ id, ...event }));
  return { ...bench, setup, overhear: (...recognised: Recognised[]) => overhear(setup, recognised), told };
}

const call: HeardFrame = {
  type: "call",
  id: "7",
  action: "Authorize",
  direction: "in",
  text: '[2,"7","Authorize",{}]',
};
const result: HeardFrame = {
  type: "result",
  id: "7",
  action: "Authorize",
  direction: "out",
  text: '[3,"7",{}]',
  answers: call,
};

test("messages come on the lane of the console, each answer with its question, folded into no state", async () => {
  const { overhear, frames, context, told } = await setUp("CP9");
  overhear({ at: 5, frame: call }, { at: 6, frame: result });
  const { id } = context.registry.require("CP9");
  const stored = frames();
  const plain = { station: id, stationTime: null, findings: [], answer: null, lane: "console", action: "Authorize" };
  expect(stored).toMatchObject([
    { ...plain, at: 5, direction: "in", data: call.text, question: null },
    { ...plain, at: 6, direction: "out", data: result.text, question: stored[0]?.seq },
  ]);
  expect(stored[0]?.connection).toBe(stored[1]?.connection);
  expect(told()).toEqual([{ id, kind: "console-heard", port: "/dev/ttyUSB0", at: 5 }]);
  overhear({ at: 7, frame: { ...result, answers: { ...call } } });
  expect(frames().at(-1)?.question).toBeNull();
  expect(told()).toHaveLength(1);
  expect(context.registry.require("CP9").state.frames).toEqual({ in: 0, out: 0 });
});

test("a console of nobody's has its messages on record all the same, and no station is made", async () => {
  const { overhear, frames, context, told } = await setUp();
  overhear({ at: 5, frame: { type: "call", direction: "unknown", text: "[2," } });
  overhear({ at: 6, sign: { system: "esp32", sign: "reset", said: "rst" } as unknown as ConsoleSign });
  expect(frames()).toMatchObject([{ station: 0, direction: "unknown", action: null, data: "[2," }]);
  expect(told()).toEqual([{ id: 0, kind: "console-heard", port: "/dev/ttyUSB0", at: 5 }]);
  expect(context.registry.all().map(({ identity }) => identity)).toEqual(["CP1"]);
});

test("an action that no message has is kept as far as a name goes, and its text whole", async () => {
  const { overhear, frames, database } = await setUp("CP9");
  const text = `[2,"7","${"A".repeat(5000)}",{}]`;
  overhear({ at: 5, frame: { ...call, action: "A".repeat(5000), text } });
  expect(frames()[0]).toMatchObject({ data: text, action: cutText("A".repeat(5000), longestName) });
  // Not only what is read of it.
  expect(database.prepare("SELECT length(action) AS long FROM frames").all()).toEqual([{ long: longestName }]);
  overhear({ at: 6, frame: { ...call, action: "A".repeat(longestName) } });
  expect(frames()[1]?.action).toBe("A".repeat(longestName));
});

test("boots and faults come into the station's time line, apart", async () => {
  const { overhear, told, context } = await setUp("CP9");
  const boot = { system: "esp32", sign: "reset", said: "rst:0x1" } as unknown as ConsoleSign;
  const fault = { system: "esp32", sign: "panic", said: "Guru" } as unknown as ConsoleSign;
  overhear({ at: 5, sign: boot }, { at: 6, sign: fault });
  const { id } = context.registry.require("CP9");
  expect(told()).toEqual([
    { id, kind: "console-boot", port: "/dev/ttyUSB0", at: 5, ...boot },
    { id, kind: "console-fault", port: "/dev/ttyUSB0", at: 6, ...fault },
  ]);
});

test("what is done by hand is noted of a station that is known, sixty times and then one in two seconds", async () => {
  const { overhear, told, context } = await setUp("CP1");
  const note = words("console-closed");
  const { id } = context.registry.require("CP1");
  overhear(...Array.from({ length: 61 }, () => ({ at: 1000, note })));
  expect(told()).toHaveLength(60);
  expect(told()[0]).toEqual({ id, kind: "console-noted", port: "/dev/ttyUSB0", note, at: 1000 });
  overhear({ at: 2999, note });
  expect(told()).toHaveLength(60);
  overhear({ at: 3000, note });
  expect(told()).toHaveLength(61);
  const other = await setUp("TYPED");
  other.overhear({ at: 1, note });
  expect([other.told(), other.context.registry.get("TYPED")]).toEqual([[], undefined]);
});
