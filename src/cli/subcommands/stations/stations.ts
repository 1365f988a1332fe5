import { parseArgs } from "node:util";
import type { CallOutput } from "../../../api/contract.ts";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { silentLogger } from "../../../lib/logger.ts";
import { stateAt } from "../../../session/past/state-at.ts";
import { withAges } from "../../../station/age.ts";
import type { StationState } from "../../../station/model.ts";
import { stationWord } from "../../../station/views.ts";
import { exitCodes } from "../../exit.ts";
import { type Instant, readInstant } from "../../options.ts";
import { complain, printJson, printRow } from "../../output.ts";
import { openRecord, reachCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";
import { readTelling } from "../../telling.ts";

/** `plugside stations`: the full state of every known station, now or as it was. */
export const stationsCommand: Subcommand = {
  usage: "stations [STATION] [--at TIME|#FRAME] [--data DIR] [--json] [--pseudonyms]",
  summary:
    "Lists every known station; with --json the full state of each, as one list. With --at as they were at a time (2026-01-31T12:00:00Z; without a zone it is this laptop's) or once a frame was read (#4711). --pseudonyms puts names in the place of secrets and cards, the same for the same value.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        at: { type: "string" },
        data: { type: "string" },
        json: { type: "boolean" },
        pseudonyms: { type: "boolean" },
      },
    });
    const [station, more] = positionals;
    if (more !== undefined) throw new UsageError("At most one station; without one all are told.");
    const instant = values.at === undefined ? null : readInstant(values.at);
    const folder = dataFolder(values.data);
    const tell = readTelling(folder, values);
    const known = await readStates(folder, station, instant);
    if (station !== undefined && known.length === 0) {
      throw new UsageError(`No station named ${station} was ever heard of.`);
    }
    const states = known.filter((state) => state !== null);
    if (values.json) printJson(states.map(withAges), tell);
    else if (states.length === 0)
      complain(known.length === 0 ? "No station was ever heard of." : "No station had been heard of then.");
    else for (const state of states) printRow(fields(state), tell);
    return exitCodes.ok;
  },
};

/** The states of all stations, or of one; null for one that had not been heard of then.
 * @param instant null: now */
async function readStates(
  folder: string,
  station: string | undefined,
  instant: Instant | null,
): Promise<(StationState | null)[]> {
  const core = await reachCore(folder);
  if (!core) return readRecord(folder, station, instant);
  try {
    const states: StationState[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: CallOutput<"stations.states"> = await core.call("stations.states", { after });
      states.push(...page.states.filter(({ identity }) => station === undefined || identity === station));
      after = page.next;
    }
    if (!instant) return states;
    const past: (StationState | null)[] = [];
    for (const { identity } of states) {
      past.push((await core.call("stations.stateAt", { identity, ...instant })).state);
    }
    return past;
  } finally {
    core.close();
  }
}

function readRecord(folder: string, station: string | undefined, instant: Instant | null): (StationState | null)[] {
  const record = openRecord(folder);
  if (!record) return [];
  const { registry, frames } = record;
  const entries = registry.all().filter(({ identity }) => station === undefined || identity === station);
  const seq = instant && ("frame" in instant ? instant.frame : frames.reachedAt(instant.at));
  const states = entries.map((entry) =>
    seq === null ? entry.state : stateAt(entry, seq, { ...record, log: silentLogger }),
  );
  record.close();
  return states;
}

function fields(state: StationState): string[] {
  const { vendor = "", model = "", firmwareVersion = "" } = state.info;
  return [state.identity, state.ocpp ?? "-", stationWord(state), vendor, model, firmwareVersion];
}
