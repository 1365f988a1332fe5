import { expect, test } from "vitest";
import { csvRow } from "./csv.ts";

test.each([
  ["=1+1", `"'=1+1"`],
  ["+cmd|' /C calc'!A0", `"'+cmd|' /C calc'!A0"`],
  ["-2+3", `"'-2+3"`],
  ["@SUM(A1)", `"'@SUM(A1)"`],
  ["  =1", `"'  =1"`],
  ["＝1", `"'＝1"`],
  ["-12.5", '"-12.5"'],
  ["\t=1", '"\\x09=1"'],
  ["a\r\n=1", '"a\\x0d\\x0a=1"'],
  ['a","=1', '"a"",""=1"'],
  ["a,b;c", '"a,b;c"'],
  [-12.5, "-12.5"],
  [undefined, ""],
])("the cell of %j is %s", (cell, csv) => {
  expect(csvRow([1, cell, "x"])).toBe(`1,${csv},"x"\n`);
});
