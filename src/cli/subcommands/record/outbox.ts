import { parseArgs } from "node:util";
import type { CoreClient } from "../../../api/client.ts";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { isoTime } from "../../../lib/units.ts";
import { asItIs } from "../../../redaction/tell.ts";
import type { Destination, OutboxEntry, RedactionPreview } from "../../../station/onward/outbox.ts";
import { english } from "../../../station/phrases.ts";
import { exitCodes } from "../../exit.ts";
import { complain, printJson, printRow } from "../../output.ts";
import { openRecord, reachCore, snapshotOf, withCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";
import { destinationOptions, placeOf, readDestination } from "./destination.ts";

const longestWaitSeconds = 1_000_000;

/** `plugside outbox`: what is sent onward. */
export const outboxCommand: Subcommand = {
  usage:
    "outbox | outbox add ID DESTINATION [--redacted] | outbox preview ID | outbox remove ENTRY | outbox run [--wait SECONDS] | outbox destinations | outbox destination NAME FOLDER|URL|s3://BUCKET/PREFIX|sftp://USER@HOST/FOLDER [--kind http|webdav] [--method PUT|POST] [--user NAME] [--secret FILE|-] [--ca FILE] [--endpoint URL] [--region R] [--site S] | outbox forget NAME | outbox test NAME [--data DIR] [--json]",
  summary:
    "Lists what waits to be sent onward and what went: number, file, destination, state, tries in vain, time of the next, why, place, name. add puts a file (its number in files) there, with --redacted a copy without secrets, tokens, serial numbers and addresses; preview tells what is replaced in that; run tries all now and waits, exit 0 once nothing waits, 3 if something still does. destination keeps one under a name: a folder, also on a stick; a web server by PUT, POST or WebDAV; S3 and what speaks like it (--user is the access key id); a folder of an SFTP server, whose key is remembered when it is seen first. --secret reads the password from standard input or a file of mode 600, a private key, or JSON with password, sessionToken, headers, query, privateKey. test says what is wrong with one, exit 2 then.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: "string" },
        wait: { type: "string" },
        json: { type: "boolean" },
        redacted: { type: "boolean" },
        ...destinationOptions,
      },
    });
    const { data, wait, json, redacted, ...flags } = values;
    const folder = dataFolder(data);
    const [word = "", first, second, ...rest] = positionals;
    const given = `${word} ${positionals.length - 1}`;
    if (redacted && word !== "add") throw new UsageError("--redacted goes with add.");
    if (wait !== undefined && word !== "run") throw new UsageError("--wait goes with run.");
    if (word !== "destination" && Object.values(flags).some((flag) => flag !== undefined))
      throw new UsageError("What tells of a destination goes with outbox destination.");
    const tell = (entry: OutboxEntry) => (json ? printJson(entry, asItIs) : printEntry(entry));
    const show = (one: Destination) =>
      json ? printJson(one, asItIs) : printRow([one.name, one.kind, placeOf(one)], asItIs);
    if (positionals.length === 0) {
      const entries = await list(folder);
      if (json) printJson(entries, asItIs);
      else for (const entry of entries) printEntry(entry);
      return exitCodes.ok;
    }
    if (given === "destinations 0") {
      const all = await destinations(folder);
      if (json) printJson(all, asItIs);
      else for (const one of all) show(one);
      return exitCodes.ok;
    }
    if (first !== undefined && second !== undefined && rest.length === 0) {
      if (word === "add") {
        const file = readNumber(first);
        return await withCore(folder, async (core) => {
          const sent = redacted ? (await core.call("outbox.redact", { file })).file.id : file;
          tell(await core.call("outbox.add", { file: sent, destination: second }));
        });
      }
      if (word === "destination") {
        const wanted = readDestination(first, second, flags);
        return await withCore(folder, async (core) => show(await core.call("outbox.save", wanted)));
      }
    }
    if (given === "remove 1" && first !== undefined) {
      const id = readNumber(first);
      return await withCore(folder, async (core) => void (await core.call("outbox.remove", { id })));
    }
    if (given === "preview 1" && first !== undefined) {
      const file = readNumber(first);
      return await withCore(folder, async (core) => tellPreview(await core.call("outbox.preview", { file }), json));
    }
    if (given === "forget 1" && first !== undefined)
      return await withCore(folder, async (core) => void (await core.call("outbox.forget", { name: first })));
    if (given === "test 1" && first !== undefined) {
      let code: number = exitCodes.ok;
      const reached = await withCore(folder, async (core) => {
        const { problem } = await core.call("outbox.test", { name: first });
        if (json) printJson({ destination: first, problem: problem && english(problem) }, asItIs);
        else complain(problem ? english(problem) : `${first} can be written.`);
        const tested = (await snapshotOf(core, "outbox.destinations", {})).find(({ name }) => name === first);
        if (!json && tested?.kind === "sftp" && tested.hostKey)
          complain(`Its server's key is known: ${tested.hostKey}`);
        if (problem) code = exitCodes.refused;
      });
      return reached === exitCodes.ok ? code : reached;
    }
    if (given === "run 0") return await run(folder, readSeconds(wait), json ?? false);
    throw new UsageError(
      "outbox takes add, preview, remove, run, destinations, destination, forget or test; see help outbox.",
    );
  },
};

function readNumber(given: string): number {
  if (!/^[1-9]\d{0,14}$/.test(given)) throw new UsageError(`It goes by its number; got "${given}".`);
  return Number(given);
}

function readSeconds(given: string | undefined): number {
  if (given === undefined) return 60;
  const seconds = Number(given);
  if (!/^\d+(?:\.\d+)?$/.test(given) || seconds > longestWaitSeconds)
    throw new UsageError(`--wait takes seconds from 0 to ${longestWaitSeconds}; got "${given}".`);
  return seconds;
}

function printEntry({ id, file, destination, state, tries, nextAt, why, place = "", name }: OutboxEntry): void {
  const next = nextAt === undefined ? "" : isoTime(nextAt);
  printRow([id, file, destination, state, tries, next, why ? english(why) : "", place, name], asItIs);
}

function tellPreview(preview: RedactionPreview, json = false): void {
  if (json) return printJson(preview, asItIs);
  for (const { kind, before, length, after, part, line } of preview.samples)
    printRow([kind, before ?? `(${length} characters)`, after, part, line], asItIs);
  complain(
    Object.entries(preview.counts)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(", "),
  );
  for (const name of preview.leftOut) complain(`Left out, since it is no text: ${name}`);
}

async function list(folder: string): Promise<OutboxEntry[]> {
  const core = await reachCore(folder);
  if (core) return await snapshotOf(core, "outbox.list", {}).finally(() => core.close());
  const record = openRecord(folder);
  const entries = record?.outbox.entries() ?? [];
  record?.close();
  return entries;
}

async function destinations(folder: string): Promise<Destination[]> {
  const core = await reachCore(folder);
  if (core) return await snapshotOf(core, "outbox.destinations", {}).finally(() => core.close());
  const record = openRecord(folder);
  const all = record?.outbox.destinations() ?? [];
  record?.close();
  return all;
}

/** Tries all now, and tells what is left when nothing waits any more or the time is up. */
async function run(folder: string, seconds: number, json: boolean): Promise<number> {
  let code: number = exitCodes.ok;
  const reached = await withCore(folder, async (core) => {
    await core.call("outbox.run", {});
    await nothingWaits(core, seconds * 1000);
    const left = (await snapshotOf(core, "outbox.list", {})).filter(({ state }) => state === "waiting");
    if (json) printJson(left, asItIs);
    else for (const entry of left) printEntry(entry);
    if (left.length > 0) code = exitCodes.noAnswer;
  });
  return reached === exitCodes.ok ? code : reached;
}

function nothingWaits(core: CoreClient, ms: number): Promise<void> {
  return new Promise((done, reject) => {
    const timer = setTimeout(() => finish(), ms);
    const watch = core.watch(
      "outbox.list",
      {},
      (entries) => {
        if (!entries.some(({ state }) => state === "waiting")) queueMicrotask(finish);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
    function finish() {
      clearTimeout(timer);
      watch.stop();
      done();
    }
  });
}
