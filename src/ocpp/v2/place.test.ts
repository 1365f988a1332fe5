import { expect, test } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import type { Finding } from "../../station/findings.ts";
import { nameOf, readEvse } from "./place.ts";

test.each<[request: JsonObject, place: object, wrong: object[]]>([
  [{ evse: { id: 2, connectorId: 1 } }, { evse: 2, connector: 1 }, []],
  [{ evse: { id: 1, connectorId: 0 } }, { evse: 1 }, []],
  [{ evse: { id: 0 } }, {}, [{ where: "A /evse/id", said: "0", expected: ">= 1" }]],
  [{ evse: { id: -1 } }, {}, [{ where: "A /evse/id", said: "-1", expected: ">= 0" }]],
  [{ evseId: 3, connectorId: 2 }, { evse: 3, connector: 2 }, [{ where: "A /evse" }]],
  [{ connectorId: 2 }, { evse: 2, connector: 2 }, [{ where: "A /evse" }]],
  [{ evseId: -1 }, {}, [{ where: "A /evseId", said: "-1", expected: ">= 0" }]],
  [{}, {}, []],
])("of %j the place is %j", (request, place, wrong) => {
  const findings: Finding[] = [];
  expect(readEvse(request, "A", findings)).toEqual(place);
  expect(findings).toEqual(wrong.map((one) => expect.objectContaining(one)));
});

test("a component is named with its instance", () => {
  expect([nameOf({}, "Connector", undefined), nameOf({}, "Meter", "2"), nameOf(undefined, "Connector", "1")]).toEqual([
    "Connector",
    "Meter[2]",
    "",
  ]);
});
