import { describe, expect, it } from "vitest";
import { newStation } from "../../../src/station/model.ts";
import { liveRows, placesOf } from "./live.ts";

const value = { unit: "V" as const, value: 230, said: "230", at: 1, measuredAt: 1, frame: 5 };

describe("liveRows", () => {
  it("tells apart places and locations, and says of no other that a measurand goes on", () => {
    const temperature = { ...value, measurand: "Temperature", unit: "Celsius" as const };
    const outlet = (evse: number, live: object[]) => ({ evse, connectors: [], live: live as never });
    const state = {
      ...newStation("CP1", 0),
      evses: [
        outlet(1, [
          { ...temperature, location: "Body" },
          { ...temperature, location: "Cable" },
          { ...temperature, location: "Cable", phase: "L1" },
        ]),
        outlet(2, [
          { ...temperature, location: "Body" },
          { ...temperature, connector: 2, location: "Body" },
        ]),
      ],
    };
    const rows = liveRows(state);
    expect(rows.map(({ key, again }) => [key, again])).toEqual([
      ["1||Temperature||Body|Celsius", false],
      ["1||Temperature||Cable|Celsius", false],
      ["1||Temperature|L1|Cable|Celsius", true],
      ["2||Temperature||Body|Celsius", false],
      ["2|2|Temperature||Body|Celsius", true],
    ]);
    expect(placesOf(rows).map(({ rows: mine, ...place }) => [place, mine.length])).toEqual([
      [{ key: "1 ", evse: 1, connector: undefined }, 3],
      [{ key: "2 ", evse: 2, connector: undefined }, 1],
      [{ key: "2 2", evse: 2, connector: 2 }, 1],
    ]);
  });

  it("lists the mains meter first, then each outlet, and says where a measurand goes on", () => {
    const state = {
      ...newStation("CP1", 0),
      live: [{ ...value, measurand: "Frequency" }],
      evses: [
        {
          evse: 1,
          connectors: [],
          live: [
            { ...value, measurand: "Voltage", phase: "L2" },
            { ...value, measurand: "Voltage", phase: "L1" },
            { ...value, measurand: "SoC" },
          ],
        },
      ],
    };
    expect(placesOf(liveRows(state)).map(({ key, rows }) => [key, rows.length])).toEqual([
      ["0 ", 1],
      ["1 ", 3],
    ]);
    expect(liveRows(state).map(({ key, again, frame }) => ({ key, again, frame }))).toEqual([
      { key: "0||Frequency|||V", again: false, frame: 5 },
      { key: "1||SoC|||V", again: false, frame: 5 },
      { key: "1||Voltage|L1||V", again: false, frame: 5 },
      { key: "1||Voltage|L2||V", again: true, frame: 5 },
    ]);
  });
});
