import { parseArgs } from "node:util";
import type { CoreClient } from "../api/client.ts";
import { dataFolder, UsageError } from "../api/start-options.ts";
import type { FrameRecord } from "../services/messages/contract.ts";
import { tellRecord, toRecords } from "../services/messages/logic.ts";
import { exitCodes } from "./exit.ts";
import { readForm, readNumber } from "./options.ts";
import { printCsv, printJson, printRow, type Tell } from "./output.ts";
import { openRecord, reachCore } from "./reach.ts";
import type { Subcommand } from "./subcommand.ts";
import { readTelling } from "./telling.ts";

const batch = 1000;

/** `plugside frames`: what passed on the wire, as it is on record. */
export const framesCommand: Subcommand = {
  usage: "frames [--data DIR] [--station ID] [--since SEQ] [--follow] [--json | --csv] [--raw | --pseudonyms]",
  summary:
    "Prints frames, oldest first: seq, time, station, direction, text, action, findings. With --json one object a line, with --csv a table for spreadsheets. Passwords, keys and pins are masked; --raw shows them, --pseudonyms puts names in their place and in that of cards, the same for the same value.",
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: "string" },
        station: { type: "string" },
        since: { type: "string" },
        follow: { type: "boolean" },
        json: { type: "boolean" },
        csv: { type: "boolean" },
        raw: { type: "boolean" },
        pseudonyms: { type: "boolean" },
      },
    });
    const since = readNumber(values.since, "--since", 0);
    const folder = dataFolder(values.data);
    const printer = printers[readForm(values)];
    const tell = readTelling(folder, values);
    const print = (record: FrameRecord) => printer(tellRecord(record, tell), tell);
    if (values.csv) printCsv(csvHead);
    const core = await reachCore(folder);
    if (core) await fromCore(core, { station: values.station, since, follow: values.follow ?? false }, print);
    else if (values.follow)
      throw new UsageError("No core runs on this folder, so nothing will follow. Start one: plugside serve");
    else fromRecord(folder, values.station, since, print);
    return exitCodes.ok;
  },
};

async function fromCore(
  core: CoreClient,
  options: { station?: string; since: number; follow: boolean },
  print: (record: FrameRecord) => void,
): Promise<void> {
  const { station, follow } = options;
  let { since } = options;
  let reading = true;
  let came: FrameRecord[] = [];
  const show = (record: FrameRecord) => {
    if (record.seq <= since) return;
    since = record.seq;
    print(record);
  };
  const gone = new Promise<void>((resolve) => {
    core.onState((state) => {
      if (state === "closed") resolve();
    });
  });
  // Watch first and read then, so that nothing falls between.
  if (follow) {
    core.watch("messages.follow", { station }, (_all, added) => {
      if (reading) came.push(...(added ?? []));
      else for (const record of added ?? []) show(record);
    });
  }
  for (;;) {
    const records = await core.call("messages.frames", { station, since, limit: batch });
    for (const record of records) show(record);
    if (records.length === 0) break;
  }
  for (const record of came) show(record);
  came = [];
  reading = false;
  if (follow) await gone;
  core.close();
}

function fromRecord(
  folder: string,
  station: string | undefined,
  since: number,
  print: (record: FrameRecord) => void,
): void {
  const record = openRecord(folder);
  if (!record) return;
  const id = station === undefined ? undefined : (record.registry.get(station)?.id ?? -1);
  for (let at = Math.max(0, since - 1); ; ) {
    const rows = record.frames.between(at, Number.MAX_SAFE_INTEGER, { station: id }, batch);
    for (const row of rows) {
      for (const item of toRecords(row, record.registry.byId(row.station)?.identity ?? "")) {
        if (item.seq > since) print(item);
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < batch) break;
    at = last.seq + 1;
  }
  record.close();
}

const csvHead = ["seq", "time", "station", "direction", "lane", "action", "text", "findings", "marks"];

const printers = {
  json: printJson,
  text: ({ seq, time, station, direction, text, findings, lane, marks }: FrameRecord, tell: Tell) => {
    // Towards the central system above the arrows are double.
    const arrow = direction === "in" ? "<" : ">";
    const row = [seq, time, station, lane ? arrow + arrow : arrow, text];
    if (findings.length > 0) row.push(`! ${rulesOf(findings)}`);
    if (marks) row.push(`# ${marks.join(", ")}`);
    printRow(row, tell);
  },
  csv: ({ seq, time, station, direction, text, findings, action, lane, marks }: FrameRecord, tell: Tell) =>
    printCsv([seq, time, station, direction, lane, action ?? "", text, rulesOf(findings), marks?.join(", ")], tell),
};

function rulesOf(findings: FrameRecord["findings"]): string {
  return findings.map(({ rule }) => rule).join(", ");
}
