import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { isoTime } from "../../../lib/units.ts";
import type { Bookmark } from "../../../services/bookmarks/contract.ts";
import { bookmarksOf } from "../../../services/bookmarks/logic.ts";
import { frameArrow } from "../../../services/messages/lines.ts";
import { exitCodes } from "../../exit.ts";
import { printJson, printRow } from "../../output.ts";
import { openRecord, reachCore, snapshotOf, withCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

/** `plugside bookmarks`: frames that somebody wants to come back to. */
export const bookmarksCommand: Subcommand = {
  usage: "bookmarks | bookmarks set FRAME [--note TEXT] | bookmarks remove FRAME [--data DIR] [--json]",
  summary:
    "Lists the bookmarks of the record, oldest frame first: frame, time, station, direction, action, note. set keeps a frame as one, or gives it another note; remove takes one away.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { data: { type: "string" }, note: { type: "string" }, json: { type: "boolean" } },
    });
    const folder = dataFolder(values.data);
    const [word, frame, ...rest] = positionals;
    const print = (one: Bookmark) => (values.json ? printJson(one) : printBookmark(one));
    if (word === undefined) {
      const all = await list(folder);
      if (values.json) printJson(all);
      else for (const one of all) printBookmark(one);
      return exitCodes.ok;
    }
    if (frame === undefined || rest.length > 0 || (word !== "set" && word !== "remove"))
      throw new UsageError("bookmarks takes nothing, set FRAME or remove FRAME.");
    const seq = readFrame(frame);
    return await withCore(folder, async (core) => {
      if (word === "remove") await core.call("bookmarks.remove", { seq });
      else print(await core.call("bookmarks.set", { seq, note: values.note }));
    });
  },
};

function readFrame(given: string): number {
  if (!/^#?\d{1,15}$/.test(given)) throw new UsageError(`A frame goes by its number; got "${given}".`);
  return Number(given.replace("#", ""));
}

function printBookmark({ seq, at, station, action, note = "", ...way }: Bookmark): void {
  printRow([seq, isoTime(at), station, frameArrow(way), action ?? "", note]);
}

async function list(folder: string): Promise<Bookmark[]> {
  const core = await reachCore(folder);
  if (core) return await snapshotOf(core, "bookmarks.list", {}).finally(() => core.close());
  const record = openRecord(folder);
  const all = record ? bookmarksOf(record, record.bookmarks) : [];
  record?.close();
  return all;
}
