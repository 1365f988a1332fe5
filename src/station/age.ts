import type { StationState, Transaction } from "./model.ts";

/** Why what a frame said is not of now: the station is offline, it has restarted since, or its link has gone and come back since. */
export type Age = "offline" | "before-boot" | "before-link";

/** How old the word of a frame is; undefined for what holds now.
 * @param frame its number; undefined for what no frame said */
export function ageOf({ link, boot }: Pick<StationState, "link" | "boot">, frame: number | undefined): Age | undefined {
  if (isBeforeBoot({ boot }, frame)) return "before-boot";
  if (link.state !== "online") return "offline";
  return frame !== undefined && link.connection !== undefined && frame < link.connection ? "before-link" : undefined;
}

/** True for the word of a frame that came before the station restarted: a boot that we only asked for is no restart. */
export function isBeforeBoot({ boot }: Pick<StationState, "boot">, frame: number | undefined): boolean {
  if (!boot || boot.asked === "trigger" || boot.reason === "Triggered") return false;
  return frame !== undefined && frame < boot.frame;
}

/** The newest frame that shows that a transaction runs: a word on it, or a value that names it. */
export function transactionFrame({ word, valueFrame = 0 }: Transaction): number {
  return Math.max(word.frame, valueFrame);
}

/** A state for a reader that is no screen: each value carries its age, where it is not of now. */
export function withAges(state: StationState): unknown {
  const aged = <T extends { frame?: number }>(item: T | undefined) => {
    const old = item && ageOf(state, item.frame);
    return old ? { ...item, old } : item;
  };
  const transaction = (item: StationState["transactions"][number]) => {
    const old = item.state === "running" ? ageOf(state, transactionFrame(item)) : undefined;
    return old ? { ...item, old } : item;
  };
  return {
    ...state,
    station: aged(state.station),
    live: state.live.map(aged),
    evses: state.evses.map((evse) => ({
      ...evse,
      connectors: evse.connectors.map(aged),
      live: evse.live.map(aged),
      transaction: evse.transaction && transaction(evse.transaction),
    })),
    transactions: state.transactions.map(transaction),
    firmware: aged(state.firmware),
    diagnostics: aged(state.diagnostics),
  };
}
