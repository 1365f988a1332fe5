import { type BasicType, type ColumnSource, fileWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { Tell } from "../../redaction/tell.ts";
import type { Language } from "../../words/language.ts";
import type { ExportWish, ParquetList } from "./contract.ts";
import { type ExportSource, rowsOf } from "./rows.ts";

/** Times are UTC in milliseconds; what is absent is null. */
const columns: Record<ParquetList, readonly (readonly [name: string, type: BasicType])[]> = {
  frames: [
    ["seq", "INT64"],
    ["time", "TIMESTAMP"],
    ["station", "STRING"],
    ["direction", "STRING"],
    ["lane", "STRING"],
    ["action", "STRING"],
    ["text", "STRING"],
    ["rules", "STRING"],
  ],
  samples: [
    ["time", "TIMESTAMP"],
    ["cameAt", "TIMESTAMP"],
    ["stationTime", "STRING"],
    ["station", "STRING"],
    ["evse", "INT32"],
    ["connector", "INT32"],
    ["transaction", "STRING"],
    ["measurand", "STRING"],
    ["phase", "STRING"],
    ["location", "STRING"],
    ["context", "STRING"],
    ["value", "DOUBLE"],
    ["unit", "STRING"],
    ["frame", "INT64"],
  ],
};

/** Rows, and characters of them, that are held until they are written: a group of rows is made as a whole. */
const rowsOfGroup = 50_000;
const charactersOfGroup = 32 * 1024 * 1024;

type Read = Record<string, unknown>;

/** Writes a list into a file of columns (Apache Parquet), group by group, so that a record of any size passes in bounded memory.
 * @param path a file that is written anew
 * @returns the number of its rows
 * @throws the system's error, or the signal's reason */
export async function writeParquet(
  source: ExportSource,
  wish: Extract<ExportWish, { list: ParquetList }>,
  { path, language, tell, signal }: { path: string; language: Language; tell: Tell; signal: AbortSignal },
): Promise<number> {
  const wanted = columns[wish.list];
  const empty = columnsOf(wanted, []);
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: schemaFromColumnData({ columnData: empty }),
    createdBy: "Plugside",
  });
  let held: Read[] = [];
  let characters = 0;
  let rows = 0;

  async function writeGroup(): Promise<void> {
    if (held.length > 0) await writer.write({ columnData: columnsOf(wanted, held), rowGroupSize: held.length });
    rows += held.length;
    held = [];
    characters = 0;
  }
  for await (const piece of rowsOf(source, wish, language).pieces) {
    signal.throwIfAborted();
    for (const row of piece) {
      const line = row.json(tell);
      held.push(JSON.parse(line) as Read);
      characters += line.length;
      if (held.length >= rowsOfGroup || characters >= charactersOfGroup) await writeGroup();
    }
  }
  await writeGroup();
  await writer.finish();
  return rows;
}

function columnsOf(wanted: (typeof columns)[ParquetList], rows: readonly Read[]): ColumnSource[] {
  return wanted.map(([name, type]) => ({
    name,
    type,
    data: rows.map((row) => cellOf(row, name, type)),
    nullable: true,
  }));
}

function cellOf(row: Read, name: string, type: BasicType): unknown {
  const value = name === "rules" ? rulesOf(row.findings) : row[name];
  if (value === undefined || value === null) return null;
  switch (type) {
    case "TIMESTAMP":
      return new Date(String(value));
    case "INT64":
      return BigInt(String(value));
    case "STRING":
      return String(value);
    default:
      return Number(value);
  }
}

/** The rules that a frame breaks, with commas between. */
function rulesOf(findings: unknown): string | null {
  if (!Array.isArray(findings) || findings.length === 0) return null;
  return findings.map(({ rule }: { rule: string }) => rule).join(",");
}
