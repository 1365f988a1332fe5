import { expect, it } from "vitest";
import { payloadTextOf } from "./payload-text.ts";

it("takes the payload of a call digit for digit", () => {
  expect(payloadTextOf('[2,"a\\"b","DataTransfer",{"n":9223372036854775807,"t":"]"}]')).toBe(
    '{\n  "n": 9223372036854775807,\n  "t": "]"\n}',
  );
  expect(payloadTextOf('[3,"a",{"status":"Accepted"}]')).toBeUndefined();
  expect(payloadTextOf("no frame")).toBeUndefined();
  expect(payloadTextOf('[2,"a","Heartbeat",')).toBeUndefined();
});
