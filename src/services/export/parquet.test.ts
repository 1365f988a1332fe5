import { beforeEach, expect, test, vi } from "vitest";
import { asItIs } from "../../redaction/tell.ts";
import { writeParquet } from "./parquet.ts";
import type { ExportSource } from "./rows.ts";

type Column = { name: string; type: string; data: unknown[]; nullable: boolean };

/** What is handed to the library that writes the file: DuckDB reads the file itself in the scenarios. */
const file = vi.hoisted(() => ({
  path: "",
  made: {} as { createdBy?: string },
  schema: [] as Column[],
  groups: [] as { columns: Column[]; rowGroupSize: number }[],
  finished: 0,
}));
/** The rows that the list has, in pieces, as lines of JSON. */
const list = vi.hoisted(() => ({ pieces: [] as string[][], wish: null as unknown }));

vi.mock("hyparquet-writer", () => ({
  fileWriter: (path: string) => {
    file.path = path;
  },
  schemaFromColumnData: ({ columnData }: { columnData: Column[] }) => columnData,
  ParquetWriter: class {
    constructor({ schema, createdBy }: { schema: Column[]; createdBy: string }) {
      Object.assign(file, { schema, made: { createdBy }, groups: [], finished: 0 });
    }
    write({ columnData, rowGroupSize }: { columnData: Column[]; rowGroupSize: number }) {
      file.groups.push({ columns: columnData, rowGroupSize });
    }
    finish() {
      file.finished++;
    }
  },
}));
vi.mock("./rows.ts", () => ({
  rowsOf: (_source: ExportSource, wish: unknown) => {
    list.wish = wish;
    return {
      head: [],
      pieces: (async function* () {
        for (const piece of list.pieces) yield piece.map((line) => ({ json: () => line, csv: () => line }));
      })(),
    };
  },
}));

beforeEach(() => {
  list.pieces = [];
});

async function write(wished: "frames" | "samples", signal = new AbortController().signal) {
  const wish = { list: wished, station: "CP1" } as const;
  const rows = await writeParquet({} as ExportSource, wish, { path: "/out", language: "en", tell: asItIs, signal });
  expect([file.path, file.made.createdBy, list.wish, file.finished]).toEqual(["/out", "Plugside", wish, 1]);
  const cells = file.groups.map(({ columns }) => columns.map(({ name, data }) => [name, ...data]));
  return { rows, cells, sizes: file.groups.map(({ rowGroupSize }) => rowGroupSize) };
}

const typesOf = (columns: Column[]) => columns.map(({ name, type, nullable }) => [name, type, nullable]);

test("frames are written in their columns, each of its type; what is absent is null", async () => {
  list.pieces = [
    [
      '{"seq":7,"time":"2026-01-02T03:04:05.678Z","station":"CP1","direction":"in","lane":"upstream","action":"Reset","text":"[2]","findings":[{"rule":"a"},{"rule":"b"}],"carrier":"serial"}',
      '{"seq":9007199254740991,"time":"2026-01-02T03:04:05.678Z","station":"CP1","direction":"out","action":null,"text":"[3]","findings":[]}',
    ],
  ];
  const at = new Date("2026-01-02T03:04:05.678Z");
  expect(await write("frames")).toEqual({
    rows: 2,
    sizes: [2],
    cells: [
      [
        ["seq", 7n, 9007199254740991n],
        ["time", at, at],
        ["station", "CP1", "CP1"],
        ["direction", "in", "out"],
        ["lane", "upstream", null],
        ["action", "Reset", null],
        ["text", "[2]", "[3]"],
        ["rules", "a,b", null],
      ],
    ],
  });
  const types = [
    ["seq", "INT64", true],
    ["time", "TIMESTAMP", true],
    ...["station", "direction", "lane", "action", "text", "rules"].map((name) => [name, "STRING", true]),
  ];
  expect([file.schema, file.groups[0]?.columns ?? []].map(typesOf)).toEqual([types, types]);
});

test("samples are written in their columns, each of its type", async () => {
  list.pieces = [
    [
      '{"time":"2026-01-02T00:00:00Z","cameAt":"2026-01-03T00:00:00Z","stationTime":"2026-01-02T01:00:00+01:00","station":"CP1","evse":1,"connector":2,"transaction":"17","measurand":"Power","phase":"L1","location":"Outlet","context":"Trigger","value":7.5,"unit":"W","frame":9}',
    ],
    ['{"time":"2026-01-02T00:00:00Z","station":"CP1","evse":0,"measurand":"Power","value":0,"unit":"W","frame":10}'],
  ];
  const time = new Date("2026-01-02T00:00:00Z");
  expect(await write("samples")).toEqual({
    rows: 2,
    sizes: [2],
    cells: [
      [
        ["time", time, time],
        ["cameAt", new Date("2026-01-03T00:00:00Z"), null],
        ["stationTime", "2026-01-02T01:00:00+01:00", null],
        ["station", "CP1", "CP1"],
        ["evse", 1, 0],
        ["connector", 2, null],
        ["transaction", "17", null],
        ["measurand", "Power", "Power"],
        ["phase", "L1", null],
        ["location", "Outlet", null],
        ["context", "Trigger", null],
        ["value", 7.5, 0],
        ["unit", "W", "W"],
        ["frame", 9n, 10n],
      ],
    ],
  });
  expect(typesOf(file.schema)).toEqual([
    ["time", "TIMESTAMP", true],
    ["cameAt", "TIMESTAMP", true],
    ["stationTime", "STRING", true],
    ["station", "STRING", true],
    ["evse", "INT32", true],
    ["connector", "INT32", true],
    ["transaction", "STRING", true],
    ["measurand", "STRING", true],
    ["phase", "STRING", true],
    ["location", "STRING", true],
    ["context", "STRING", true],
    ["value", "DOUBLE", true],
    ["unit", "STRING", true],
    ["frame", "INT64", true],
  ]);
});

test("fifty thousand rows are a group, and so are 32 MB of them: memory does not grow with the record", async () => {
  list.pieces = [Array.from({ length: 30_000 }, () => "{}"), Array.from({ length: 20_001 }, () => "{}")];
  expect(await write("frames")).toMatchObject({ rows: 50_001, sizes: [50_000, 1] });
  const half = `"${"x".repeat(16 * 1024 * 1024 - 2)}"`;
  list.pieces = [[half, half, half, "1"]];
  expect(await write("frames")).toMatchObject({ rows: 4, sizes: [2, 2] });
});

test("an empty list is a file with columns and no rows, and one that is stopped writes nothing more", async () => {
  expect(await write("frames")).toEqual({ rows: 0, cells: [], sizes: [] });
  list.pieces = [["{}"]];
  const stopped = AbortSignal.abort(new Error("stopped"));
  await expect(write("frames", stopped)).rejects.toThrow("stopped");
  expect([file.groups, file.finished]).toEqual([[], 0]);
});
