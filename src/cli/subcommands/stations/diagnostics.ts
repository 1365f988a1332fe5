import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import type { CoreClient } from "../../../api/client.ts";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { isoTime } from "../../../lib/units.ts";
import {
  type DiagnosticsRequest,
  longestWaitSeconds,
  type Rung,
  type UploadWay,
  uploadWays,
  type Verdict,
} from "../../../services/diagnostics/contract.ts";
import { type LogKind, logKinds } from "../../../station/commands.ts";
import { english } from "../../../station/phrases.ts";
import { logWay } from "../../../station/serial/log-way.ts";
import { exitCodes } from "../../exit.ts";
import { fetchFile } from "../../kept-file.ts";
import { readNumber } from "../../options.ts";
import { complain, printJson, printRow } from "../../output.ts";
import { snapshotOf, withCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

const exits: Record<Verdict, number> = {
  received: exitCodes.ok,
  unsupported: exitCodes.refused,
  refused: exitCodes.refused,
  "nothing-came": exitCodes.noAnswer,
  "broken-off": exitCodes.noAnswer,
  canceled: exitCodes.noAnswer,
  superseded: exitCodes.noAnswer,
  offline: exitCodes.offline,
};

/** `plugside diagnostics`: fetches a station's log, with Plugside as the server that it uploads to. */
export const diagnosticsCommand: Subcommand = {
  usage: `diagnostics STATION [--kind ${logKinds.join("|")}] [--from T] [--to T] [--protocol auto|${uploadWays.join("|")}] [--retries N] [--retry-seconds N] [--wait SECONDS] [--out FILE] [--data DIR] [--json]`,
  summary:
    "Asks a station for its log (GetDiagnostics, GetLog) and takes it in: where to send it is chosen, and when one protocol fails the next is tried. Progress goes to stderr; the last line tells the verdict, the number of the file, its size, SHA-256 and protocol. The file stays with the station (files get); --out writes it as well. --wait: when to give up, 1800 s by default. Exits 0 received, 2 refused or not supported, 3 nothing or a part came, 4 offline.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        kind: { type: "string", default: "diagnostics" },
        from: { type: "string" },
        to: { type: "string" },
        protocol: { type: "string", default: "auto" },
        retries: { type: "string" },
        "retry-seconds": { type: "string" },
        wait: { type: "string" },
        out: { type: "string" },
        data: { type: "string" },
        json: { type: "boolean" },
      },
    });
    const [station, ...rest] = positionals;
    if (!station || rest.length > 0) throw new UsageError("diagnostics takes one STATION.");
    const wait = readNumber(values.wait, "--wait", 1800);
    if (!(wait >= 1 && wait <= longestWaitSeconds))
      throw new UsageError(`--wait takes seconds, 1 to ${longestWaitSeconds}.`);
    if (values.out !== undefined && existsSync(values.out)) throw new UsageError(`${values.out} is there already.`);
    const wish = {
      station,
      kind: readWord<LogKind>(values.kind, "--kind", logKinds),
      protocol: readWord<"auto" | UploadWay>(values.protocol, "--protocol", ["auto", ...uploadWays]),
      from: readTime(values.from, "--from"),
      to: readTime(values.to, "--to"),
      retries: readWhole(values.retries, "--retries"),
      retrySeconds: readWhole(values["retry-seconds"], "--retry-seconds"),
      wait,
    };
    const folder = dataFolder(values.data);
    return await withCore(folder, async (core) => {
      const state = await snapshotOf(core, "stations.state", { identity: station });
      const way = logWay(state?.link.carrier);
      if (way) complain(english(way));
      const request = await follow(core, await core.call("diagnostics.request", wish));
      const result = resultOf(request);
      if (values.out !== undefined && result.file !== null) await fetchFile(core, folder, result.file, values.out);
      if (values.json) printJson(result);
      else printRow([result.verdict, result.file ?? "", result.size ?? "", result.sha256 ?? "", result.protocol ?? ""]);
      return exits[result.verdict];
    });
  },
};

function readWord<W extends string>(given: string, option: string, words: readonly W[]): W {
  const word = words.find((one) => one === given);
  if (!word) throw new UsageError(`${option} takes ${words.join(", ")}; got "${given}".`);
  return word;
}

function readWhole(given: string | undefined, option: string): number | undefined {
  if (given === undefined) return undefined;
  const value = readNumber(given, option, 0);
  if (!Number.isInteger(value) || value < 0 || value > 86_400) throw new UsageError(`${option} takes a whole number.`);
  return value;
}

function readTime(given: string | undefined, option: string): string | undefined {
  if (given === undefined) return undefined;
  const at = /^\d{4}-\d\d/.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError(`${option} takes a time (2026-01-31T12:00:00Z); got "${given}".`);
  return new Date(at).toISOString();
}

/** Tells what happens as it happens, until the last word. */
function follow(core: CoreClient, { id, station }: DiagnosticsRequest): Promise<DiagnosticsRequest> {
  const told = new Set<string>();
  const once = (key: string, line: string) => {
    if (told.has(key)) return;
    told.add(key);
    complain(line);
  };
  return new Promise((resolve, reject) => {
    const watch = core.watch(
      "diagnostics.list",
      { station },
      (requests) => {
        const request = requests.find((one) => one.id === id);
        if (!request) return;
        for (const [at, rung] of request.rungs.entries()) tellRung(once, at, rung);
        for (const { id: file, bytes } of request.files) {
          const megabytes = Math.floor(bytes / 1e6);
          if (megabytes > 0) once(`file ${file} ${megabytes}`, `${megabytes} MB`);
        }
        if (!request.verdict) return;
        if (request.lastWord) once("last", english(request.lastWord));
        if (request.cure) once("cure", english(request.cure));
        queueMicrotask(() => watch.stop());
        resolve(request);
      },
      reject,
    );
  });
}

function tellRung(once: (key: string, line: string) => void, at: number, rung: Rung): void {
  if (rung.place !== "") once(`rung ${at}`, `${isoTime(rung.at)} ${rung.place}`);
  for (const [number, line] of rung.seen.entries()) {
    const end = line.end === "station" ? "station" : "here";
    once(`seen ${at} ${number}`, `${isoTime(line.at)} ${end}: ${english(line.words)}`);
  }
  if (rung.result === "asked") return;
  const why = rung.why === undefined ? "" : ` (${english(rung.why)})`;
  once(`end ${at}`, `${isoTime(rung.endedAt ?? rung.at)} ${rung.protocol}: ${rung.result}${why}`);
}

/** What stdout is told of a request. */
function resultOf({ verdict = "nothing-came", rungs, files, cure, at, endedAt = at }: DiagnosticsRequest) {
  const best = [...files].sort(
    (a, b) => Number(b.state === "whole") - Number(a.state === "whole") || b.bytes - a.bytes,
  );
  const [file] = best;
  return {
    verdict,
    file: file?.id ?? null,
    name: file?.name ?? null,
    size: file?.bytes ?? null,
    sha256: file?.sha256 ?? null,
    protocol: file?.protocol ?? null,
    seconds: Math.round((endedAt - at) / 100) / 10,
    ...(cure && { cure: english(cure) }),
    rungs: rungs.map(({ seen, why, ...rung }) => ({
      ...rung,
      ...(why !== undefined && { why: english(why) }),
      seen: seen.map(({ words, ...line }) => ({ ...line, said: english(words) })),
    })),
  };
}
