import { expect, test } from "vitest";
import { mostFindings } from "../station/bounds.ts";
import { observed } from "../station/findings.ts";
import { openBench } from "./testing/bench.ts";

test("of a message that is wrong everywhere as many findings are kept as are read, and the number of the others", async () => {
  const places = Array.from({ length: mostFindings + 7 }, (_, at) => `Heartbeat /${at}`);
  const bench = await openBench("1.6", {
    schemas: (schemas) => ({
      ...schemas,
      judge: (kind) => (kind === "request" ? places.map((place) => observed("wrong-type", place, "x")) : []),
    }),
  });
  bench.say('[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  bench.say('[2,"2","Heartbeat",{}]');
  const found = bench.frames()[1]?.findings ?? [];
  expect(found).toHaveLength(mostFindings);
  expect(found.at(-1)).toMatchObject({ rule: "more-findings", said: "8" });
  expect(found.at(-2)?.where).toBe(places[mostFindings - 2]);
});
