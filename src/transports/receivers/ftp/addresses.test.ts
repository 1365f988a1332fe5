import { expect, test } from "vitest";
import { readActive, sameAddress } from "./addresses.ts";

test.each([
  ["192.0.2.1", "192.0.2.1", true],
  ["192.0.2.1", "192.0.2.2", false],
  ["2001:db8::1", "2001:0DB8:0::0:1", true],
  ["2001:db8::1", "2001:db8::2", false],
  ["192.0.2.1", "::ffff:192.0.2.1", true],
  ["2001:db8::1", "192.0.2.1", false],
  ["192.0.2.1", "not one", false],
  ["", "", false],
])("%s and %s name one address: %s", (one, other, same) => {
  expect(sameAddress(one, other)).toBe(same);
});

test.each([
  ["192,0,2,1,4,210", { address: "192.0.2.1", port: 1234 }],
  ["192,0,2,1,0,21", { address: "192.0.2.1", port: 21 }],
  ["|1|192.0.2.1|1234|", { address: "192.0.2.1", port: 1234 }],
  ["|2|2001:db8::1|65535|", { address: "2001:db8::1", port: 65_535 }],
  ["|3|192.0.2.1|1234|", null],
  ["192,0,2,1,4", null],
  ["|1|192.0.2.1|123456|", null],
  ["", null],
])("%s leads to %j (RFC 959 4.1.2, RFC 2428 2)", (argument, place) => {
  expect(readActive(argument)).toEqual(place);
});
