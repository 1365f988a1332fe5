import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../../../src/services/history/contract.ts";
import type { EventBody } from "../../../../src/station/events.ts";
import type { CommandRecord } from "../../../../src/station/model.ts";
import { followUps, lastCommandAt, lastStationCommand } from "./outcome.ts";

function entry(at: number, body: EventBody): HistoryEntry {
  return { station: "CP1", event: { ...body, at, seq: at } };
}
function command(name: string, args: Record<string, unknown>, sentAt: number): CommandRecord {
  return { id: `${name}${sentAt}`, name, args, sentAt, doneAt: sentAt + 1, outcome: { result: "accepted" } };
}
const closed = (at: number) =>
  entry(at, { kind: "link-closed", connection: 1, code: 1001, reason: "", cause: "station" });
const opened = (at: number) =>
  entry(at, {
    kind: "link-opened",
    connection: 2,
    ocpp: "1.6",
    via: {
      kind: "websocket",
      remoteAddress: "",
      secure: false,
      securityProfile: 0,
      offered: [],
      path: "/",
    },
  });
const booted = (at: number) => entry(at, { kind: "booted", info: {}, answered: "Accepted" });

describe("what followed a reset", () => {
  it("is the link going down, coming back with the time away, and the boot", () => {
    const events = [closed(5), booted(8), closed(13), opened(54), booted(55)];
    expect(followUps(command("reset", { kind: "soft" }, 10), events)).toEqual([
      { what: "offline", at: 13 },
      { what: "back", at: 54, awayMs: 41 },
      { what: "booted", at: 55 },
    ]);
  });

  it("is a link anew where the old one is known to be over only then: it was not away", () => {
    expect(followUps(command("reset", { kind: "soft" }, 10), [opened(14), closed(15), booted(16)])).toEqual([
      { what: "connected-anew", at: 14 },
      { what: "booted", at: 16 },
    ]);
  });

  it("is told where no answer came, too", () => {
    const silent = { ...command("reset", { kind: "soft" }, 10), outcome: { result: "no-answer" as const } };
    expect(followUps(silent, [closed(12)])).toEqual([{ what: "offline", at: 12 }]);
  });

  it("is nothing where the station refused", () => {
    const refused = { ...command("reset", { kind: "soft" }, 10), outcome: { result: "rejected" as const } };
    expect(followUps(refused, [closed(13)])).toEqual([]);
  });
});

it("a start is followed by the session on its own EVSE only", () => {
  const started = (at: number, evse: number) => entry(at, { kind: "transaction-started", id: "7", evse });
  expect(followUps(command("start", { evse: 2 }, 10), [started(12, 1), started(20, 2)])).toEqual([
    { what: "session-started", at: 20 },
  ]);
});

it("a start without an EVSE is followed by any session, a stop by the end of its own, another by what it was to bring about", () => {
  const started = entry(12, { kind: "transaction-started", id: "7", evse: 2 });
  const ended = (at: number, id: string) => entry(at, { kind: "transaction-ended", id });
  expect(followUps(command("start", {}, 10), [started])).toEqual([{ what: "session-started", at: 12 }]);
  expect(followUps(command("stop", { transaction: "7" }, 10), [ended(11, "6"), ended(12, "7")])).toEqual([
    { what: "session-ended", at: 12 },
  ]);
  expect(followUps(command("start", {}, 13), [started])).toEqual([]);
  expect(followUps(command("stop", { transaction: "7" }, 10), [ended(11, "6"), started])).toEqual([]);
  const effect = { at: 15, frame: 3 } as CommandRecord["effect"];
  const unlock = { ...command("unlock", {}, 10), effect };
  expect(followUps(unlock, [])).toEqual([{ what: "told", at: 15 }]);
  expect(followUps({ ...unlock, effect: undefined }, [started])).toEqual([]);
  for (const result of ["rejected", "unsupported", "offline"] as const)
    expect(followUps({ ...unlock, outcome: { result } }, [])).toEqual([]);
  for (const result of ["accepted", "scheduled", "no-answer"] as const)
    expect(followUps({ ...unlock, outcome: { result } }, [])).toHaveLength(1);
  expect(followUps({ ...unlock, outcome: undefined as never }, [])).toEqual([]);
});

it("what followed is from the moment that a command was sent, and before the next of its kind", () => {
  const reset = command("reset", { kind: "soft" }, 10);
  const events = (at: number) => [closed(at), opened(at + 1), booted(at + 2)];
  expect(followUps(reset, events(9))).toEqual([
    { what: "connected-anew", at: 10 },
    { what: "booted", at: 11 },
  ]);
  expect(followUps(reset, events(10), 12).map(({ what }) => what)).toEqual(["offline", "back"]);
  expect(followUps(reset, events(10).reverse(), 13).map(({ what }) => what)).toEqual(["offline", "back", "booted"]);
});

describe("the last command", () => {
  const commands = [
    command("start", { evse: 1 }, 1),
    command("unlock", { evse: 2, connector: 1 }, 2),
    command("stop", { transaction: "7" }, 3),
    command("reset", { kind: "hard" }, 4),
    command("availability", { evse: 0, operative: false }, 5),
  ];

  it("of an EVSE is found by its place or by its transaction", () => {
    expect([
      lastCommandAt(commands, 1, "7")?.name,
      lastCommandAt(commands, 1)?.name,
      lastCommandAt(commands, 2)?.name,
    ]).toEqual(["stop", "start", "unlock"]);
  });

  it("of an EVSE is none of the whole station, none of another transaction, and no stop where none ran", () => {
    const whole = ["reset", "trigger", "raw"].map((name, at) => command(name, { evse: 1 }, 10 + at));
    expect(lastCommandAt([...commands, ...whole], 1)?.name).toBe("start");
    expect(lastCommandAt(commands, 1, "8")?.name).toBe("start");
    expect(lastCommandAt([command("stop", {}, 1)], 1)).toBeUndefined();
  });

  it("of the station as a whole is one that was given by hand", () => {
    const byCore = command("trigger", { by: "core" }, 9);
    const last = (...more: CommandRecord[]) => lastStationCommand([...commands.slice(0, 4), ...more])?.name;
    expect(last(byCore)).toBe("reset");
    expect(last(command("availability", { evse: 1 }, 9), command("read-configuration", {}, 10))).toBe("reset");
    expect(["trigger", "raw", "clear-cache"].map((name) => last(command(name, {}, 9)))).toEqual([
      "trigger",
      "raw",
      "clear-cache",
    ]);
  });

  it("of the station as a whole leaves the connectors' aside", () => {
    expect([lastStationCommand(commands)?.name, lastStationCommand(commands.slice(0, 4))?.name]).toEqual([
      "availability",
      "reset",
    ]);
  });
});
