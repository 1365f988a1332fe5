import { describe, expect, it } from "vitest";
import type { EventBody } from "../events.ts";
import { newStation, type StationState } from "../model.ts";
import { english } from "../phrases.ts";
import { judgeEvent } from "./plausibility.ts";
import { reduce } from "./reduce.ts";

/** Parts of report 77 as they come; the last of them says that it is the last. */
function report(...parts: (number | undefined)[]): { state: StationState; found: string[] } {
  let state = newStation("CP-1", 0);
  const found: string[] = [];
  for (const [n, part] of parts.entries()) {
    const body: EventBody = { kind: "variables", requestId: 77, part, last: n === parts.length - 1, variables: [] };
    const event = { ...body, at: n, seq: n + 1 };
    for (const { rule, said } of judgeEvent(state, event)) found.push(`${rule}: ${english(said)}`);
    state = reduce(state, event);
  }
  return { state, found };
}

describe("a report in parts", () => {
  it("is whole in order, and told in any other", () => {
    expect(report(0, 1, 2)).toMatchObject({
      state: { reports: [{ requestId: "77", parts: [[0, 2]], last: 2 }] },
      found: [],
    });
    expect(report(0, 2, 1, 3).found).toEqual(["out-of-order: request 77: 1 after 2"]);
  });

  it("names what is missing with its last part", () => {
    expect(report(0, 2, 1, 4).found).toContain("missing-part: request 77: 3 missing");
    expect(report(2)).toMatchObject({
      state: { reports: [{ missing: [[0, 1]] }] },
      found: ["missing-part: request 77: 0-1 missing"],
    });
  });

  it("of a station that does not count is told once, and whether parts are missing is not known", () => {
    const { state, found } = report(0, 0, 0);
    expect(found).toEqual(["numbers-do-not-count: request 77: 0 again"]);
    expect(state.reports?.[0]).toMatchObject({ seqNoStuck: true });
    expect(state.reports?.[0]).not.toHaveProperty("missing");
    expect(report(undefined, undefined).found).toEqual([]);
  });

  it("in one part without a number is whole, and which was the last is known", () => {
    const { state } = report(undefined);
    expect(state.reports).toEqual([{ requestId: "77", parts: [], seqNoStuck: true, last: 0, at: 0, frame: 1 }]);
  });

  it("that begins anew under the same id is another one", () => {
    expect(report(0, 1, 0, 1, 2).found).toEqual([]);
  });
});

it("the ten reports that were told of last are kept, each once", () => {
  const part = (requestId: number, n: number): EventBody => ({
    ...{ kind: "variables", requestId, part: n, last: n === 1, variables: [] },
  });
  let state = newStation("CP-1", 0);
  const take = (body: EventBody) => {
    state = reduce(state, { ...body, at: state.seq + 1, seq: state.seq + 1 });
  };
  for (let id = 1; id <= 10; id++) take(part(id, 0));
  take(part(1, 1));
  take(part(11, 0));
  expect(state.reports?.map(({ requestId, last }) => [requestId, last])).toEqual([
    ...["3", "4", "5", "6", "7", "8", "9", "10"].map((id) => [id, undefined]),
    ["1", 1],
    ["11", undefined],
  ]);
});
