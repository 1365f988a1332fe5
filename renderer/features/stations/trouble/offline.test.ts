import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../../../src/services/history/contract.ts";
import type { Attempt } from "../../../../src/station/attempts.ts";
import { lastAway, triedSince } from "./offline.ts";

function entry(kind: "link-opened" | "link-closed" | "heartbeat", seq: number): HistoryEntry {
  return { station: "CP-1", event: { kind, seq, at: seq * 1000 } } as HistoryEntry;
}

describe("how long a station was away the last time", () => {
  it("is from the end of the link before to the link after, whatever came between", () => {
    const entries = [entry("link-opened", 1), entry("link-closed", 5), entry("heartbeat", 6), entry("link-opened", 46)];
    expect(lastAway(entries)).toBe(41_000);
    expect(lastAway([...entries, entry("link-closed", 60)])).toBe(41_000);
  });

  it("is of the last time, in the order of the record, whatever order the entries come in", () => {
    const twice = [
      ...[entry("link-opened", 1), entry("link-closed", 5), entry("link-opened", 7)],
      ...[entry("link-closed", 20), entry("link-opened", 23)],
    ];
    expect(lastAway(twice)).toBe(3000);
    expect(lastAway(twice.toReversed())).toBe(3000);
  });

  it("is not known of one that never went and came back", () => {
    expect(lastAway([])).toBeUndefined();
    expect(lastAway([entry("link-opened", 1), entry("link-closed", 5)])).toBeUndefined();
    expect(lastAway([entry("link-closed", 5)])).toBeUndefined();
  });
});

describe("who tried since", () => {
  const attempt = (more: Partial<Attempt>) => ({ id: 1, lastAt: 2000, remoteAddress: "10.0.0.7", ...more }) as Attempt;
  const who = { identity: "CP-1", address: "10.0.0.7", since: 1000 };

  it("is the station by its name, or its address where no name was said", () => {
    const named = attempt({ identity: "CP-1", remoteAddress: "10.0.0.9" });
    expect(triedSince([named], who)).toBe(named);
    const nameless = attempt({});
    expect(triedSince([nameless], who)).toBe(nameless);
  });

  it("is the latest of its tries, from the moment on that it went", () => {
    const [later, earlier] = [attempt({ identity: "CP-1", lastAt: 3000 }), attempt({ identity: "CP-1" })];
    expect(triedSince([later, earlier], who)).toBe(later);
    expect([1000, 1001].map((lastAt) => triedSince([attempt({ lastAt })], who)?.lastAt)).toEqual([undefined, 1001]);
    expect(triedSince([attempt({ identity: "CP-2", remoteAddress: "10.0.0.7" })], who)).toBeUndefined();
  });

  it("is nobody else, and nobody from before it went", () => {
    expect(triedSince([attempt({ identity: "CP-2" }), attempt({ remoteAddress: "10.0.0.8" })], who)).toBeUndefined();
    expect(triedSince([attempt({ identity: "CP-1", lastAt: 900 })], who)).toBeUndefined();
  });
});
