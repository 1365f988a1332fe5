import { FailureError } from "../../../src/lib/contract.ts";
import { type Limits, usualLimits } from "../../../src/logs/archives/limits.ts";
import { listParts } from "../../../src/logs/archives/parts.ts";
import type { Source } from "../../../src/logs/bytes/source.ts";
import { readHex } from "../../../src/logs/lines/hex.ts";
import { lineOfMoment } from "../../../src/logs/lines/moment.ts";
import { readPage } from "../../../src/logs/lines/page.ts";
import { type LogText, openText, readLines } from "../../../src/logs/lines/text.ts";
import { search } from "../../../src/logs/search.ts";
import { summarise } from "../../../src/logs/summary.ts";
import { createRandom, type Random } from "../../../src/simulator/random.ts";
import { sourceOf } from "../../harness/bytes.ts";
import { keepFound } from "../found.ts";
import { goesOn, type RunOptions, type RunReport, residentMegabytes } from "../run.ts";
import { oddPattern, oddText, spoiltFile } from "./bytes.ts";

/** A file as it was given, to be tried again. */
export type LogCase = { name: string; base64: string; pattern: string };

const withinMs = 10_000;
const limits: Limits = { ...usualLimits, bytes: 64 * 1024 * 1024, held: 16 * 1024 * 1024, ratioFrom: 1024 * 1024 };
const clockwork = { zone: 0, near: Date.UTC(2026, 10, 27) };

/** Spoilt archives and odd texts: each is listed, opened, read, searched and summed up, or refused in words; none takes long. */
export async function fuzzLogs(options: RunOptions): Promise<RunReport> {
  const began = performance.now();
  const random = createRandom(options.seed);
  const failures = new Map<string, string>();
  let cases = 0;
  let slowest = 0;
  for (; goesOn(options, cases); cases++) {
    const input = makeCase(random);
    const start = performance.now();
    const problem = await tryLog(input);
    slowest = Math.max(slowest, performance.now() - start);
    if (problem === null) continue;
    const known = problem.replace(/[0-9]+/g, "#").slice(0, 200);
    if (failures.has(known)) continue;
    const name = keepFound({ kind: "logs", said: problem, seed: options.seed, input });
    failures.set(known, `${problem}\n  kept as ${name}`);
    options.say(`logs: ${failures.get(known)}`);
  }
  const figures = { "slowest ms": Math.round(slowest), "memory MB": residentMegabytes() };
  return { cases, seconds: (performance.now() - began) / 1000, failures: [...failures.values()], figures };
}

function makeCase(random: Random): LogCase {
  const pattern = oddPattern(random);
  const { name, bytes } = random.next() < 0.5 ? spoiltFile(random) : { name: "a.log", bytes: oddText(random) };
  return { name, base64: bytes.toString("base64"), pattern };
}

/** What is wrong with how a file is read; null where nothing is. */
export async function tryLog({ name, base64, pattern }: LogCase): Promise<string | null> {
  const began = performance.now();
  try {
    const source = await sourceOf(Buffer.from(base64, "base64"));
    for await (const part of listParts(source, name, limits)) {
      if (part.name === "" || /(?:^|\/)\.\.(?:\/|$)|^\//.test(part.name)) return `a name that leads out: ${part.name}`;
      const opened = await part.open().catch(inWords);
      if (opened) await readAll(opened.source, pattern);
    }
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const took = performance.now() - began;
  return took > withinMs ? `took ${Math.round(took)} ms` : null;
}

/** A refusal in words is an answer. */
function inWords(error: unknown): undefined {
  if (!(error instanceof FailureError) || !error.words) throw error;
}

async function readAll(source: Source, pattern: string): Promise<void> {
  await readHex(source, 5, 10);
  const text = await openText(source);
  const { count } = text.index;
  let next = 1;
  while (next <= count) {
    const lines = await readLines(text, next, 300);
    if (lines.length === 0 || lines[0]?.number !== next) throw new Error(`line ${next} of ${count} is not read`);
    next += lines.length;
  }
  await readPage(text, { numbers: Array.from({ length: Math.min(count, 200) }, (_, index) => index + 1), clockwork });
  await lineOfMoment(text, clockwork.near, clockwork);
  const summary = await summarise(text, clockwork, { here: true });
  if (summary.lines !== count) throw new Error(`${summary.lines} of ${count} lines are summed up`);
  await searchAll(text, pattern);
}

/** What an expression finds in all of a text is what it finds in each line by itself. */
async function searchAll(text: LogText, pattern: string): Promise<void> {
  const { source } = text;
  const found = await search(text, { text: pattern, isPattern: true, matchCase: true }, { here: true }).catch(inWords);
  if (!found || source.size > 100_000 || text.shape.lineEnds !== "lf" || pattern.includes("\\n")) return;
  const expression = new RegExp(pattern, "m");
  const lines = await readLines(text, 1, text.index.count, 100_000);
  // Colours are searched and not shown; a letter that ends lines in an expression alone is no matter here.
  if ((await source.read(0, source.size)).includes(27)) return;
  const wrong = lines.find(
    (line) => !/[\r\u2028]/.test(line.text) && expression.test(line.text) !== found.lines.includes(line.number),
  );
  if (wrong) throw new Error(`/${pattern}/ and line ${JSON.stringify(wrong.text.slice(0, 100))}`);
}
