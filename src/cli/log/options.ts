import { parseArgs } from "node:util";
import { UsageError } from "../../api/start-options.ts";
import { type Level, levels } from "../../logs/model.ts";
import type { Query } from "../../logs/search/query.ts";
import { redact } from "../../redaction/redact.ts";
import { asItIs, type Tell } from "../../redaction/tell.ts";
import type { Language } from "../../words/language.ts";
import { readLanguage, readNumber } from "../options.ts";

/** A moment as it was typed, by the zone of the text that it is looked for in (minutes east of UTC): milliseconds since 1970 UTC. */
export type TypedMoment = (zone: number) => number;

/** What is looked for in each text. */
export type TypedQuery = Omit<Query, "clockwork" | "from" | "to"> & { from?: TypedMoment; to?: TypedMoment };

/** What is to be done with each part. */
export type Work =
  | { kind: "list" | "summary" }
  | { kind: "search"; query: TypedQuery }
  | { kind: "lines"; from: number; to: number }
  | { kind: "at"; at: TypedMoment }
  | { kind: "hex"; from: number };

/** What `plugside log` was asked for. */
export type LogOptions = {
  path: string;
  /** The id of a part, or its name. */
  part?: string;
  work: Work;
  json: boolean;
  language: Language;
  tell: Tell;
  /** Minutes east of UTC, where it is told. */
  zone?: number;
  /** So many lines at most. */
  limit: number;
};

/** Reads the arguments.
 * @throws UsageError */
export function readLogOptions(args: string[]): LogOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      part: { type: "string" },
      list: { type: "boolean" },
      grep: { type: "string" },
      text: { type: "string" },
      "match-case": { type: "boolean" },
      level: { type: "string" },
      from: { type: "string" },
      to: { type: "string" },
      lines: { type: "string" },
      at: { type: "string" },
      hex: { type: "string" },
      zone: { type: "string" },
      limit: { type: "string" },
      lang: { type: "string" },
      json: { type: "boolean" },
      raw: { type: "boolean" },
    },
  });
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length > 0) throw new UsageError("log takes one file.");
  const zone = values.zone === undefined ? undefined : readZone(values.zone);
  const moment = (given: string | undefined, option: string) =>
    given === undefined ? undefined : readMoment(given, option);
  const query = readQuery(values, moment(values.from, "--from"), moment(values.to, "--to"));
  const at = moment(values.at, "--at");
  const works: Work[] = [];
  if (values.list) works.push({ kind: "list" });
  if (query) works.push({ kind: "search", query });
  if (values.lines !== undefined) works.push({ kind: "lines", ...readRange(values.lines) });
  if (at !== undefined) works.push({ kind: "at", at });
  if (values.hex !== undefined) works.push({ kind: "hex", from: Math.max(0, readNumber(values.hex, "--hex", 0)) });
  if (works.length > 1) throw new UsageError("--list, --lines, --at, --hex and a search exclude each other.");
  const limit = readNumber(values.limit, "--limit", Number.POSITIVE_INFINITY);
  if (limit < 1) throw new UsageError(`--limit takes a number from 1 on; got "${values.limit}".`);
  return {
    path,
    part: values.part,
    work: works[0] ?? { kind: "summary" },
    json: values.json ?? false,
    language: readLanguage(values.lang),
    tell: values.raw ? asItIs : redact,
    zone,
    limit,
  };
}

type Searching = { grep?: string; text?: string; "match-case"?: boolean; level?: string };

function readQuery(
  values: Searching,
  from: TypedMoment | undefined,
  to: TypedMoment | undefined,
): TypedQuery | undefined {
  const { grep, text, level } = values;
  if (grep !== undefined && text !== undefined) throw new UsageError("--grep and --text exclude each other.");
  const letters = grep ?? text;
  if (letters === undefined && level === undefined && from === undefined && to === undefined) return undefined;
  return {
    ...(letters !== undefined && { text: letters, isPattern: grep !== undefined, matchCase: values["match-case"] }),
    ...(level !== undefined && { levels: level.split(",").map(readLevel) }),
    from,
    to,
  };
}

function readLevel(given: string): Level {
  const level = levels.find((one) => one === given.trim());
  if (!level) throw new UsageError(`--level takes ${levels.join(", ")}, or several with commas; got "${given}".`);
  return level;
}

function readRange(given: string): { from: number; to: number } {
  const match = /^(\d{1,12})(?:-(\d{1,12}))?$/.exec(given);
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  if (!(from >= 1 && to >= from)) throw new UsageError(`--lines takes NUMBER or FROM-TO, from 1 on; got "${given}".`);
  return { from, to };
}

/** A time with its zone, or without one in the log's own. */
function readMoment(given: string, option: string): TypedMoment {
  const isZoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(given);
  const text = given.trim().replace(" ", "T");
  const at = /^\d{4}-\d\d-\d\d/.test(text)
    ? Date.parse(isZoned ? text : `${text.length === 10 ? `${text}T00:00` : text}Z`)
    : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError(`${option} takes a time (2026-01-31T12:00); got "${given}".`);
  return (zone) => (isZoned ? at : at - zone * 60_000);
}

function readZone(given: string): number {
  if (/^(?:utc|z)$/i.test(given)) return 0;
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(given);
  if (!match) throw new UsageError(`--zone takes UTC or an offset (+02:00); got "${given}".`);
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -minutes : minutes;
}
