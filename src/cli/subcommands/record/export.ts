import { closeSync, createWriteStream, existsSync, openSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { silentLogger } from "../../../lib/logger.ts";
import { readSince } from "../../../lib/time/moments.ts";
import { moveFile, syncFile } from "../../../lib/write-file.ts";
import type { Tell } from "../../../redaction/tell.ts";
import {
  type ExportWish,
  exportedLists,
  exportForms,
  exportWish,
  type ParquetList,
  parquetLists,
} from "../../../services/export/contract.ts";
import { type ExportPiece, exportedText } from "../../../services/export/logic.ts";
import type { ExportSource } from "../../../services/export/rows.ts";
import { compileFilter } from "../../../services/messages/filter.ts";
import type { Language } from "../../../words/language.ts";
import { exitCodes } from "../../exit.ts";
import { readLanguage } from "../../options.ts";
import { complain, counted, printJson, printLines } from "../../output.ts";
import { openRecord } from "../../reach.ts";
import { stopSignal } from "../../stop-signal.ts";
import type { Subcommand } from "../../subcommand.ts";
import { readTelling } from "../../telling.ts";

const options = {
  data: { type: "string" },
  filter: { type: "string" },
  problems: { type: "boolean" },
  group: { type: "string", multiple: true },
  severity: { type: "string", multiple: true },
  rule: { type: "string" },
  text: { type: "string" },
  stopped: { type: "boolean" },
  from: { type: "string" },
  to: { type: "string" },
  format: { type: "string" },
  out: { type: "string" },
  lang: { type: "string" },
  json: { type: "boolean" },
  raw: { type: "boolean" },
  pseudonyms: { type: "boolean" },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

/** `plugside export`: a list as a file, by the same filter as on screen. */
export const exportCommand: Subcommand = {
  usage:
    "export LIST [STATION] --out FILE|- [--filter LINE] [--from TIME] [--to TIME] [--format ndjson|csv|parquet] [--data DIR] [--lang en|sv] [--json] [--raw | --pseudonyms]",
  summary: `Writes a list of the record to a file, by the same filter as on screen. LIST is ${exportedLists.join(", ")}. frames take --filter "action:MeterValues -dir:out" and --problems; history --group NAME ...; findings --severity NAME ..., --rule NAME, --text WORDS; attempts --stopped. TIME is 2026-01-31T12:00, 14:10, 2d. --out - writes to standard output. frames and samples go into Parquet too, for DuckDB and the like. Says the number of rows, with --json as {file, rows}. Passwords, keys and pins are masked; --raw shows them, --pseudonyms puts names in their place and in that of cards.`,
  async run(args) {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [list, station, more] = positionals;
    if (!list || more !== undefined) throw new UsageError("export takes LIST and at most one station.");
    const { out } = values;
    if (!out) throw new UsageError("export takes --out FILE, or --out - for standard output.");
    const wish = readWish(list, station, values);
    const form = forms.find((one) => one === (values.format ?? formOf(out)));
    if (!form) throw new UsageError(`--format takes ${exportForms.join(", ")} or parquet; got "${values.format}".`);
    if (form === "parquet" && (out === "-" || !isParquetWish(wish)))
      throw new UsageError(`Parquet holds ${parquetLists.join(" or ")}, and goes into a file.`);
    const folder = dataFolder(values.data);
    const style = { language: readLanguage(values.lang), tell: readTelling(folder, values) };
    if (out !== "-" && !existsSync(dirname(resolve(out)))) throw new UsageError(`There is no folder for ${out}.`);
    if (out !== "-" && existsSync(out)) throw new UsageError(`${out} is there already.`);
    const record = openRecord(folder);
    if (!record) throw new UsageError(`There is no record in ${folder}.`);
    try {
      if (wish.station !== undefined && wish.list !== "attempts" && !record.registry.get(wish.station)) {
        throw new UsageError(`No station named ${wish.station} was ever heard of.`);
      }
      const source = { ...record, log: silentLogger };
      const rows =
        isParquetWish(wish) && form === "parquet"
          ? await writeColumns(source, wish, style, out)
          : await write(exportedText(source, wish, { ...style, form: form === "csv" ? "csv" : "ndjson" }), out);
      if (values.json && out !== "-") printJson({ file: out, rows });
      else complain(`${counted(rows, "row")}.`);
    } finally {
      record.close();
    }
    return exitCodes.ok;
  },
};

const forms = [...exportForms, "parquet"] as const;

function formOf(out: string): string {
  return forms.find((form) => out.endsWith(`.${form}`)) ?? "ndjson";
}

type ParquetWish = Extract<ExportWish, { list: ParquetList }>;

function isParquetWish(wish: ExportWish): wish is ParquetWish {
  return parquetLists.some((list) => list === wish.list);
}

/** What belongs to which list. */
const ownOptions: Record<ExportWish["list"], readonly (keyof Values)[]> = {
  frames: ["filter", "problems", "from", "to"],
  history: ["group", "from", "to"],
  samples: ["from", "to"],
  transactions: [],
  findings: ["severity", "rule", "text"],
  attempts: ["stopped"],
};
const ofOneList: readonly (keyof Values)[] = [...new Set(Object.values(ownOptions).flat())];

/** @throws UsageError */
function readWish(given: string, station: string | undefined, values: Values): ExportWish {
  const list = exportedLists.find((one) => one === given);
  if (!list) throw new UsageError(`LIST is one of ${exportedLists.join(", ")}; got "${given}".`);
  const odd = ofOneList.find((name) => values[name] !== undefined && !ownOptions[list].includes(name));
  if (odd) throw new UsageError(`--${odd} does not go with ${list}.`);
  const { filter, problems, group, severity, rule, text, stopped } = values;
  for (const hint of compileFilter(filter ?? "").hints)
    throw new UsageError(
      `--filter: ${hint.problem === "unknown-field" ? "there is no field" : "no such value"} ${hint.field}:${hint.value}.`,
    );
  const now = Date.now();
  const read = exportWish.safeParse({
    list,
    station,
    line: filter,
    problems,
    groups: group,
    severities: severity,
    rule,
    text,
    stopped,
    from: readTime("--from", values.from, now),
    to: readTime("--to", values.to, now),
  });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UsageError(`${issue?.path.join(".") ?? list}: ${issue?.message ?? "cannot be read"}`);
}

/** @throws UsageError */
function readTime(option: string, given: string | undefined, now: number): number | undefined {
  if (given === undefined) return undefined;
  const utc = /Z$|[+-]\d{2}:\d{2}$/.test(given) ? Date.parse(given) : Number.NaN;
  const at = Number.isNaN(utc) ? readSince(given, now) : utc;
  if (at === undefined) throw new UsageError(`${option} takes a time (2026-01-31T12:00, 14:10, 2d); got "${given}".`);
  return at;
}

/** Writes the pieces, and returns the number of rows. */
async function write(pieces: AsyncIterable<ExportPiece>, out: string): Promise<number> {
  let rows = 0;
  async function* texts(): AsyncGenerator<string> {
    for await (const piece of pieces) {
      rows += piece.rows;
      if (piece.text !== "") yield piece.text;
    }
  }
  if (out === "-") {
    for await (const text of texts()) await printLines([text]);
    return rows;
  }
  return await writeDraft(out, async (path, signal) => {
    await pipeline(texts, createWriteStream(path, { flags: "a" }), { signal });
    return rows;
  });
}

/** What writes columns is read only where it is needed. */
async function writeColumns(
  source: ExportSource,
  wish: ParquetWish,
  style: { language: Language; tell: Tell },
  out: string,
): Promise<number> {
  const { writeParquet } = await import("../../../services/export/parquet.ts");
  return await writeDraft(out, (path, signal) => writeParquet(source, wish, { ...style, path, signal }));
}

/** Lets a file be written, for its owner alone. It gets its name when it is whole: what is broken off leaves none. */
async function writeDraft(out: string, work: (path: string, signal: AbortSignal) => Promise<number>): Promise<number> {
  const draft = `${out}.${process.pid}.new`;
  const stopped = new AbortController();
  void stopSignal().then(() => stopped.abort());
  try {
    closeSync(openSync(draft, "wx", 0o600));
    const rows = await work(draft, stopped.signal);
    syncFile(draft);
    moveFile(draft, out);
    return rows;
  } catch (error) {
    rmSync(draft, { force: true });
    throw stopped.signal.aborted ? new Error("Stopped: nothing was written.") : error;
  }
}
