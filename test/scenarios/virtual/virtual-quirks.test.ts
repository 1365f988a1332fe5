import { expect, test } from "vitest";
import type { QuirkName } from "../../../src/services/simulator/contract.ts";
import type { OcppVersion } from "../../../src/station/model.ts";
import type { Rule } from "../../../src/words/en/findings.ts";
import { benchIdentity, stationBench } from "../../harness/stations/station-bench.ts";

/** What Plugside says of each way to misbehave, in each version that it shows in. */
const told: [QuirkName, Rule, OcppVersion[]][] = [
  ["local-time", "time-without-zone", ["1.6", "2.0.1", "2.1"]],
  ["clock-1970", "time-implausible", ["1.6", "2.0.1", "2.1"]],
  ["clock-back", "end-before-start", ["1.6", "2.0.1", "2.1"]],
  ["text-numbers", "wrong-type", ["1.6", "2.0.1", "2.1"]],
  ["sent-twice", "duplicate-id", ["1.6", "2.0.1", "2.1"]],
  ["empty-values", "empty-value", ["1.6", "2.0.1", "2.1"]],
  ["boot-loop", "boot-loop", ["1.6", "2.0.1", "2.1"]],
];

const cases = told.flatMap(([quirk, rule, versions]) => versions.map((version) => ({ quirk, rule, version })));

test.each(cases)("$version, $quirk: it is found as $rule, and the link stays", async ({ quirk, rule, version }) => {
  const bench = await stationBench(version, { quirks: [quirk] });
  bench.station.act("plug", 1);
  bench.station.act("tap", 1, "04A1B2C3");
  const seconds = quirk === "boot-loop" ? 300 : 90;
  for (let at = 0; at < seconds; at += 30) await bench.run(30);
  if (rule === "end-before-start") {
    bench.station.act("unplug", 1);
    await bench.run(30);
  }
  const state = await bench.state();
  expect(state.findings.map((finding) => finding.rule)).toContain(rule);
  if (quirk !== "boot-loop") expect(state.link.state).toBe("online");
});

test("quirks are chosen and taken back while the station runs", async () => {
  const bench = await stationBench("1.6");
  bench.station.misbehave(["wrong-answer-id"]);
  expect(bench.station.state().quirks).toEqual(["wrong-answer-id"]);
  const trigger = { name: "trigger", message: "Heartbeat" } as const;
  expect(await bench.command(trigger)).toMatchObject({ result: "accepted" });
  const rules = async () => (await bench.state()).findings.map(({ rule, count }) => [rule, count]);
  expect(await rules()).toEqual([["mismatched-answer-id", 1]]);
  bench.station.misbehave([]);
  await bench.command(trigger);
  expect(await rules()).toEqual([["mismatched-answer-id", 1]]);
  expect(benchIdentity).toBe(bench.station.state().identity);
});
