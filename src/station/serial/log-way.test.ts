import { expect, test } from "vitest";
import { words } from "../phrases.ts";
import { logWay, takesLogRequests } from "./log-way.ts";

test.each([
  [undefined, null, true],
  ["serial", words("log-over-wire"), true],
  ["modbus", words("log-without-ocpp"), false],
  ["console", words("log-without-ocpp"), false],
] as const)("of a station on %s, before its log is asked for: %j", (carrier, told, takes) => {
  expect(logWay(carrier)).toEqual(told);
  expect(takesLogRequests(carrier)).toBe(takes);
});
