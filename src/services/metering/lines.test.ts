import { expect, test } from "vitest";
import type { MeterPoint } from "./contract.ts";
import { sampleCells, sampleHead, sampleLines } from "./lines.ts";
import { asReference } from "./references.ts";

const point: MeterPoint = {
  at: Date.UTC(2026, 0, 2),
  cameAt: Date.UTC(2026, 0, 3),
  seq: 9,
  evse: 1,
  connector: 2,
  transaction: "t",
  stationTime: "2026-01-02T01:00:00+01:00",
  samples: [
    {
      measurand: "Power.Active.Import",
      phase: "L1",
      location: "Outlet",
      context: "Trigger",
      value: 7500,
      unit: "W",
      said: "7.5",
    },
    {
      measurand: "Energy.Active.Import.Register",
      value: 0,
      unit: "Wh",
      said: "",
      signed: { format: "OCMF", data: "" },
    },
  ],
};

test("each value of a point is a row of its own, each cell under its name; one that was only signed has no value", () => {
  const rows = sampleLines("CP1", point).map((line) => {
    const cells = sampleCells(line);
    return sampleHead.map((name, at) => [name, cells[at]]);
  });
  const times = [
    ["time", "2026-01-02T00:00:00.000Z"],
    ["cameAt", "2026-01-03T00:00:00.000Z"],
    ["stationTime", "2026-01-02T01:00:00+01:00"],
    ["station", "CP1"],
    ["evse", 1],
    ["connector", 2],
    ["transaction", "t"],
  ];
  expect(rows).toEqual([
    [
      ...times,
      ["measurand", "Power.Active.Import"],
      ["phase", "L1"],
      ["location", "Outlet"],
      ["context", "Trigger"],
      ["value", 7500],
      ["unit", "W"],
      ["frame", 9],
    ],
    [
      ...times,
      ["measurand", "Energy.Active.Import.Register"],
      ["phase", undefined],
      ["location", undefined],
      ["context", undefined],
      ["value", undefined],
      ["unit", "Wh"],
      ["frame", 9],
    ],
  ]);
  expect(sampleLines("CP1", { ...point, cameAt: undefined })[0]?.cameAt).toBeUndefined();
});

test("a reference meter's values stand at the station's place, and at no connector and in no transaction of it", () => {
  expect(asReference(point, 3)).toEqual({
    at: point.at,
    cameAt: point.cameAt,
    seq: 9,
    evse: 3,
    samples: point.samples.map((sample) => ({ ...sample, location: "Reference" })),
  });
  expect(asReference({ ...point, cameAt: undefined }, 3)).not.toHaveProperty("cameAt");
});
