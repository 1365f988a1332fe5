import type { Change, FeedSource } from "../../lib/contract.ts";
import { type Bench, openBench } from "../../session/testing/bench.ts";
import type { OcppVersion } from "../../station/model.ts";
import { SettingsRepository } from "../../store/settings.ts";
import { TokensRepository } from "../../store/tokens.ts";
import type { ServiceContext } from "../context.ts";
import { openSettings } from "../settings/logic.ts";

/** One station in conversation, CP1, and all that services work with, over a record of its own. */
export type ServicesBench = Bench & {
  context: ServiceContext;
  /** Says a call as the station. */
  tell(id: string, action: string, payload: object): void;
  /** Asks the station, and answers for it. */
  exchange(action: string, payload: object, answer: object): void;
};

/** Opens what services work with; removed when the test is over. */
export async function openServices(
  version: OcppVersion = "1.6",
  change: Parameters<typeof openBench>[1] = {},
): Promise<ServicesBench> {
  const bench = await openBench(version, change);
  const { database, parts } = bench;
  return {
    ...bench,
    context: {
      ...parts,
      tokens: new TokensRepository(database),
      settings: openSettings(new SettingsRepository(database), parts.log),
    },
    tell: (id, action, payload) => bench.say(JSON.stringify([2, id, action, payload])),
    exchange(action, payload, answer) {
      bench.ask(action, { ...payload });
      const [, id] = JSON.parse(bench.sent.at(-1) ?? "[]") as [number, string];
      bench.say(JSON.stringify([3, id, answer]));
    },
  };
}

/** What a feed told, as its client gets it. */
export type Watched<Value> = { snapshot: Value; told: unknown[]; close(): void };

/** Listens to a feed; what is made when it is sent is made at once. */
export function watch<Input, Value, Pushed>(
  feed: (input: Input, push: (change: Change<Pushed>) => void) => FeedSource<Value>,
  input: Input,
): Watched<Value> {
  const told: unknown[] = [];
  const source = feed(input, (change) => told.push(made(change)));
  return { snapshot: source.snapshot, told, close: () => source.close() };
}

function made(change: unknown): unknown {
  if (typeof change === "function") return change();
  if (typeof change !== "object" || change === null || !("row" in change)) return change;
  if (typeof change.row !== "function") return change;
  const row = change.row();
  // One that is gone is told as null itself: what is made is made when it is sent, and may be there by then.
  if (row === null) throw new Error("a row that is gone was told as one to be made");
  return { ...change, row };
}
