import { expect, test } from "vitest";
import { words } from "../../station/phrases.ts";
import { readFrame } from "../frame.ts";
import { asRead, readTolerantly } from "./tolerant-frame.ts";

const rules = (text: string) => readTolerantly(text).findings.map(({ rule, where, said }) => [rule, where, said]);

test.each(['[2,"1","Heartbeat",{}]', '[2,"1"', "hello", '{"a":1,}'])("%s is read, or told, as it came", (text) => {
  expect(readTolerantly(text)).toEqual(readFrame(text));
});

test("a slip is forgiven and told, with its place and the byte at which it stands", () => {
  const text = '[2,"å","DataTransfer",{"vendorId":"V","data":"x",}]';
  const frame = readTolerantly(text);
  expect(frame).toMatchObject({ type: "call", id: "å", action: "DataTransfer", payload: { vendorId: "V", data: "x" } });
  const byte = Buffer.byteLength(text.slice(0, text.indexOf(",}") + 1));
  expect(rules(text)).toEqual([["json-repaired", "frame /3", words("slip-extra-comma", { byte })]]);
  expect(asRead(text, frame.findings)).toBe('[2,"å","DataTransfer",{"vendorId":"V","data":"x"}]');
  expect(asRead(text, [])).toBe(text);
});

test("a slip outside of everything is at the frame itself, and slips come before what else is wrong", () => {
  const found = rules('\ufeff[2,7,"Heartbeat",{}]');
  expect(found[0]).toEqual(["json-repaired", "frame /", words("slip-mark-at-start", { byte: 0 })]);
  expect(found.slice(1).map(([rule]) => rule)).toEqual(
    readFrame('[2,7,"Heartbeat",{}]').findings.map(({ rule }) => rule),
  );
  expect(found.length).toBeGreaterThan(1);
});

test("of many slips ten are told", () => {
  const list = (slips: number) => `[2,"1","DataTransfer",{${'"a":[1,],'.repeat(slips)}"vendorId":"V"}]`;
  expect([rules(list(9)).length, rules(list(10)).length, rules(list(11)).length]).toEqual([9, 10, 10]);
});

test("what was told as repaired and cannot be any more is read as it stands", () => {
  const repaired = { rule: "json-repaired", where: "frame /", said: "x" } as const;
  expect(asRead("no message", [repaired])).toBe("no message");
});
