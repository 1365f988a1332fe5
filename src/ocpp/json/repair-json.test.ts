import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repairJson } from "./repair-json.ts";

/** What was repaired, as its value, and the slips as `kind at place`. */
function repaired(source: string): [unknown, string[]] | null {
  const result = repairJson(source);
  return result && [JSON.parse(result.text), result.slips.map(({ kind, at, place }) => `${kind} ${at} ${place}`)];
}

describe("repairs what can only be meant in one way", () => {
  it.each<[string, unknown, string[]]>([
    ['\ufeff[2,"a","Heartbeat",{}]', [2, "a", "Heartbeat", {}], ["mark-at-start 0 "]],
    ['[2,"a","Heartbeat",{}]\0\0', [2, "a", "Heartbeat", {}], ["zero-at-end 22 "]],
    [
      '[2,"a","H",{"x":"a\tb\n\0c"}]',
      [2, "a", "H", { x: "a\tb\n\0c" }],
      ["control-in-text 18 /3/x", "control-in-text 20 /3/x", "control-in-text 21 /3/x"],
    ],
    ['[2,"a","H",{"x":1,},]', [2, "a", "H", { x: 1 }], ["extra-comma 18 /3", "extra-comma 20 /4"]],
    [
      '[,2,"a","H",{,"x":1,,"y":2}]',
      [2, "a", "H", { x: 1, y: 2 }],
      ["extra-comma 1 /0", "extra-comma 13 /3", "extra-comma 20 /3"],
    ],
    ['[2,"a","H",{}],', [2, "a", "H", {}], ["extra-comma 14 "]],
    [
      '[2,"a","M",{"connectorId":1,"transactionId":,"meterValue":[]}]',
      [2, "a", "M", { connectorId: 1, meterValue: [] }],
      ["missing-value 44 /3/transactionId"],
    ],
    ['[2,"a","M",{"transactionId": }]', [2, "a", "M", {}], ["missing-value 29 /3/transactionId"]],
    ['[2,"a","M",{"v":[{"x":"1"}', [2, "a", "M", { v: [{ x: "1" }] }], ["missing-end 26 /3/v/*"]],
    ['[2,"a","H",{"x":-1.5e3,"y":null}', [2, "a", "H", { x: -1500, y: null }], ["missing-end 32 /4"]],
    ['[2, "a" , "H" , { "x" : true , } ]', [2, "a", "H", { x: true }], ["extra-comma 31 /3"]],
  ])("%j", (source, value, slips) => {
    expect(repaired(source)).toEqual([value, slips]);
  });
});

it.each([
  "",
  "hello",
  "[2",
  '[2,"a","H",{"x":"cut',
  '[2,"a","H",{"x":12',
  '[2,"a","H",{"x" "y"}]',
  '[2,"a","H",{"x":1 "y":2}]',
  '[2,"a" "H",{}]',
  '[2,"a","H",{x:1}]',
  '[2,"a","H",{}}',
  '[2,"a","H",{}] rest',
  '[2,"a","H",{"x":01}]',
  '[2,"a","H",{"x":NaN}]',
  "[2,'a','H',{}]",
  '[4,"a",,"x",{}]',
  '[2,"a","H",{"x":"\\d",}]',
  '[2,"a","H",{"x":"\\u12",}]',
])("leaves %j, which could be meant in more ways than one", (source) => {
  expect(repairJson(source)).toBeNull();
});

it("finds nothing to repair in JSON, and makes JSON of whatever it repairs", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(repairJson(text)).toBeNull();
    }),
  );
  const letters = fc.constantFrom(
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    '"',
    "a",
    "1",
    "-",
    "\\",
    "\0",
    "\n",
    " ",
    "null",
    '"x":',
    '"y"',
  );
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 40 }), (parts) => {
      const result = repairJson(parts.join(""));
      if (result) JSON.parse(result.text);
    }),
    { numRuns: 2000 },
  );
});

it("repairs two hundred slips of one text, and none that has more: what was meant by it nobody knows", () => {
  const slipped = (count: number) => repairJson(`[2,"a","H",{"y":1${",".repeat(count + 1)}"x":1}]`);
  expect(slipped(1)?.slips).toHaveLength(1);
  expect(JSON.parse(slipped(200)?.text ?? "null")).toEqual([2, "a", "H", { y: 1, x: 1 }]);
  expect(slipped(200)?.slips).toHaveLength(200);
  expect(slipped(201)).toBeNull();
});

it("keeps every digit and letter of what stands beside the slip", () => {
  const source = '[2,"a","S",{"transactionId":9223372036854775807,"meterStop":1.10,"info":"å \\u00e4",}]';
  expect(repairJson(source)?.text).toBe(source.replace(",}", "}"));
});

it("is not slowed or stopped by depth", () => {
  expect(repairJson("[".repeat(100_000))?.text.length).toBe(200_000);
});
