import { z } from "zod";
import { call } from "../../lib/contract.ts";
import { type Rule, rules } from "../../words/en/findings.ts";
import { languages } from "../../words/language.ts";
import { severities } from "../../words/rule.ts";
import { historyGroups } from "../history/contract.ts";

/** The lists that can be taken along as a file. */
export const exportedLists = ["frames", "history", "samples", "transactions", "findings", "attempts"] as const;

/** Those that go into columns as well (Apache Parquet), on the command line. */
export const parquetLists = ["frames", "samples"] as const satisfies (typeof exportedLists)[number][];
export type ParquetList = (typeof parquetLists)[number];

/** One JSON object a line, or a table for spreadsheets. */
export const exportForms = ["ndjson", "csv"] as const;
export type ExportForm = (typeof exportForms)[number];

const station = z.string().min(1).max(255);
const someStation = station.optional();
/** Our clock, milliseconds since 1970 UTC; absent: from the beginning, to the end. */
const period = { from: z.number().finite().optional(), to: z.number().finite().optional() };

/** What of which list, by the same filter as on screen. `station` absent: all of them. */
export const exportWish = z.discriminatedUnion("list", [
  /** `line` as in the field of Messages; `problems`: only rows with a finding or an error. */
  z.object({
    list: z.literal("frames"),
    station: someStation,
    line: z.string().max(2000).optional(),
    problems: z.boolean().optional(),
    ...period,
  }),
  z.object({
    list: z.literal("history"),
    station: someStation,
    groups: z.array(z.enum(historyGroups)).max(historyGroups.length).optional(),
    ...period,
  }),
  z.object({ list: z.literal("samples"), station, ...period }),
  z.object({ list: z.literal("transactions"), station: someStation }),
  z.object({
    list: z.literal("findings"),
    station: someStation,
    severities: z.array(z.enum(severities)).max(severities.length).optional(),
    rule: z.enum(Object.keys(rules) as [Rule, ...Rule[]]).optional(),
    text: z.string().max(500).optional(),
  }),
  /** `stopped`: only those that did not come in. */
  z.object({ list: z.literal("attempts"), station: someStation, stopped: z.boolean().optional() }),
]);
export type ExportWish = z.infer<typeof exportWish>;

export const exportContract = {
  /** A place on the port of the screens, good once, where the file can be fetched. Passwords, keys and pins are masked in it.
   * Fails with not-found for a station that nobody knows. */
  "export.open": call(z.object({ wish: exportWish, form: z.enum(exportForms), language: z.enum(languages) })).returns<{
    path: string;
    name: string;
  }>(),
};
