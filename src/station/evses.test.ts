import { expect, test } from "vitest";
import { findEvse, learnConnector, withConnector, withEvse } from "./evses.ts";
import { type EvseState, newStation } from "./model.ts";

const bare = (evse: number): EvseState => ({ evse, connectors: [], live: [] });

test("EVSEs are learnt in the order of their numbers, and one that does not change changes nothing", () => {
  const state = [2, 10, 1, 2].reduce((known, evse) => withEvse(known, evse, (one) => one), newStation("CP1", 0));
  expect(state.evses).toEqual([bare(1), bare(2), bare(10)]);
  expect([findEvse(state, 2), findEvse(state, 3)]).toEqual([bare(2), undefined]);
  expect(withEvse(state, 10, (one) => one)).toBe(state);
  const changed = withEvse(state, 2, (one) => ({ ...one, connectors: [{ connector: 1 }] }));
  expect(changed.evses).toEqual([bare(1), { ...bare(2), connectors: [{ connector: 1 }] }, bare(10)]);
  expect(state.evses[1]).toEqual(bare(2));
});

test("so are connectors; connector 0 or none says nothing of any", () => {
  const evse = [2, 3, 1, 3].reduce(learnConnector, bare(1));
  expect(evse.connectors).toEqual([{ connector: 1 }, { connector: 2 }, { connector: 3 }]);
  expect([learnConnector(evse, 0), learnConnector(evse, undefined), learnConnector(evse, 3)]).toEqual([
    evse,
    evse,
    evse,
  ]);
  expect(learnConnector(evse, 3)).toBe(evse);
  const changed = withConnector(evse, 2, (one) => ({ ...one, status: "Faulted" }));
  expect(changed.connectors[1]).toEqual({ connector: 2, status: "Faulted" });
  expect(withConnector(evse, 4, (one) => ({ ...one, status: "Available" })).connectors.at(-1)).toEqual({
    ...{ connector: 4, status: "Available" },
  });
});
