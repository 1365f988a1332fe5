import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { isoTime } from "../../../lib/units.ts";
import { asItIs } from "../../../redaction/tell.ts";
import type { StationAccess } from "../../../services/access/contract.ts";
import type { ProcedureView } from "../../../services/procedures/contract.ts";
import { english } from "../../../station/phrases.ts";
import { exitCodes } from "../../exit.ts";
import { complain, printJson, printRow } from "../../output.ts";
import { reachCore, snapshotOf } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

/** `plugside access`: what a station must prove itself by, how its last guarded change stands, and the choice after one. */
export const accessCommand: Subcommand = {
  usage: "access [--data DIR] STATION [--stop] [--keep old|new] [--json]",
  summary:
    "Tells what is asked of a station at the door, and how its last guarded change stands. --stop ends the wait for a station that does not come back: what was sent stays sent, and the old and the new are both good. --keep then keeps one password alone; a station that has the other is turned away from its next connection on.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: "string" },
        stop: { type: "boolean" },
        keep: { type: "string" },
        json: { type: "boolean" },
      },
    });
    const [identity, ...rest] = positionals;
    if (!identity || rest.length > 0) throw new UsageError("access takes STATION.");
    const keep = readChoice(values.keep);
    const core = await reachCore(dataFolder(values.data));
    if (!core) {
      complain("No core runs on this folder. Start one: plugside serve");
      return exitCodes.offline;
    }
    try {
      if (values.stop) await core.call("procedures.cancel", { identity });
      if (keep) await core.call("access.keepPassword", { identity, keep });
      const access = await snapshotOf(core, "access.station", { identity });
      const procedure = await snapshotOf(core, "procedures.state", { identity });
      if (values.json) printJson({ access, procedure }, asItIs);
      else for (const row of rows(access, procedure)) printRow(row);
    } finally {
      core.close();
    }
    return exitCodes.ok;
  },
};

/** @throws UsageError */
function readChoice(given: string | undefined): "old" | "new" | undefined {
  if (given === undefined || given === "old" || given === "new") return given;
  throw new UsageError(`--keep takes old or new; got "${given}".`);
}

function rows(access: StationAccess, procedure: ProcedureView | null): string[][] {
  const { identity, allowed, profile, password, nextPassword, unshownPassword, lastUsed, bootPlan } = access;
  const set = ({ form, setAt }: NonNullable<StationAccess["password"]>) => `${form}, ${isoTime(setAt)}`;
  const all = [
    ["station", `${identity}, ${allowed}`],
    ["lowest profile", profile === null ? "any" : String(profile)],
    [nextPassword ? "old password" : "password", password ? set(password) : "none asked for"],
  ];
  if (nextPassword) {
    all.push(["new password", set(nextPassword)]);
    all.push([
      "last used",
      lastUsed ? `${lastUsed.which}, ${isoTime(lastUsed.at)}` : "not connected anew since it was sent",
    ]);
  }
  if (unshownPassword) {
    all.push(["stored", `${set(unshownPassword)}; counts once the station comes with it (profile 1 or 2)`]);
  }
  for (const { status, interval, times } of bootPlan) {
    all.push(["next boots", `${status}, ${times} x${interval === undefined ? "" : `, ${interval} s`}`]);
  }
  if (procedure) all.push(...told(procedure));
  if (nextPassword && procedure?.state !== "under-way") {
    all.push(["Both passwords are good. Keep one alone with --keep old or --keep new, or wait: the new one alone is"]);
    all.push(["kept by itself once the station comes with it. A station that has the other is turned away."]);
  }
  return all;
}

function told({ kind, profile, state, valid, kept, steps }: ProcedureView): string[][] {
  const goal = kind === "password" ? "password" : `security profile ${profile}`;
  return [
    ["last change", `${goal}, ${state}, ${kept ? `kept ${kept}` : `good: ${valid}`}`],
    ...steps.map((step) => [
      "",
      [step.name, step.state, step.why, step.said && english(step.said)].filter(Boolean).join(", "),
    ]),
  ];
}
