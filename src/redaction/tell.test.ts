import { expect, test } from "vitest";
import { words } from "../station/phrases.ts";
import { redact } from "./redact.ts";
import { asItIs, csvLine, jsonLine } from "./tell.ts";
import { toJson } from "./told-json.ts";

const secret = "password=hunter2";

test("a line of a table tells its texts without secrets, and its numbers as they are", () => {
  expect(csvLine(["CP1", secret, 7], redact)).toBe(csvLine(["CP1", "password=•••", 7], asItIs));
  expect(csvLine([secret, 7], asItIs)).toContain("hunter2");
  expect(csvLine(["a", 7], () => "told")).toBe(csvLine(["told", 7], asItIs));
});

test("a line of JSON ends in one line end, with secrets where they were asked for", () => {
  const value = { station: "CP1", password: "hunter2" };
  expect(jsonLine(value, redact)).toBe('{"station":"CP1","password":"•••"}\n');
  expect(jsonLine(value, asItIs)).toBe('{"station":"CP1","password":"hunter2"}\n');
});

test("words of ours are in English in it, and what only looks like them stays", () => {
  const offline = words("link-closed");
  expect(toJson({ why: offline, list: [offline, 7] })).toBe(
    '{"why":"the link closed before an answer came","list":["the link closed before an answer came",7]}',
  );
  expect(toJson({ why: { phrase: "made up" } })).toBe('{"why":{"phrase":"made up"}}');
  expect(toJson({ why: { phrase: "link-closed", more: 1 } })).toBe('{"why":{"phrase":"link-closed","more":1}}');
  expect([toJson("a\u202eb"), toJson(null), toJson([1])]).toEqual(['"a\\u202eb"', "null", "[1]"]);
  expect([toJson("a\x7fb"), toJson("a\x1bb\n"), toJson("\u00e5")]).toEqual([
    '"a\\u007fb"',
    '"a\\u001bb\\n"',
    '"\u00e5"',
  ]);
});
