import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exchange } from "../../../test/harness/exchange.ts";
import { stringifyJson } from "../../lib/json.ts";
import type { SampleGroup } from "../../station/model.ts";
import { readFrame } from "../frame.ts";
import { objects, text } from "../read.ts";
import { loadSchemas } from "../schemas.ts";
import { v16 } from "./dialect.ts";

type Recorded = { vendor: string; ocpp: string; direction: string; frame: string };

const schemas = await loadSchemas("1.6");
const lines = readFileSync(new URL("../../../test/frames/real-chargers.ndjson", import.meta.url), "utf8");
const calls = lines
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded)
  .filter((line) => line.ocpp === "1.6" && line.direction === "station->csms")
  .map(({ vendor, frame }) => ({ vendor, frame: readFrame(frame) }))
  .flatMap(({ vendor, frame }) => (frame.type === "call" ? [{ vendor, action: frame.action, frame }] : []));

function samplesOf({ samples }: SampleGroup): SampleGroup["samples"] {
  return samples;
}

describe("calls that real 1.6 stations made", () => {
  it("are there", () => {
    expect(calls.length).toBeGreaterThan(50);
  });

  it.each(calls)("$vendor $action is answered within the schema and makes an event", ({ action, frame }) => {
    const { reply, events } = exchange(v16, action, frame.payload);
    expect(schemas.judge("response", action, JSON.parse(stringifyJson(reply)))).toEqual([]);
    expect(events.filter((event) => event.kind !== "found").length).toBeGreaterThan(0);
  });

  it.each(calls.filter(({ action }) => action === "MeterValues"))(
    "$vendor: each measured value is read, in its base unit and with what was said",
    ({ action, frame }) => {
      const said = objects(frame.payload, "meterValue").flatMap((group) => objects(group, "sampledValue"));
      const { events } = exchange(v16, action, frame.payload);
      const samples = events.flatMap((event) => (event.kind === "sampled" ? event.groups : [])).flatMap(samplesOf);
      expect(samples.map((sample) => [sample.measurand, sample.saidUnit ?? sample.unit, sample.said])).toEqual(
        said.map((value) => [text(value, "measurand"), text(value, "unit"), text(value, "value")]),
      );
      for (const { value, unit, said: digits, saidUnit } of samples) {
        expect([unit, value]).toEqual(saidUnit === "kWh" ? ["Wh", Number(`${digits}e3`)] : [unit, Number(digits)]);
      }
    },
  );
});
