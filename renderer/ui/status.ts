import type { StationSummary } from "../../src/services/stations/contract.ts";
import type { StationWord } from "../../src/station/views.ts";
import type { Severity } from "../../src/words/rule.ts";

/** A word of state that we have a colour, a shape and a translation for. */
export type StateName = StationWord | "Online";
export type Tone = "charging" | "available" | "waiting" | "faulted" | "quiet";

const tones: Record<StateName, Tone> = {
  Available: "available",
  Preparing: "waiting",
  Charging: "charging",
  SuspendedEV: "waiting",
  SuspendedEVSE: "waiting",
  Finishing: "waiting",
  Reserved: "waiting",
  Occupied: "waiting",
  Unavailable: "quiet",
  Faulted: "faulted",
  Offline: "quiet",
  Never: "quiet",
  Online: "available",
  Unknown: "quiet",
};

export function isStateName(word: string): word is StateName {
  return Object.hasOwn(tones, word);
}

/** What a state means, as a colour. Unknown words are grey. */
export function toneOf(word: string): Tone {
  return isStateName(word) ? tones[word] : "quiet";
}

/** What to say of a station as a whole: its link first, then the most telling status. */
export function stationWord(station: StationSummary): string {
  if (station.link.state === "offline") return "Offline";
  if (station.link.state === "never") return "Never";
  return station.status === "" || station.status === "Unknown" ? "Online" : station.status;
}

export const severityTones: Record<Severity, Tone> = { error: "faulted", warning: "waiting", notice: "quiet" };
