import { expect, test } from "vitest";
import { words } from "../station/phrases.ts";
import { chooseSubprotocol, dialectOf, versionOf } from "./versions.ts";

const expected = "ocpp1.6, ocpp2.0.1, ocpp2.1";

test("each version has its own dialect", () => {
  expect((["1.6", "2.0.1", "2.1"] as const).map((version) => dialectOf(version).version)).toEqual([
    "1.6",
    "2.0.1",
    "2.1",
  ]);
});

test.each([
  [["ocpp2.1", "ocpp1.6"], "ocpp2.1"],
  [["ocpp1.5", "OCPP2.0.1", "ocpp1.6"], "OCPP2.0.1"],
  [["ocpp1.5", "toString"], undefined],
  [[], undefined],
])("of %j the first that we speak, in the station's order, is agreed on: %s", (offered, chosen) => {
  expect(chooseSubprotocol(offered)).toBe(chosen);
});

test.each([
  ["ocpp1.6", ["ocpp1.6"], "1.6", []],
  ["ocpp2.0.1", [], "2.0.1", []],
  ["ocpp2.1", ["ocpp2.1"], "2.1", []],
  ["OCPP2.1", ["OCPP2.1"], "2.1", [{ rule: "unknown-subprotocol", where: "link", said: "OCPP2.1", expected }]],
  [
    "ocpp1.5",
    ["ocpp1.5", "soap"],
    "1.6",
    [{ rule: "unknown-subprotocol", where: "link", said: "ocpp1.5, soap", expected }],
  ],
  [undefined, ["soap"], "1.6", [{ rule: "unknown-subprotocol", where: "link", said: "soap", expected }]],
  [undefined, [], "1.6", [{ rule: "no-subprotocol", where: "link", said: words("nothing"), expected }]],
])("agreed on %s of %j, what is spoken is %s, with what was found: %o", (subprotocol, offered, version, findings) => {
  expect(versionOf(subprotocol, offered)).toEqual({ version, findings });
});
