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

  it("of the station as a whole leaves the connectors' aside", () => {
    expect([lastStationCommand(commands)?.name, lastStationCommand(commands.slice(0, 4))?.name]).toEqual([
      "availability",
      "reset",
    ]);
  });
});
