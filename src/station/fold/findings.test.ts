import { describe, expect, it } from "vitest";
import type { EventBody } from "../events.ts";
import { finding, ownFault } from "../findings.ts";
import { newStation, type StationState } from "../model.ts";
import { reduce } from "./reduce.ts";

const start = Date.UTC(2026, 0, 1);
const fresh = newStation("CP-1", start);

/** Events come one a second, each on the word of the next frame. */
function fold(state: StationState, ...bodies: EventBody[]): StationState {
  return bodies.reduce((next, body) => {
    const seq = next.seq + 1;
    return reduce(next, { ...body, at: start + seq * 1000, seq });
  }, state);
}

describe("findings", () => {
  it("cuts where and what was said at 200 characters, and at 400 what is expected", () => {
    const { where, said, expected } = finding("too-long", "w".repeat(500), "s".repeat(500), "e".repeat(500));
    expect([where, said, expected].map((text) => String(text).length)).toEqual([200, 200, 400]);
  });

  it("tells a fault of ours as what was thrown, whatever it is", () => {
    const told = [new RangeError("too far"), "a word", { code: 7 }, undefined].map((thrown) =>
      ownFault("Heartbeat", thrown),
    );
    expect(told).toEqual(
      ["RangeError: too far", '"a word"', '{"code":7}', ""].map((said) => ({
        rule: "own-fault",
        where: "Heartbeat",
        said,
      })),
    );
  });

  it("counts equal findings as one, with the newest words", () => {
    const state = fold(
      fresh,
      { kind: "found", finding: finding("too-long", "BootNotification /iccid", "first", "20") },
      { kind: "found", finding: finding("too-long", "BootNotification /imsi", "x") },
      { kind: "found", finding: finding("too-long", "BootNotification /iccid", "second", "20") },
    );
    expect(state.findings).toEqual([
      {
        rule: "too-long",
        where: "BootNotification /iccid",
        said: "second",
        expected: "20",
        count: 2,
        firstAt: start + 1000,
        lastAt: start + 3000,
        firstFrame: 1,
        lastFrame: 3,
      },
      {
        rule: "too-long",
        where: "BootNotification /imsi",
        said: "x",
        count: 1,
        firstAt: start + 2000,
        lastAt: start + 2000,
        firstFrame: 2,
        lastFrame: 2,
      },
    ]);
  });

  it("keeps 200 groups: the notice longest not seen goes first, errors last", () => {
    const error: EventBody = { kind: "found", finding: finding("not-json", "frame", "{") };
    const notice = (n: number): EventBody => ({ kind: "found", finding: finding("too-long", `A /${n}`, "x") });
    const filled = fold(fresh, error, ...Array.from({ length: 199 }, (_, n) => notice(n)), notice(0));
    const state = fold(filled, notice(199));
    expect(state.findings.map(({ where }) => where)).toEqual([
      "frame",
      "A /0",
      ...Array.from({ length: 198 }, (_, n) => `A /${n + 2}`),
    ]);
  });
});
