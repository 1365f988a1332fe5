import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exchange } from "../../../test/harness/exchange.ts";
import { stringifyJson } from "../../lib/json.ts";
import { readFrame } from "../frame.ts";
import { loadSchemas } from "../schemas.ts";
import { v16 } from "./dialect.ts";

type Recorded = { vendor: string; ocpp: string; direction: string; frame: string };

const schemas = await loadSchemas("1.6");
const text = readFileSync(new URL("../../../test/frames/real-chargers.ndjson", import.meta.url), "utf8");
const calls = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded)
  .filter((line) => line.ocpp === "1.6" && line.direction === "station->csms")
  .map(({ vendor, frame }) => ({ vendor, frame: readFrame(frame) }))
  .flatMap(({ vendor, frame }) => (frame.type === "call" ? [{ vendor, action: frame.action, frame }] : []));

describe("calls that real 1.6 stations made", () => {
  it("are there", () => {
    expect(calls.length).toBeGreaterThan(50);
  });

  it.each(calls)("$vendor $action is answered within the schema and makes an event", ({ action, frame }) => {
    const { reply, events } = exchange(v16, action, frame.payload);
    expect(schemas.judge("response", action, JSON.parse(stringifyJson(reply)))).toEqual([]);
    expect(events.filter((event) => event.kind !== "found").length).toBeGreaterThan(0);
  });
});
