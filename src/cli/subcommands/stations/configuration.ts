import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import type { Cell } from "../../../lib/csv.ts";
import { isoTime } from "../../../lib/units.ts";
import { bookOf } from "../../../services/configuration/logic.ts";
import { type Configuration, type ConfiguredValue, nameOf, placeOf } from "../../../station/fold/configuration.ts";
import { exitCodes } from "../../exit.ts";
import { readForm } from "../../options.ts";
import { complain, counted, printCsv, printJson, printRow } from "../../output.ts";
import { openRecord, reachCore, snapshotOf } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";
import { readTelling } from "../../telling.ts";

/** `plugside configuration`: what a station has told of how it is set up. */
export const configurationCommand: Subcommand = {
  usage: "configuration [--data DIR] [--json | --csv] [--pseudonyms] STATION",
  summary:
    "Prints what a station has told of how it is set up (GetConfiguration; reports and GetVariables of 2.x), each value with the time and the frame that it was told in. To ask it: plugside command STATION read-configuration --wait. --pseudonyms puts names in the place of secrets and cards.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: "string" },
        json: { type: "boolean" },
        csv: { type: "boolean" },
        pseudonyms: { type: "boolean" },
      },
    });
    const [station, ...rest] = positionals;
    if (station === undefined || rest.length > 0) throw new UsageError("configuration takes STATION.");
    const form = readForm(values);
    const folder = dataFolder(values.data);
    const tell = readTelling(folder, values);
    const configuration = await read(folder, station);
    if (!configuration) throw new UsageError(`No station named ${station} was ever heard of.`);
    if (form === "json") printJson(configuration, tell);
    else {
      const print = (cells: readonly Cell[]) => (form === "csv" ? printCsv(cells, tell) : printRow(cells, tell));
      if (form === "csv") printCsv(head, tell);
      for (const value of configuration.values) print(cellsOf(value));
      for (const key of configuration.unknown) complain(`It does not know ${key}.`);
    }
    if (configuration.beyond > 0) complain(`It told ${counted(configuration.beyond, "value")} more than are kept.`);
    if (configuration.values.length === 0)
      complain(`It has told nothing yet. To ask it: plugside command ${station} read-configuration --wait`);
    return exitCodes.ok;
  },
};

const head = ["place", "name", "value", "access", "unit", "time", "frame"];

function cellsOf(value: ConfiguredValue): Cell[] {
  const { mutability = "", unit = "", at, frame } = value;
  return [placeOf(value), nameOf(value), value.value ?? "", mutability, unit, isoTime(at), frame];
}

async function read(folder: string, station: string): Promise<Configuration | null> {
  const core = await reachCore(folder);
  if (core) {
    try {
      const state = await snapshotOf(core, "stations.state", { identity: station });
      return state && (await snapshotOf(core, "configuration.live", { station }));
    } finally {
      core.close();
    }
  }
  const record = openRecord(folder);
  const id = record?.registry.get(station)?.id;
  const configuration = record && id !== undefined ? bookOf(record.events, id).get() : null;
  record?.close();
  return configuration;
}
