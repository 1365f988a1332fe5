import { expect, it } from "vitest";
import type { Finding } from "../station/findings.ts";
import type { Sample } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { rightGroup } from "./sample-quirks.ts";

const energy = "Energy.Active.Import.Register";

function sample(measurand: string, phase?: string, more: Partial<Sample> = {}): Sample {
  return { measurand, unit: "", value: 1, said: "1", ...(phase && { phase }), ...more };
}

function right(...samples: Sample[]): { samples: (string | undefined)[][]; findings: Finding[] } {
  const findings: Finding[] = [];
  rightGroup(samples, "MeterValues /x", findings);
  return { samples: samples.map(({ measurand, phase, context }) => [measurand, phase, context]), findings };
}

it("takes the only register for the total, though it has a phase (Zappi, Wallbox)", () => {
  const found = {
    rule: "phase-tagged-register",
    where: "MeterValues /x/phase",
    said: words("value-for", { value: "N", measurand: energy }),
    expected: words("no-phase"),
  };
  expect(right(sample(energy, "N"))).toEqual({ samples: [[energy, undefined, undefined]], findings: [found] });
});

it("leaves registers of phases beside each other, beside a total, and at other places", () => {
  for (const others of [[sample(energy, "L2")], [sample(energy)]]) {
    expect(right(sample(energy, "L1"), ...others).findings).toEqual([]);
  }
  expect(right(sample(energy, "L1", { location: "Inlet" })).findings).toEqual([]);
});

it("takes a current on N alone for L1 (Injet), and leaves that of the neutral conductor", () => {
  const current = "Current.Import";
  expect(right(sample("Voltage", "L1-N"), sample(current, "N"))).toEqual({
    samples: [
      ["Voltage", "L1-N", undefined],
      [current, "L1", undefined],
    ],
    findings: [
      {
        rule: "phase-neutral",
        where: "MeterValues /x/phase",
        said: words("value-for", { value: "N", measurand: current }),
        expected: words("l1-or-none"),
      },
    ],
  });
  expect(right(sample(current, "L1"), sample(current, "N")).findings).toEqual([]);
});

it("puts values of the begin before those of now (Growatt)", () => {
  const begin = { context: "Transaction.Begin" };
  expect(right(sample(energy), sample("Voltage"), sample(energy, undefined, begin)).samples).toEqual([
    [energy, undefined, "Transaction.Begin"],
    [energy, undefined, undefined],
    ["Voltage", undefined, undefined],
  ]);
});
