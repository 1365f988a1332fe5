import { parseArgs } from "node:util";
import type { CallOutput } from "../api/contract.ts";
import { dataFolder } from "../api/start-options.ts";
import { withAges } from "../station/age.ts";
import type { StationState } from "../station/model.ts";
import { stationWord } from "../station/views.ts";
import { exitCodes } from "./exit.ts";
import { complain, printJson, printRow } from "./output.ts";
import { openRecord, reachCore } from "./reach.ts";
import type { Subcommand } from "./subcommand.ts";
import { readTelling } from "./telling.ts";

/** `plugside stations`: the full state of every known station. */
export const stationsCommand: Subcommand = {
  usage: "stations [--data DIR] [--json] [--pseudonyms]",
  summary:
    "Lists every known station; with --json the full state of each, as one list. --pseudonyms puts names in the place of secrets and cards, the same for the same value.",
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { data: { type: "string" }, json: { type: "boolean" }, pseudonyms: { type: "boolean" } },
    });
    const folder = dataFolder(values.data);
    const tell = readTelling(folder, values);
    const states = await allStates(folder);
    if (values.json) printJson(states.map(withAges), tell);
    else if (states.length === 0) complain("No station was ever heard of.");
    else for (const state of states) printRow(fields(state), tell);
    return exitCodes.ok;
  },
};

async function allStates(folder: string): Promise<StationState[]> {
  const core = await reachCore(folder);
  if (!core) {
    const record = openRecord(folder);
    const states = record?.registry.all().map((entry) => entry.state) ?? [];
    record?.close();
    return states;
  }
  try {
    const states: StationState[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: CallOutput<"stations.states"> = await core.call("stations.states", { after });
      states.push(...page.states);
      after = page.next;
    }
    return states;
  } finally {
    core.close();
  }
}

function fields(state: StationState): string[] {
  const { vendor = "", model = "", firmwareVersion = "" } = state.info;
  return [state.identity, state.ocpp ?? "-", stationWord(state), vendor, model, firmwareVersion];
}
