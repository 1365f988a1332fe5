import { readFileSync } from "node:fs";
import type { CoreClient } from "../../src/api/client.ts";
import { createManualClock, type ManualClock } from "../../src/lib/clock.ts";
import type { CommandOutcome, StationCommand } from "../../src/station/commands.ts";
import type { Finding } from "../../src/station/findings.ts";
import type { OcppVersion, StationState, Transaction } from "../../src/station/model.ts";
import { english } from "../../src/station/phrases.ts";
import { snapshot, testCore } from "./core.ts";
import { protocolOf } from "./frames.ts";
import { type RawStation, rawStation } from "./stations/raw-station.ts";

/** A line of cases.ndjson. */
export type Case = { n: number; vendor: string; ocpp: OcppVersion; frames: string[]; right: string };

/** What is to be seen after each frame and at the end. */
export type Played = {
  client: CoreClient;
  clock: ManualClock;
  station: RawStation;
  state: StationState;
  /** The energy of the standing transaction of the first EVSE after each frame, Wh. */
  energies: (number | null | undefined)[];
  /** The answers to the station's calls, by message id. */
  answers: Map<string, unknown>;
  /** What became of the calls of ours that the case answers. */
  outcomes: CommandOutcome[];
};

const noon = Date.UTC(2026, 6, 1, 12);

/** The case of a number. */
export function caseOf(n: number): Case {
  const text = readFileSync(new URL("../cases/cases.ndjson", import.meta.url), "utf8");
  const found = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Case)
    .find((line) => line.n === n);
  if (!found) throw new Error(`there is no case ${n}`);
  return found;
}

/** Plays frames to a core of its own over a socket, each when the one before it was answered.
 * @param commands what is asked of the station before each frame that answers a call */
export async function play(
  { ocpp, frames }: Pick<Case, "ocpp" | "frames">,
  commands: StationCommand[] = [],
): Promise<Played> {
  const clock = createManualClock(noon);
  const { client, url } = await testCore({ clock });
  await client.call("settings.change", { pingSeconds: 0, triggerAfterConnect: false });
  const station = await rawStation(`${url}CP1`, [protocolOf[ocpp]]);
  const answers = new Map<string, unknown>();
  const transactions = new Map<string, string>();
  const outcomes: Promise<CommandOutcome>[] = [];
  const energies: Played["energies"] = [];
  const asked = [...commands];
  let last = "";
  for (const frame of frames) {
    const wait = /^\{\{wait (\d+)s\}\}$/.exec(frame);
    if (wait) {
      clock.advance(Number(wait[1]) * 1000);
      continue;
    }
    clock.advance(20);
    let text = filled(frame, clock.now(), last, transactions);
    const command = text.includes("{{id}}") ? asked.shift() : undefined;
    if (command) {
      outcomes.push(client.call("stations.command", { identity: "CP1", command }));
      text = text.replaceAll("{{id}}", String(JSON.parse(await station.next())[1]));
    }
    station.send(text);
    if (text.startsWith("[2,")) {
      const [, id, payload] = JSON.parse(await station.next());
      answers.set(id, payload);
      if (payload?.transactionId !== undefined) {
        last = String(payload.transactionId);
        transactions.set(id, last);
      }
    }
    await station.ask("Heartbeat", {});
    energies.push((await stateOf(client)).evses[0]?.transaction?.energyWh);
  }
  const settled = await Promise.all(outcomes);
  return { client, clock, station, state: await stateOf(client), energies, answers, outcomes: settled };
}

function filled(frame: string, now: number, last: string, transactions: ReadonlyMap<string, string>): string {
  return frame
    .replaceAll("{{transaction}}", last)
    .replace(/\{\{transaction:(\w+)\}\}/g, (_whole, id: string) => transactions.get(id) ?? "")
    .replace(/\{\{now(?:-(\d+)s)?\}\}/g, (_whole, seconds: string | undefined) =>
      new Date(now - Number(seconds ?? 0) * 1000).toISOString(),
    )
    .replaceAll("{{local}}", new Date(now + 7_200_000).toISOString().slice(0, 19));
}

/** The state of the station that is played. */
export async function stateOf(client: CoreClient): Promise<StationState> {
  const state = await snapshot(client, "stations.state", { identity: "CP1" });
  if (!state) throw new Error("the station is not known");
  return state;
}

/** What was found, each as its rule and what was said of it. */
export function found(state: StationState): string[] {
  return state.findings.map((finding: Finding) => `${finding.rule}: ${english(finding.said)}`).sort();
}

/** A transaction by its id. */
export function transactionOf(state: StationState, id: string): Transaction | undefined {
  return state.transactions.find((transaction) => transaction.id === id);
}
