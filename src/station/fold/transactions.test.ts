import { describe, expect, it } from "vitest";
import type { EventBody, StationEvent } from "../events.ts";
import { newStation, type StationState, type Transaction } from "../model.ts";
import { reduce } from "./reduce.ts";

const fresh = newStation("CP-1", 0);

/** Events come one a second, each on the word of the next frame. */
function fold(state: StationState, ...bodies: EventBody[]): StationState {
  return bodies.reduce((next, body) => reduce(next, { ...body, at: (next.seq + 1) * 1000, seq: next.seq + 1 }), state);
}

/** The transaction that stands on each EVSE. */
function standing(state: StationState): Record<number, Transaction | undefined> {
  return Object.fromEntries(state.evses.map(({ evse, transaction }) => [evse, transaction]));
}

/** What is known of each transaction, in a word. */
function words(state: StationState): Record<string, string> {
  return Object.fromEntries(
    state.transactions.map(({ id, state: word, notEnded }) => [id, notEnded ? `${word}: ${notEnded.because}` : word]),
  );
}

function started(id: string, evse: number, more = {}): EventBody {
  return { kind: "transaction-started", id, evse, ...more };
}
function updated(id: string, more = {}): EventBody {
  return { kind: "transaction-updated", id, ...more };
}
function ended(id: string, more = {}): EventBody {
  return { kind: "transaction-ended", id, ...more };
}
function register(value: number, more = {}): EventBody {
  const sample = { measurand: "Energy.Active.Import.Register", unit: "Wh", value, said: String(value) } as const;
  return { kind: "sampled", evse: 1, groups: [{ samples: [sample] }], ...more };
}
function status(word: "Available" | "Preparing" | "Charging" | "Occupied", more = {}): EventBody {
  return { kind: "status", evse: 1, connector: 1, status: word, ...more };
}
const evse1 = status("Available");
const evse2 = status("Available", { evse: 2 });
const boot: EventBody = { kind: "booted", info: {}, answered: "Accepted" };
const noEnergy = { energyWh: 0, energyFrom: "register", powerW: null, meter: {} };

describe("a transaction", () => {
  it("runs from its start through updates to its end, and stays as the last one", () => {
    const running = fold(
      fresh,
      started("9223372036854775807", 1, {
        connector: 2,
        token: { value: "04AA" },
        meterStart: 1000,
        stationTime: "2026-01-01T00:00:00Z",
        chargingState: "EVConnected",
        remoteStartId: 5,
      }),
      updated("9223372036854775807", { chargingState: "Charging" }),
    );
    const begun = Date.UTC(2026, 0, 1);
    const expected = {
      id: "9223372036854775807",
      evse: 1,
      connector: 2,
      token: { value: "04AA" },
      startedAt: 1000,
      startFrame: 1,
      stationStart: "2026-01-01T00:00:00Z",
      meterStart: 1000,
      meterNow: 1000,
      remoteStartId: 5,
      ...noEnergy,
    };
    const transaction = { ...expected, state: "running", chargingState: "Charging", word: { at: 2000, frame: 2 } };
    expect(running.evses).toEqual([{ evse: 1, connectors: [{ connector: 2 }], live: [], transaction }]);
    expect(running.transactions).toEqual([transaction]);
    const state = fold(
      running,
      ended("9223372036854775807", {
        meterStop: 3000,
        reason: "EVDisconnected",
        stationTime: "2026-01-01T01:00:00Z",
        token: { value: "04BB" },
      }),
    );
    expect(standing(state)).toEqual({
      1: {
        ...expected,
        state: "ended",
        energyWh: 2000,
        energyFrom: "register",
        meterNow: 3000,
        meterStop: 3000,
        endedAt: 3000,
        endFrame: 3,
        stationEnd: "2026-01-01T01:00:00Z",
        endReason: "EVDisconnected",
        word: { at: 3000, frame: 3, time: begun + 3_600_000 },
      },
    });
  });

  it("keeps its first start when the same start is told again", () => {
    const once = fold(fresh, started("5", 1, { meterStart: 10 }));
    const { word: _word, ...again } = fold(once, started("5", 1, { meterStart: 10 })).transactions[0] as Transaction;
    expect(once.transactions[0]).toMatchObject(again);
  });

  it("is not revived by its own start told again after the end, but begins anew under the same id at another time", () => {
    const over = fold(fresh, started("5", 1, { stationTime: "2026-01-01T00:00:00Z" }), ended("5"));
    const again = fold(over, started("5", 1, { stationTime: "2026-01-01T00:00:00Z" }));
    expect(again.transactions).toEqual(over.transactions);
    expect(fold(over, started("5", 1, { stationTime: undefined })).transactions).toEqual(over.transactions);
    expect(fold(over, started("5", 1, { stationTime: "2026-01-01T02:00:00Z", offline: true })).transactions).toEqual(
      over.transactions,
    );
    const anew = fold(over, started("5", 1, { stationTime: "2026-01-01T02:00:00Z" }));
    expect(anew.transactions).toMatchObject([
      { id: "5", state: "running", startedAt: 3000, startFrame: 3, stationStart: "2026-01-01T02:00:00Z" },
    ]);
  });

  it("keeps its end when that is told again, and learns what was missing", () => {
    const once = fold(fresh, started("5", 1), ended("5", { meterStop: 20 }));
    const again = fold(once, ended("5", { meterStop: 99, reason: "Local", offline: true }));
    expect(again.transactions[0]).toMatchObject({ meterStop: 20, endedAt: 2000, endFrame: 2, endReason: "Local" });
    // It was told in time before.
    expect(again.transactions[0]?.offline).toBeUndefined();
    expect(fold(fresh, started("5", 1), ended("5", { offline: true })).transactions[0]?.offline).toBe(true);
  });

  it("ignores updates after its end", () => {
    const over = fold(fresh, started("5", 1), ended("5"));
    expect(fold(over, updated("5", { chargingState: "Charging" })).transactions).toEqual(over.transactions);
  });

  it("moves to the EVSE that is said later", () => {
    const state = fold(fresh, evse1, evse2, started("5", 1), updated("5", { evse: 2, connector: 1 }));
    expect(standing(state)).toMatchObject({ 1: undefined, 2: { id: "5", evse: 2, connector: 1, startFrame: 3 } });
  });

  it("is marked when told after the fact", () => {
    const state = fold(fresh, started("5", 1, { offline: true }));
    expect(state.transactions).toMatchObject([{ id: "5", state: "running", offline: true }]);
  });

  it("without an EVSE is on the only one there is, and nowhere when there are two", () => {
    expect(standing(fold(fresh, evse1, started("5", 0)))).toMatchObject({ 1: { id: "5", startFrame: 2 } });
    expect(fold(fresh, evse1, evse2, started("5", 0)).transactions).toEqual([]);
  });

  it("is found by its id when its end names no EVSE", () => {
    const state = fold(fresh, evse1, started("5", 2), ended("5"));
    expect(standing(state)).toMatchObject({ 1: undefined, 2: { id: "5", state: "ended", endedAt: 3000 } });
  });

  it("is remembered until 20 others have ended", () => {
    const ids = Array.from({ length: 22 }, (_, n) => String(n));
    const state = fold(fresh, ...ids.flatMap((id) => [started(id, 1), ended(id)]));
    expect(state.transactions.map(({ id }) => id)).toEqual(ids.slice(2));
  });

  it("is ended by our stop where that came before and no reason was given", () => {
    const args = { transaction: "5" };
    const stop: EventBody[] = [
      { kind: "command-sent", id: "1", name: "stop", args },
      { kind: "command-done", id: "1", name: "stop", outcome: { result: "accepted" } },
    ];
    const ends = (...bodies: EventBody[]) => {
      const { endReason, ownStop } = fold(fresh, started("5", 1), ...bodies).transactions[0] as Transaction;
      return [endReason, ownStop];
    };
    expect(ends(...stop, ended("5"))).toEqual([undefined, true]);
    expect(ends(...stop, ended("5", { reason: "Remote" }))).toEqual(["Remote", undefined]);
    expect(ends(ended("5"))).toEqual([undefined, undefined]);
  });

  it.each<{ of: string; command?: object; result?: string; after?: number; again?: true; ours: boolean }>([
    { of: "this one, at once", ours: true },
    { of: "this one, as long as a stop may take", after: 600_000, ours: true },
    { of: "this one, longer ago", after: 600_001, ours: false },
    { of: "another", command: { args: { transaction: "6" } }, ours: false },
    { of: "no stop", command: { name: "unlock" }, ours: false },
    { of: "this one, put off", result: "scheduled", ours: true },
    { of: "this one, refused", result: "rejected", ours: false },
    { of: "this one, not understood", result: "unsupported", ours: false },
    { of: "this one, not answered", result: "no-answer", ours: false },
    { of: "this one, answered only now", result: "", ours: true },
    { of: "this one, which had ended before", again: true, ours: false },
  ])("is ended by our command of $of: $ours", ({ command, result = "accepted", after = 0, again, ours }) => {
    const sent = { id: "1", name: "stop", args: { transaction: "5" }, sentAt: 10_000, ...command };
    const commands = [{ ...sent, ...(result !== "" && { outcome: { result } }) }] as StationState["commands"];
    const running = fold(fresh, started("5", 1), ...(again ? [ended("5")] : []));
    const state = reduce({ ...running, commands }, { ...ended("5"), at: 10_000 + after, seq: 9 } as StationEvent);
    expect(state.transactions[0]?.ownStop).toBe(ours || undefined);
  });
});

describe("an end that was never told", () => {
  const charging = [status("Preparing"), started("5", 1, { connector: 1 }), status("Charging")];

  it("is known by the connector that becomes free", () => {
    expect(words(fold(fresh, ...charging, status("Available")))).toEqual({ 5: "not-ended: free" });
  });

  it("is known by a connector that is free after a restart, and not by a restart that we asked for", () => {
    expect(words(fold(fresh, ...charging, boot, status("Available")))).toEqual({ 5: "not-ended: boot" });
    const asked: EventBody = { kind: "command-sent", id: "1", name: "trigger", args: { message: "BootNotification" } };
    const state = fold(fresh, ...charging, asked, boot);
    expect([state.boot?.asked, words(state)]).toEqual(["trigger", { 5: "running" }]);
    const said = fold(fresh, ...charging, { ...boot, reason: "Triggered" }, status("Available"));
    expect(words(said)).toEqual({ 5: "not-ended: free" });
  });

  it("is known by the next start there, and its late first end is the first and ends it", () => {
    const state = fold(fresh, started("5", 1), started("6", 1));
    expect([words(state), state.evses[0]?.transaction?.id]).toEqual([
      { 5: "not-ended: next-start", 6: "running" },
      "6",
    ]);
    const late = fold(state, ended("5", { meterStop: 9050 }));
    expect([words(late), late.evses[0]?.transaction?.id]).toEqual([{ 5: "ended", 6: "running" }, "6"]);
    expect(late.transactions[0]).toMatchObject({ meterStop: 9050, endFrame: 3 });
    expect(late.transactions[0]).not.toHaveProperty("notEnded");
  });

  it("is not known by a connector that was free from the beginning, nor by one told before the start", () => {
    expect(words(fold(fresh, status("Available"), started("5", 1), status("Available")))).toEqual({ 5: "running" });
    const before = { stationTime: "2026-01-01T00:00:00Z" };
    const then = started("5", 1, { stationTime: "2026-01-01T00:01:00Z" });
    expect(words(fold(fresh, status("Preparing"), then, status("Available", before)))).toEqual({ 5: "running" });
  });

  it("is not known where the station says that the transaction goes on without a car", () => {
    const idle = updated("5", { chargingState: "Idle" });
    expect(words(fold(fresh, ...charging, idle, status("Available")))).toEqual({ 5: "running" });
  });

  it("is taken back by values and updates of now, and after a restart by the connector that charges", () => {
    const over = fold(fresh, ...charging, status("Available"));
    expect(words(fold(over, register(500, { transaction: "5" })))).toEqual({ 5: "running" });
    expect(words(fold(over, updated("5", { chargingState: "Charging" })))).toEqual({ 5: "running" });
    expect(words(fold(over, register(500, { transaction: "5", offline: true })))).toEqual({ 5: "not-ended: free" });
    const restarted = fold(fresh, ...charging, boot, status("Available"), status("Charging"));
    expect(words(restarted)).toEqual({ 5: "running" });
  });
});

describe("a start that is told late", () => {
  const now = started("NEW", 1, { stationTime: "2026-01-01T02:00:00Z" });
  const old = started("OLD", 1, { stationTime: "2026-01-01T00:00:00Z", offline: true });

  it("takes no place: the running one goes on, and the late one ends in its own time", () => {
    const state = fold(fresh, now, old, updated("NEW", { chargingState: "Charging" }));
    expect([words(state), state.evses[0]?.transaction?.id]).toEqual([
      { NEW: "running", OLD: "not-ended: next-start" },
      "NEW",
    ]);
    expect(state.transactions[1]).toMatchObject({ offline: true, historic: true });
    const over = fold(state, ended("OLD", { stationTime: "2026-01-01T01:00:00Z", offline: true }));
    expect([words(over), over.evses[0]?.transaction?.id]).toEqual([{ NEW: "running", OLD: "ended" }, "NEW"]);
    const [first, second] = over.transactions as [Transaction, Transaction];
    expect((second.endedAt ?? 0) - second.startedAt).toBe(3_600_000);
    expect(first.startedAt - (second.endedAt ?? 0)).toBe(3_600_000);
  });

  it("runs where no later one is known", () => {
    expect(words(fold(fresh, old))).toEqual({ OLD: "running" });
  });

  it("takes no place although the station does not call it offline", () => {
    const silent = started("OLD", 1, { stationTime: "2026-01-01T00:00:00Z" });
    expect(words(fold(fresh, now, silent))).toEqual({ NEW: "running", OLD: "not-ended: next-start" });
  });
});

describe("the order of a transaction's messages", () => {
  const at = (minute: number) => ({ stationTime: `2026-01-01T00:0${minute}:00Z` });
  const begin = started("T", 1, { seqNo: 0, chargingState: "EVConnected", ...at(0) });

  it("is that of seqNo: an older one moves nothing back, and the missing ones are named", () => {
    const gap = fold(fresh, begin, updated("T", { seqNo: 3, chargingState: "SuspendedEV", ...at(3) }));
    expect(gap.transactions).toMatchObject([{ chargingState: "SuspendedEV", missing: [[1, 2]] }]);
    const late = fold(gap, updated("T", { seqNo: 1, chargingState: "Charging", ...at(1) }));
    expect(late.transactions).toMatchObject([{ chargingState: "SuspendedEV", missing: [[2, 2]] }]);
    const whole = fold(late, updated("T", { seqNo: 2, chargingState: "Charging", ...at(2) }));
    expect(whole.transactions[0]).not.toHaveProperty("missing");
  });

  it("is that of seqNo also where all have the same time, or none", () => {
    for (const time of [at(0), {}]) {
      const later = updated("T", { seqNo: 2, chargingState: "SuspendedEV", ...time });
      const sooner = updated("T", { seqNo: 1, chargingState: "Charging", ...time });
      expect(fold(fresh, begin, later, sooner).transactions).toMatchObject([{ chargingState: "SuspendedEV" }]);
    }
  });

  it("is that of the time where seqNo is always the same, or begins anew", () => {
    const zero = (minute: number, chargingState: string) => updated("T", { seqNo: 0, chargingState, ...at(minute) });
    const stuck = fold(fresh, begin, zero(2, "Charging"), zero(3, "SuspendedEV"), zero(1, "Charging"));
    expect(stuck.transactions).toMatchObject([{ chargingState: "SuspendedEV", seqNoStuck: true }]);
    const counted = [1, 2].map((seqNo) => updated("T", { seqNo, chargingState: "Charging", ...at(seqNo) }));
    const anew = updated("T", { seqNo: 1, chargingState: "SuspendedEV", ...at(5) });
    expect(fold(fresh, begin, ...counted, anew).transactions).toMatchObject([
      { chargingState: "SuspendedEV", seqNoStuck: true },
    ]);
  });

  it("of one that has ended moves nothing but its missing numbers, and those only where they count", () => {
    const held = fold(fresh, begin, updated("T", { seqNo: 3, ...at(3) }), ended("T", { seqNo: 5, ...at(5) }));
    expect(held.transactions[0]?.missing).toEqual([
      [1, 2],
      [4, 4],
    ]);
    const [before] = held.transactions;
    const late = fold(held, updated("T", { seqNo: 4, chargingState: "Charging", ...at(4) })).transactions[0];
    expect(late).toEqual({ ...before, missing: [[1, 2]] });
    const beyond = fold(held, updated("T", { seqNo: 6, chargingState: "Charging", ...at(6) })).transactions[0];
    expect(beyond).toEqual(before);
    const zero = (minute: number) => updated("T", { seqNo: 0, ...at(minute) });
    const stuck = fold(fresh, begin, zero(2), zero(3), ended("T", { seqNo: 0, ...at(4) }));
    expect(fold(stuck, zero(5)).transactions).toEqual(stuck.transactions);
  });

  it("is that of the time where there is no seqNo (1.6)", () => {
    const first = started("7", 1, at(0));
    const suspended = updated("7", { chargingState: "SuspendedEV", ...at(3) });
    const charging = updated("7", { chargingState: "Charging", ...at(1) });
    expect(fold(fresh, first, suspended, charging).transactions).toMatchObject([{ chargingState: "SuspendedEV" }]);
  });

  it("puts a start that comes after its updates before them", () => {
    const state = fold(fresh, updated("T", { evse: 1, seqNo: 2, chargingState: "Charging", ...at(2) }), begin);
    expect(state.transactions).toMatchObject([
      { state: "running", chargingState: "Charging", stationStart: at(0).stationTime, missing: [[1, 1]] },
    ]);
  });
});

describe("a foreign transaction", () => {
  it("is learnt from an update, a meter value or an end", () => {
    const foreign = { id: "77", evse: 1, startedAt: 2000, startFrame: 2, foreign: true };
    expect(fold(fresh, evse1, updated("77", { evse: 1, chargingState: "Charging" })).transactions).toMatchObject([
      { ...foreign, state: "running", chargingState: "Charging" },
    ]);
    expect(fold(fresh, evse1, register(500, { transaction: "77" })).transactions).toMatchObject([
      { ...foreign, state: "running", meterNow: 500, energyWh: 0, energyFrom: "first-register" },
    ]);
    expect(fold(fresh, evse1, ended("77", { meterStop: 600 })).transactions).toMatchObject([
      { ...foreign, state: "ended", meterStop: 600, endedAt: 2000, endFrame: 2, energyWh: null },
    ]);
  });

  it("is foreign no more once its start is told", () => {
    const state = fold(fresh, evse1, register(500, { transaction: "77" }), started("77", 1, { meterStart: 400 }));
    expect(state.transactions).toMatchObject([
      { id: "77", startedAt: 2000, startFrame: 3, meterStart: 400, meterNow: 500, foreign: undefined, energyWh: 100 },
    ]);
  });

  it("does not take the place of a running one by a late meter value, an end, or an update from before", () => {
    const running = fold(fresh, started("5", 1, { meterStart: 1000 }));
    const late = [
      register(500, { transaction: "77" }),
      ended("77", { evse: 1 }),
      updated("77", { evse: 1, offline: true }),
    ];
    for (const body of late) expect(standing(fold(running, body))).toEqual(standing(running));
  });

  it("displaces one whose end was never told, when the station says now that it runs; a value brings that back", () => {
    const state = fold(fresh, started("5", 1), updated("77", { evse: 1 }));
    expect([words(state), state.evses[0]?.transaction?.id]).toEqual([{ 5: "displaced", 77: "running" }, "77"]);
    const back = fold(state, register(500, { transaction: "5" }));
    expect([words(back), back.evses[0]?.transaction?.id]).toEqual([{ 5: "running", 77: "displaced" }, "5"]);
  });

  it("is not made of the ids that stations write for none", () => {
    for (const id of ["0", "-1", ""]) {
      expect(fold(fresh, evse1, register(500, { transaction: id })).transactions).toEqual([]);
    }
  });

  it("is not made of a transaction that ended, even two transactions ago", () => {
    const over = fold(fresh, started("5", 1), ended("5"), started("6", 1), ended("6"));
    const state = fold(over, updated("5", { evse: 1 }), ended("5", { evse: 1 }));
    expect(words(state)).toEqual({ 5: "ended", 6: "ended" });
  });
});
