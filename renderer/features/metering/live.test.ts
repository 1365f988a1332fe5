import { describe, expect, it } from "vitest";
import { newStation } from "../../../src/station/model.ts";
import { liveRows, placesOf } from "./live.ts";

const value = { unit: "V" as const, value: 230, said: "230", at: 1, measuredAt: 1, frame: 5 };

describe("liveRows", () => {
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
