import { parseArgs } from "node:util";
import type { CoreClient } from "../../../api/client.ts";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { csvLine, type Tell } from "../../../redaction/tell.ts";
import type { FrameRecord } from "../../../services/messages/contract.ts";
import { frameArrow, frameCsv, frameHead, frameJson, rulesOf } from "../../../services/messages/lines.ts";
import { tellRecord, toRecords } from "../../../services/messages/logic.ts";
import { exitCodes } from "../../exit.ts";
import { readForm, readNumber } from "../../options.ts";
import { printLines, rowLine } from "../../output.ts";
import { openRecord, reachCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";
import { readTelling } from "../../telling.ts";

const batch = 1000;

/** Resolves when the reader has taken them. */
type Print = (records: readonly FrameRecord[]) => Promise<void>;

/** `plugside frames`: what passed on the wire, as it is on record. */
export const framesCommand: Subcommand = {
  usage: "frames [--data DIR] [--station ID] [--since SEQ] [--follow] [--json | --csv] [--raw | --pseudonyms]",
  summary:
    "Prints frames, oldest first: seq, time, station, direction, text, action, findings. One that was printed on a console stands with ~ (lane console): it was neither sent nor answered by us. With --json one object a line, with --csv a table for spreadsheets. Passwords, keys and pins are masked; --raw shows them, --pseudonyms puts names in their place and in that of cards, the same for the same value.",
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
    const writeLine = writers[readForm(values)];
    const tell = readTelling(folder, values);
    const print = (records: readonly FrameRecord[]) =>
      printLines(linesOf(records, (record) => writeLine(record, tell)));
    if (values.csv) await printLines([csvLine(frameHead, tell)]);
    const core = await reachCore(folder);
    if (core) await fromCore(core, { station: values.station, since, follow: values.follow ?? false }, print);
    else if (values.follow)
      throw new UsageError("No core runs on this folder, so nothing will follow. Start one: plugside serve");
    else await fromRecord(folder, values.station, since, print);
    return exitCodes.ok;
  },
};

function* linesOf(records: readonly FrameRecord[], toLine: (record: FrameRecord) => string): Iterable<string> {
  for (const record of records) yield toLine(record);
}

async function fromCore(
  core: CoreClient,
  options: { station?: string; since: number; follow: boolean },
  print: Print,
): Promise<void> {
  const { station, follow } = options;
  let { since } = options;
  let reading = true;
  const came: FrameRecord[] = [];
  const show = (records: readonly FrameRecord[]) => {
    const fresh = records.filter(({ seq }) => seq > since);
    since = fresh.at(-1)?.seq ?? since;
    return print(fresh);
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
      else void show(added ?? []);
    });
  }
  for (;;) {
    const records = await core.call("messages.frames", { station, since, limit: batch });
    await show(records);
    if (records.length === 0) break;
  }
  reading = false;
  await show(came);
  if (follow) await gone;
  core.close();
}

async function fromRecord(folder: string, station: string | undefined, since: number, print: Print): Promise<void> {
  const record = openRecord(folder);
  if (!record) return;
  const id = station === undefined ? undefined : (record.registry.get(station)?.id ?? -1);
  for (let at = Math.max(0, since - 1); ; ) {
    const rows = record.frames.between(at, Number.MAX_SAFE_INTEGER, { station: id }, batch);
    const records = rows.flatMap((row) =>
      toRecords(row, record.registry.byId(row.station)?.identity ?? "", record.events.carrierOf(row.connection)),
    );
    await print(records.filter(({ seq }) => seq > since));
    const last = rows.at(-1);
    if (!last || rows.length < batch) break;
    at = last.seq + 1;
  }
  record.close();
}

const writers = {
  json: frameJson,
  text: (record: FrameRecord, tell: Tell) => {
    const { seq, time, station, direction, text, findings, lane, marks } = tellRecord(record, tell);
    const row = [seq, time, station, frameArrow({ direction, lane }), text];
    if (findings.length > 0) row.push(`! ${rulesOf(findings)}`);
    if (marks) row.push(`# ${marks.join(", ")}`);
    return rowLine(row, tell);
  },
  csv: frameCsv,
};
