import type { Clock, Timer } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import type { CommandOutcome } from "../station/commands.ts";
import { observed } from "../station/findings.ts";
import type { StationState } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { runningTransactions } from "../station/views.ts";
import { carryOut } from "./commands.ts";
import type { Journal } from "./journal.ts";
import type { Registry } from "./registry.ts";
import type { StationEntry } from "./station-entry.ts";

export type TriggerAfterConnectOptions = {
  registry: Registry;
  journal: Journal;
  clock: Clock;
  log: Logger;
  /** Whether a station is asked at all. */
  wanted: (identity: string) => boolean;
};

/** What is asked of a station that keeps silent after its connect. */
type Question = { message: "BootNotification" } | { message: "StatusNotification"; evse: number; connector: number };

const bootWaitMs = 10_000;
const statusWaitMs = 5_000;

/** Asks stations for what nothing is known of, when they do not say it by themselves: the boot of one that never booted here, and the
 * status of a connector that never told one. Each is asked once, and a station that will not be asked is left alone. */
export function createTriggerAfterConnect(options: TriggerAfterConnectOptions): Disposable {
  const { registry, clock, log } = options;
  const waiting = new Map<StationEntry, { connection: number; timer: Timer }>();

  function wait(entry: StationEntry, connection: number, ms: number, then: () => Promise<void>): void {
    waiting.get(entry)?.timer.stop();
    const timer = clock.after(ms, () => {
      if (!isOn(entry.state, connection) || !entry.session || !options.wanted(entry.identity)) return;
      then().catch((error: unknown) => log.bug("a station could not be asked", { station: entry.identity, error }));
    });
    waiting.set(entry, { connection, timer });
  }

  async function askBoot(entry: StationEntry, connection: number): Promise<void> {
    if (bootOwed(entry.state)) {
      const said = words("nothing-in-time", { seconds: bootWaitMs / 1000 });
      const found = observed("no-boot", "link", said, words("boot-first"));
      options.journal.write(entry, { kind: "found", finding: found });
      const outcome = await ask(entry, { message: "BootNotification" });
      if (isDeaf(outcome)) return;
    }
    wait(entry, connection, statusWaitMs, () => askStatuses(entry, connection));
  }

  async function askStatuses(entry: StationEntry, connection: number): Promise<void> {
    // Until it is accepted a station may send no status (1.6 4.2; 2.0.1 B02, B03).
    if (entry.state.boot && entry.state.boot.answered !== "Accepted") return;
    for (const question of statusesOwed(entry.state)) {
      if (!isOn(entry.state, connection)) return;
      const outcome = await ask(entry, question);
      if (outcome.result !== "accepted") return;
    }
  }

  function ask(entry: StationEntry, question: Question): Promise<CommandOutcome> {
    const own = question.message === "BootNotification" ? "no-boot" : "no-status";
    return carryOut(options.journal, entry, { name: "trigger", ...question }, own);
  }

  const following = registry.changed.on((entry) => {
    const { link } = entry.state;
    const known = waiting.get(entry);
    if (link.state !== "online") {
      known?.timer.stop();
      waiting.delete(entry);
      return;
    }
    const { connection } = link;
    if (connection === undefined || known?.connection === connection || !entry.session) return;
    wait(entry, connection, bootWaitMs, () => askBoot(entry, connection));
  });
  return {
    dispose() {
      void following.dispose();
      for (const { timer } of waiting.values()) timer.stop();
      waiting.clear();
    },
  };
}

function isOn({ link }: StationState, connection: number): boolean {
  return link.state === "online" && link.connection === connection;
}

/** Nothing more is asked of a station that does not know the question, or does not answer it. */
function isDeaf({ result }: CommandOutcome): boolean {
  return result === "unsupported" || result === "no-answer" || result === "offline";
}

/** One that has booted before may come back without (1.6 4.2; 2.0.1 B01), and one that is at work is not disturbed. */
function bootOwed(state: StationState): boolean {
  const { boot, asked, firmware } = state;
  return !boot && !asked?.boot && !asked?.refused && !firmware && runningTransactions(state).length === 0;
}

/** The connectors that never told a status; of a station without any known, the first. */
function statusesOwed({ evses, asked }: StationState): Question[] {
  if (asked?.status || asked?.refused) return [];
  const message = "StatusNotification";
  const known = evses.flatMap(({ evse, connectors }) => connectors.map((connector) => ({ evse, connector })));
  if (known.length === 0) return [{ message, evse: 1, connector: 1 }];
  return known
    .filter(({ connector }) => connector.frame === undefined)
    .map(({ evse, connector }) => ({ message, evse, connector: connector.connector }));
}
