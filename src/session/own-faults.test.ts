import { expect, test, vi } from "vitest";
import { type Logger, silentLogger } from "../lib/logger.ts";
import { Peer } from "../ocpp/peer.ts";
import type { Schemas } from "../ocpp/schemas.ts";
import { closingText } from "../station/phrases.ts";
import { openBench } from "./testing/bench.ts";

vi.mock("../station/fold/reduce.ts", async (original) => {
  const real = await original<typeof import("../station/fold/reduce.ts")>();
  return {
    ...real,
    reduce(...[state, event]: Parameters<typeof real.reduce>) {
      if (event.kind === "firmware-status") throw new RangeError("cannot fold");
      return real.reduce(state, event);
    },
  };
});

vi.mock("../station/fold/plausibility.ts", async (original) => {
  const real = await original<typeof import("../station/fold/plausibility.ts")>();
  return {
    ...real,
    judgeEvent(...[state, event]: Parameters<typeof real.judgeEvent>) {
      if (event.kind === "diagnostics-status") throw new RangeError("cannot judge");
      return real.judgeEvent(state, event);
    },
  };
});
vi.mock("../redaction/findings.ts", async (original) => {
  const real = await original<typeof import("../redaction/findings.ts")>();
  return {
    ...real,
    findingsWithoutSecrets(...[text, findings]: Parameters<typeof real.findingsWithoutSecrets>) {
      if (text.includes("unfathomable")) throw new RangeError("cannot look through");
      return real.findingsWithoutSecrets(text, findings);
    },
  };
});

/** Schemas that fail on a message, as a fault of ours would. */
function failing(schemas: Schemas): Schemas {
  return {
    ...schemas,
    judge(kind, action, value, exact) {
      if (action === "Authorize" || kind === "response") throw new RangeError("cannot judge");
      return schemas.judge(kind, action, value, exact);
    },
  };
}

function remember(): { log: Logger; bugs: { message: string; frame?: number }[] } {
  const bugs: { message: string; frame?: number }[] = [];
  return { bugs, log: { ...silentLogger, bug: (message, { frame }) => void bugs.push({ message, frame }) } };
}

test("a message that fails in us is on record, answered, told as our fault, and the next one is answered as ever", async () => {
  const { log, bugs } = remember();
  const bench = await openBench("1.6", { log, schemas: failing });
  const text = '[2,"1","Authorize",{"idTag":"A"}]';
  bench.say(text);
  bench.say('[2,"2","Heartbeat",{}]');
  const [first] = bench.frames();
  expect(first).toMatchObject({
    data: text,
    action: "Authorize",
    findings: [{ rule: "own-fault", where: "Authorize" }],
  });
  expect(bench.sent.map((sent) => JSON.parse(sent).slice(0, 3))).toEqual([
    [4, "1", "InternalError"],
    [3, "2", { currentTime: expect.any(String) }],
  ]);
  expect(bugs).toEqual([{ message: "a frame met a fault of ours", frame: first?.seq }]);
  expect(bench.ended).toEqual([]);
  expect(bench.restored()).toEqual(bench.state());
});

test("an answer that fails in us holds no call back", async () => {
  const bench = await openBench("1.6", { schemas: failing });
  bench.ask("GetConfiguration", {});
  bench.ask("ClearCache", {});
  expect(bench.sent).toHaveLength(1);
  bench.say(`[3,${JSON.stringify(JSON.parse(bench.sent[0] ?? "")[1])},{}]`);
  expect(JSON.parse(bench.sent[1] ?? "[]")[2]).toBe("ClearCache");
});

test("an event that cannot be folded costs itself alone, then and after a restart", async () => {
  const { log, bugs } = remember();
  const bench = await openBench("1.6", { log });
  bench.say('[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  bench.say('[2,"2","FirmwareStatusNotification",{"status":"Idle"}]');
  const state = bench.state();
  expect(bench.sent.map((sent) => JSON.parse(sent)[0])).toEqual([3, 3]);
  expect(state.findings.map(({ rule, where, said }) => [rule, where, said])).toEqual([
    ["own-fault", "firmware-status", "RangeError: cannot fold"],
  ]);
  expect(bugs.map(({ message }) => message)).toEqual(["an event could not be folded"]);
  expect(bench.restored()).toEqual(state);
});

test("an event that cannot be judged is folded all the same, and told as our fault", async () => {
  const { log, bugs } = remember();
  const bench = await openBench("1.6", { log });
  bench.say('[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  bench.say('[2,"2","DiagnosticsStatusNotification",{"status":"Uploading"}]');
  expect([bench.state().diagnostics?.status, bugs]).toEqual([
    "Uploading",
    [{ message: "an event could not be judged", frame: bench.frames()[1]?.seq }],
  ]);
  expect(bench.frames()[1]?.findings).toMatchObject([{ rule: "own-fault", where: "diagnostics-status" }]);
});

test("what cannot be looked through for secrets is found without what was said", async () => {
  const { log, bugs } = remember();
  const bench = await openBench("1.6", { log });
  bench.say('[2,"1","Dance",{"a":"unfathomable"}]');
  expect(bench.frames()[0]?.findings).toEqual([{ rule: "unknown-action", where: "Dance", said: "" }]);
  expect(bugs.map(({ message }) => message)).toEqual(["what was said could not be looked through for secrets"]);
});

test("a fault of ours beside a message that is on record is told beside it: the message is kept, and answered, once", async () => {
  const { log, bugs } = remember();
  const text = '[2,"1","Heartbeat",{}]';
  const bench = await openBench("1.6", { log });
  vi.spyOn(Peer.prototype, "recorded").mockImplementation(() => {
    throw new RangeError("after all");
  });
  bench.say(text);
  expect(bench.frames().map(({ data, findings }) => [data, findings])).toEqual([[text, [early]]]);
  expect(bench.sent.map((sent) => JSON.parse(sent)[0])).toEqual([3]);
  const own = { rule: "own-fault", where: "Heartbeat", said: "RangeError: after all" };
  expect(bench.state().findings).toMatchObject([early, own]);
  expect(bugs).toEqual([{ message: "a fault of ours", frame: bench.events.newest(99, {}, 1)[0]?.event.seq }]);
  expect(bench.restored()).toEqual(bench.state());
});

const early = { rule: "early-call", where: "Heartbeat", said: "Heartbeat" };

test("a connection whose fault cannot even be told is ended with a reason", async () => {
  const { log, bugs } = remember();
  let broken = false;
  const bench = await openBench("1.6", {
    log,
    schemas: failing,
    recorder: (recorder) =>
      new Proxy(recorder, {
        get(real, name) {
          const value = Reflect.get(real, name, real) as unknown;
          if (broken && name === "take") throw new RangeError("no number");
          return typeof value === "function" ? value.bind(real) : value;
        },
      }),
  });
  broken = true;
  const close = vi.spyOn(bench.session, "close");
  bench.say('[2,"1","Authorize",{"idTag":"A"}]');
  expect([bugs.map(({ message }) => message), bench.ended, bench.sent]).toEqual([
    ...[["a connection met a fault of ours"], [1011], []],
  ]);
  expect(close.mock.calls).toEqual([[1011, closingText("close-failed"), "asked"]]);
});
