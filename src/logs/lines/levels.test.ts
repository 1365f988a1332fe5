import { expect, test } from "vitest";
import { levelOf } from "./levels.ts";

const words = {
  error: ["FATAL", "EMERG", "EMERGENCY", "ALERT", "PANIC", "CRIT", "CRITICAL", "SEVERE", "ERROR", "ERR"],
  warning: ["WARN", "WARNING"],
  info: ["INFO", "INFORMATION", "NOTICE"],
  debug: ["DEBUG", "DBG", "TRACE", "TRC", "VERBOSE", "FINE", "FINER", "FINEST"],
};
const each = Object.entries(words).flatMap(([level, all]) => all.map((word) => [word, level] as const));

test.each(each)("%s in capitals, between brackets in any letters, and behind its name is %s", (word, level) => {
  const lower = word.toLowerCase();
  expect(levelOf(`10:02:11 ${word} ocpp: link`)).toBe(level);
  expect(levelOf(`10:02:11 [${lower}] link`)).toBe(level);
  expect(levelOf(`t=1 level=${lower} msg=link`)).toBe(level);
  expect(levelOf(`{"severity": "${lower}", "msg": "link"}`)).toBe(level);
});

test.each([
  ["a word in small letters says nothing: an error came"],
  ["file.ERROR-log is a name"],
  ["ERROR=0 is a count"],
  [""],
])("of %j the level is not known", (line) => {
  expect(levelOf(line)).toBeUndefined();
});

test.each([
  ["V/Tag( 12): x", "debug"],
  ["D/Tag: x", "debug"],
  ["01-31 10:02:11.042  1234  5678 I Tag: x", "info"],
  ["01-31 10:02:11.042  1234  5678 W Tag: x", "warning"],
  ["E1126 10:02:11.042 main.cc:5] x", "error"],
  ["10:02:11 [V] x", "debug"],
  ["10:02:11 (D) x", "debug"],
  ["10:02:11 <I> x", "info"],
  ["10:02:11 |W| x", "warning"],
  ["10:02:11 [E] x", "error"],
  ["10:02:11 [F] x", "error"],
  ["10:02:11 [X] x", undefined],
  ["F/libc: x", "error"],
])("by a letter, %j is of %s", (line, level) => {
  expect(levelOf(line)).toBe(level);
});

test.each([
  [["emerg", "alert", "crit", "err"], "error"],
  [["warn"], "warning"],
  [["notice", "info"], "info"],
  [["debug"], "debug"],
])("behind a facility %j are of %s", (severities, level) => {
  expect(severities.map((severity) => levelOf(`Jan 31 10:02:11 box daemon.${severity} ocppd: x`))).toEqual(
    severities.map(() => level),
  );
});

test("a number before the line is facility times eight, and severity", () => {
  const levels = [0, 1, 2, 3, 4, 5, 6, 7].map((severity) => levelOf(`<${3 * 8 + severity}>x`));
  expect(levels).toEqual([...Array(4).fill("error"), "warning", "info", "info", "debug"]);
});

test("only the beginning of a line is looked at", () => {
  expect(levelOf(`${" ".repeat(150)} ERROR x`)).toBe("error");
  expect(levelOf(`${" ".repeat(158)} ERROR x`)).toBeUndefined();
});
