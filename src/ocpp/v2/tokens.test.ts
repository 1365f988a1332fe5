import { expect, test } from "vitest";
import type { Finding } from "../../station/findings.ts";
import { answerContext } from "./test-exchange.ts";
import { answeredStatus, readToken, tokenForm21, tokenForm201, tokenInfo, typeOf } from "./tokens.ts";

test.each([
  [{ idToken: { idToken: "04A1", type: "ISO14443" } }, { value: "04A1", type: "ISO14443" }, []],
  [{ idToken: { idToken: "04G1", type: "ISO15693" } }, { value: "04G1", type: "ISO15693" }, ["token-not-hex"]],
  [{ idToken: { idToken: "04G1", type: "Central" } }, { value: "04G1", type: "Central" }, []],
  [{ idToken: { idToken: "04A1" } }, { value: "04A1" }, []],
  [{ idToken: { type: "Central" } }, undefined, []],
  [{ idToken: "04A1" }, { value: "04A1" }, ["other-version"]],
  [{ idTag: "04A1" }, { value: "04A1" }, ["other-version"]],
  [{}, undefined, []],
])("%o is read as %o", (request, token, rules) => {
  const findings: Finding[] = [];
  expect(readToken(request, "Authorize", findings)).toEqual(token);
  expect(findings.map(({ rule }) => rule)).toEqual(rules);
});

test("nobody is asked about a start button or about no token at all", () => {
  const context = answerContext(undefined, { status: "Blocked" });
  expect(tokenInfo(undefined, context, tokenForm201)).toEqual({ status: "Invalid" });
  expect(tokenInfo({ value: "", type: "NoAuthorization" }, context, tokenForm201)).toEqual({ status: "Accepted" });
  expect(tokenInfo({ value: "A" }, context, tokenForm201)).toEqual({ status: "Blocked" });
});

test("a group is told as Central unless its type is one of the version's, and left out where it does not fit", () => {
  const told = (value: string, type?: string, form = tokenForm201) =>
    tokenInfo({ value: "A" }, answerContext(undefined, { status: "Accepted", group: { value, type } }), form)
      .groupIdToken;
  expect(told("G")).toEqual({ idToken: "G", type: "Central" });
  expect(told("G", "eMAID")).toEqual({ idToken: "G", type: "eMAID" });
  expect(told("G", "VIN")).toEqual({ idToken: "G", type: "Central" });
  expect(told("G", "VIN", tokenForm21)).toEqual({ idToken: "G", type: "VIN" });
  expect([told("g".repeat(36)) !== undefined, told("g".repeat(37)), told("")]).toEqual([true, undefined, undefined]);
  expect([
    told("g".repeat(255), undefined, tokenForm21) !== undefined,
    told("g".repeat(256), undefined, tokenForm21),
  ]).toEqual([true, undefined]);
});

test("an expiry that cannot be read is left out", () => {
  const told = (expiry: string) =>
    tokenInfo({ value: "A" }, answerContext(undefined, { status: "Accepted", expiry }), tokenForm201);
  expect(told("2027-01-01T01:00:00+01:00")).toEqual({
    status: "Accepted",
    cacheExpiryDateTime: "2027-01-01T00:00:00.000Z",
  });
  expect(told("soon")).toEqual({ status: "Accepted" });
});

test.each([
  ["Accepted", "Accepted"],
  ["Blocked", "Blocked"],
  ["Expired", "Expired"],
  ["Invalid", "Invalid"],
  ["ConcurrentTx", "ConcurrentTx"],
  ["NotAtThisTime", undefined],
  [7, undefined],
])("an answered status of %s is %s", (status, told) => {
  expect(answeredStatus({ idTokenInfo: { status } })).toBe(told);
});

test.each([
  [{ value: "04A1B2C3" }, "ISO14443"],
  [{ value: "04A1B2C3D4E5F6" }, "ISO14443"],
  [{ value: "04A1B2C3D4E5F6A7B8C9" }, "ISO14443"],
  [{ value: "04A1B2" }, "Central"],
  [{ value: "04A1B2CG" }, "Central"],
  [{ value: "04A1B2C3", type: "central" }, "Central"],
  [{ value: "A", type: "emaid" }, "eMAID"],
  [{ value: "A", type: "VIN" }, undefined],
])("the token %o goes out as %s", (token, type) => {
  expect(typeOf(token, tokenForm201)).toBe(type);
});

const types = ["Central", "eMAID", "ISO14443", "ISO15693", "KeyCode", "Local", "MacAddress", "NoAuthorization"];

test.each([...types, "DirectPayment", "EVCCID", "VIN"])(
  "the type %s goes out as its version writes it, whatever was typed",
  (type) => {
    for (const said of [type, type.toLowerCase(), type.toUpperCase()]) {
      expect(typeOf({ value: "A", type: said }, tokenForm21)).toBe(type);
      expect(typeOf({ value: "A", type: said }, tokenForm201)).toBe(types.includes(type) ? type : undefined);
    }
  },
);

test("a card's number has 4, 7 or 10 bytes, and no other", () => {
  const isCard = (digits: number) => typeOf({ value: "a".repeat(digits) }, tokenForm201) === "ISO14443";
  expect([7, 8, 9, 13, 14, 15, 19, 20, 21].filter(isCard)).toEqual([8, 14, 20]);
});
