import type { Level } from "../model.ts";

const words: [Level, string][] = [
  ["error", "FATAL|EMERG(?:ENCY)?|ALERT|PANIC|CRIT(?:ICAL)?|SEVERE|ERROR|ERR"],
  ["warning", "WARN(?:ING)?"],
  ["info", "INFO(?:RMATION)?|NOTICE"],
  ["debug", "DEBUG|DBG|TRACE|TRC|VERBOSE|FINE(?:R|ST)?"],
];

const byWord = new Map<string, Level>();
for (const [level, alternatives] of words) {
  for (const word of alternatives.replace(/\((?:\?:)?([^)]*)\)\?/g, "").split("|")) byWord.set(word.slice(0, 3), level);
}
const capitals = words.map(([, alternatives]) => alternatives).join("|");
const either = capitals.replace(/[A-Z]/g, (one) => `[${one}${one.toLowerCase()}]`);

/** In capitals by itself; or in any letters between brackets, or behind `level=` and its like. */
const pattern = new RegExp(
  [
    `(?<![\\w.-])(${capitals})(?![\\w.=-])`,
    `[\\[(<|](${either}|[VDIWEF])[\\])>|]`,
    `(?:level|lvl|severity|priority)["']?\\s?[=:]\\s?["']?(${either})\\b`,
  ].join("|"),
);

/** `E/Tag(`, ` 1234 5678 E Tag:` (logcat), `E1126 10:` (glog). */
const letter = /(?:^|\d |\s{2})([VDIWEF])(?:\/[\w.]{1,60}[ (:]| [\w.$-]{1,60} {0,20}:|\d{4} \d\d:)/;
const byLetter: Record<string, Level> = { V: "debug", D: "debug", I: "info", W: "warning", E: "error", F: "error" };

/** `daemon.info` (the facility and severity of BusyBox). */
const facility =
  /\b(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local[0-7])\.(emerg|alert|crit|err|warn|notice|info|debug)/;

/** `<3>` before a line of syslog or of the kernel: facility times eight, and severity. */
const priority = /^<(\d{1,3})>/;

/** So much of a line is looked at. */
const reach = 160;

/** How grave a line says it is; undefined where it does not say. */
export function levelOf(line: string): Level | undefined {
  const head = line.length > reach ? line.slice(0, reach) : line;
  const severity = facility.exec(head)?.[1];
  if (severity) return byWord.get(severity.slice(0, 3).toUpperCase());
  const match = pattern.exec(head);
  const word = match?.[1] ?? match?.[2] ?? match?.[3];
  if (word) return word.length === 1 ? byLetter[word] : byWord.get(word.slice(0, 3).toUpperCase());
  const short = letter.exec(head)?.[1];
  if (short) return byLetter[short];
  const number = priority.exec(head)?.[1];
  return number === undefined ? undefined : bySeverity(Number(number) % 8);
}

function bySeverity(severity: number): Level {
  if (severity <= 3) return "error";
  return severity === 4 ? "warning" : severity <= 6 ? "info" : "debug";
}
