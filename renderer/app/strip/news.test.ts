import { describe, expect, it } from "vitest";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import type { Attempt } from "../../../src/station/attempts.ts";
import { cameOnline } from "../use-newcomer.ts";
import { newsMs, refusedLately } from "../use-refused.ts";

const now = 10_000_000;

function attempt(more: Partial<Attempt>): Attempt {
  return {
    id: 1,
    state: "stopped",
    lastAt: now - 1000,
    remoteAddress: "10.0.0.7",
    identity: "CP-7",
    ...more,
  } as Attempt;
}

function online(identity: string, since: number): StationSummary {
  return { identity, link: { state: "online", since } } as StationSummary;
}

describe("who was turned away lately", () => {
  it("is told for five minutes", () => {
    expect(refusedLately([attempt({})], [], now)).toHaveLength(1);
    expect(refusedLately([attempt({ lastAt: now - newsMs })], [], now)).toEqual([]);
  });

  it("is no news once it has come in, and is again when it is turned away after that", () => {
    expect(refusedLately([attempt({})], [online("CP-7", now - 500)], now)).toEqual([]);
    expect(refusedLately([attempt({})], [online("CP-7", now - 1000)], now)).toEqual([]);
    expect(refusedLately([attempt({})], [online("CP-7", now - 1001)], now)).toHaveLength(1);
    expect(refusedLately([attempt({})], [online("CP-8", now - 500)], now)).toHaveLength(1);
    expect(refusedLately([attempt({})], [online("CP-7", now - 5000)], now)).toHaveLength(1);
  });

  it("is nobody who came in", () => {
    const others = (["connected", "ended", "under-way"] as const).map((state) => attempt({ state }));
    expect(refusedLately(others, [], now)).toEqual([]);
  });
});

describe("who came online", () => {
  it("is one that was not before; at first everybody was", () => {
    expect(cameOnline(null, new Set(["A"]))).toBeUndefined();
    expect(cameOnline(new Set(["A"]), new Set(["A", "B"]))).toBe("B");
    expect(cameOnline(new Set(["A", "B"]), new Set(["B"]))).toBeUndefined();
  });
});
