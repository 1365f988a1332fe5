import { z } from "zod";
import { call, feed, tableFeed } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import { type CommandOutcome, stationCommand } from "../../station/commands.ts";
import type { LinkState, OcppVersion, StationState } from "../../station/model.ts";

export type StationSummary = {
  identity: string;
  ocpp?: OcppVersion;
  link: LinkState;
  vendor?: string;
  model?: string;
  serialNumber?: string;
  lastSeenAt: number;
  /** The word to show: the most telling status of its connectors. */
  status: string;
  errorCode?: string;
  /** How many rules it deviates from. */
  findings: number;
  running: number;
  /** W, of all its sessions that run and tell their power; null where none does, or the station is away. */
  powerW: number | null;
  /** What is done to it on purpose. */
  onPurpose: OnPurpose[];
};

export type OnPurpose = "forward" | "faults";

export type StationCount = { known: number; online: number };

/** What goes when a station is forgotten: its state with the frames, events, findings and samples it rests on, its guarded changes,
 * the certificates issued to it and its requests for them; and, where they were set, its access and its forward mode. Attempts to
 * connect stay, they are of an address, and so does the list of tokens. */
export type ForgetReport = {
  identity: string;
  firstSeenAt: number;
  lastSeenAt: number;
  frames: number;
  findings: number;
  access: boolean;
  forward: boolean;
  /** How many files are kept of it. */
  files: number;
  /** Why it cannot be done now. */
  blocked?: Words;
};

/** A station as it was. `seq`: the number that the record had come to; `state` is null where nothing of the station stood in it yet. */
export type PastState = { seq: number; state: StationState | null };

/** An action we can send, with the smallest payload that its schema takes. */
export type RawAction = { action: string; skeleton: string };

const identity = z.string().min(1).max(255);

export const stationsContract = {
  /** Every station that was ever heard of, in that order. Of very many the first ones are those that are online or were heard
   * last, and the others follow. */
  "stations.list": tableFeed("identity", z.object({})).of<StationSummary>(),
  "stations.count": feed(z.object({})).of<StationCount>(),
  /** Full states in the order of the record's numbers, a page at a time; `next` is what to ask after, null at the end. */
  "stations.states": call(
    z.object({ after: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(1000).default(100) }),
  ).returns<{ states: StationState[]; next: number | null }>(),
  /** null: never heard of. */
  "stations.state": feed(z.object({ identity })).of<StationState | null>(),
  /** The state at a moment: at a time of our clock, or once a frame was folded. Fails with not-found for an unknown station. */
  "stations.stateAt": call(
    z.union([
      z.strictObject({ identity, at: z.number().finite() }),
      z.strictObject({ identity, frame: z.number().int().min(0) }),
    ]),
  ).returns<PastState>(),
  /** Fails with not-found for an unknown station, invalid-input for a raw payload that is no JSON object or that the
   * schema refuses (details: the deviations) unless `force` is set. Everything else is an outcome. */
  "stations.command": call(z.object({ identity, command: stationCommand })).returns<CommandOutcome>(),
  /** What would go with `stations.forget`. Fails with not-found. */
  "stations.forgetPreview": call(z.object({ identity })).returns<ForgetReport>(),
  /** Takes a station out of the record for good. Fails with not-found, with conflict while it is connected or a change of it is
   * under way, with unavailable while the record cannot be written. */
  "stations.forget": call(z.object({ identity })).returns<ForgetReport>(),
  /** What can be sent raw, in the station's version. */
  "stations.actions": call(z.object({ identity })).returns<RawAction[]>(),
};
