import { createReadStream, createWriteStream, existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import type { CoreClient } from "../../../api/client.ts";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { isoTime } from "../../../lib/units.ts";
import { asItIs } from "../../../redaction/tell.ts";
import type { KeptFile } from "../../../station/model.ts";
import { exitCodes } from "../../exit.ts";
import { failureOf, fetchFile, urlOf } from "../../kept-file.ts";
import { printJson, printRow } from "../../output.ts";
import { openRecord, reachCore, snapshotOf, withCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

/** `plugside files`: the files that are kept with the record. */
export const filesCommand: Subcommand = {
  usage:
    "files [STATION] | files get ID --out FILE | files add FILE [STATION] | files change ID [--name NAME] [--note TEXT] | files remove ID [--data DIR] [--json]",
  summary:
    "Lists the files that are kept with the record, newest first: number, time, station, bytes, state, SHA-256, name, note. get writes one to FILE, which must not be there yet; add keeps one, of a station or of none; change gives another name or a note; remove takes one away for good.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: "string" },
        out: { type: "string" },
        name: { type: "string" },
        note: { type: "string" },
        json: { type: "boolean" },
      },
    });
    const folder = dataFolder(values.data);
    const [word, first, second, ...rest] = positionals;
    const tell = (file: KeptFile) => (values.json ? printJson(file, asItIs) : printFile(file));
    if (word === "get" && first !== undefined && second === undefined) {
      if (values.out === undefined) throw new UsageError("get takes --out FILE.");
      return await get(folder, readId(first), values.out);
    }
    if (word === "add" && first !== undefined && rest.length === 0) {
      return await withCore(folder, async (core) => tell(await add(core, folder, first, second)));
    }
    if (word === "change" && first !== undefined && second === undefined) {
      const { name, note } = values;
      if (name === undefined && note === undefined) throw new UsageError("change takes --name NAME or --note TEXT.");
      return await withCore(folder, async (core) =>
        tell(await core.call("files.change", { id: readId(first), name, note })),
      );
    }
    if (word === "remove" && first !== undefined && second === undefined) {
      return await withCore(folder, async (core) => void (await core.call("files.remove", { id: readId(first) })));
    }
    if (first !== undefined) throw new UsageError("files takes get, add, change or remove, or at most one station.");
    const files = await list(folder, word);
    if (values.json) printJson(files, asItIs);
    else for (const file of files) printFile(file);
    return exitCodes.ok;
  },
};

function readId(given: string): number {
  if (!/^\d{1,15}$/.test(given)) throw new UsageError(`A file goes by its number; got "${given}".`);
  return Number(given);
}

function printFile({ id, at, station = "", bytes, state, sha256 = "", name, note = "" }: KeptFile): void {
  printRow([id, isoTime(at), station, bytes, state, sha256, name, note]);
}

async function list(folder: string, station: string | undefined): Promise<KeptFile[]> {
  const core = await reachCore(folder);
  if (core) return await snapshotOf(core, "files.list", { station }).finally(() => core.close());
  const record = openRecord(folder);
  const files = record?.files.list(station) ?? [];
  record?.close();
  return files;
}

/** The core reads nothing by a path: the bytes go up to it. */
async function add(core: CoreClient, folder: string, path: string, station: string | undefined): Promise<KeptFile> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new UsageError(`There is no file ${path}.`);
  const place = await core.call("files.upload", { station, name: basename(path) });
  const answer = await fetch(urlOf(folder, place.path), {
    method: "PUT",
    body: Readable.toWeb(createReadStream(path)) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  if (!answer.ok) throw await failureOf(answer);
  return (await answer.json()) as KeptFile;
}

async function get(folder: string, id: number, out: string): Promise<number> {
  if (existsSync(out)) throw new UsageError(`${out} is there already.`);
  const core = await reachCore(folder);
  if (!core) {
    const record = openRecord(folder);
    const file = record?.files.get(id);
    record?.close();
    if (!file) throw new UsageError(`There is no file ${id}.`);
    await pipeline(createReadStream(join(folder, "files", String(id))), createWriteStream(out, { flags: "wx" }));
    return exitCodes.ok;
  }
  try {
    await fetchFile(core, folder, id, out);
  } finally {
    core.close();
  }
  return exitCodes.ok;
}
