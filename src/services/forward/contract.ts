import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";
import {
  credentialChoices,
  type ForwardSettings,
  type HoldRule,
  type LegState,
  type UpstreamEnd,
  type Way,
  whenAways,
} from "../../station/forward.ts";
import type { SummaryField } from "../../station/model.ts";

/** How a station is forwarded, without the password. */
export type ForwardSetup = ForwardSettings & {
  hasPassword: boolean;
  /** The address that is dialled, with the identity. */
  address: string;
};

/** A frame that waits for a hand; `seq` is its number on record. */
export type HeldFrame = {
  seq: number;
  at: number;
  way: Way;
  action: string | null;
  kind: "question" | "answer" | "other";
  summary: SummaryField[];
  text: string;
  /** Its text is not all of it: it can go on as it is, and not be changed. */
  exact: boolean;
};

export type ForwardState = {
  /** null: never set up. */
  setup: ForwardSetup | null;
  leg: LegState;
  hold: HoldRule;
  held: HeldFrame[];
};

/** What a test call to the central system above came to. */
export type ForwardTest =
  | { result: "open"; address: string; subprotocol?: string; ms: number }
  | ({ result: "failed"; address: string; ms: number } & UpstreamEnd);

const identity = z.string().min(1).max(255);
const text = z.string().min(1).max(1_000_000);
const seq = z.number().int().min(1);
const setup = {
  url: z.string().trim().min(1).max(2000),
  credentials: z.enum(credentialChoices),
  /** With `own` credentials; absent: the identity. */
  user: z.string().max(255).optional(),
  /** With `own` credentials; absent: as it was. Kept apart, never told again. */
  password: z.string().max(255).optional(),
  /** PEM of the authority that signed the central system's certificate. */
  ca: z.string().max(100_000).optional(),
  insecure: z.boolean(),
};

export const forwardContract = {
  /** How a station is forwarded, how both legs are, and what is held. */
  "forward.state": feed(z.object({ identity })).of<ForwardState>(),
  /** Sets how a station is forwarded; it counts at once. Fails with not-found for an unknown station, invalid-input for a URL
   * or certificate that will not do. */
  "forward.set": call(
    z.object({ identity, on: z.boolean(), ...setup, whenAway: z.enum(whenAways) }),
  ).returns<ForwardSetup>(),
  /** Turns it on or off as it is set up. */
  "forward.turn": call(z.object({ identity, on: z.boolean() })).returns<ForwardSetup>(),
  /** Dials as the station would, and hangs up. A system that allows one connection for a station may cut the other. */
  "forward.test": call(
    z.object({ identity, ...setup, subprotocol: z.string().max(100).optional() }),
  ).returns<ForwardTest>(),
  /** Dials now. Fails with conflict when nothing is forwarded. */
  "forward.dial": call(z.object({ identity })).returns<null>(),
  /** What is held back from now on; what is not held any more goes on, in its order. */
  "forward.hold": call(
    z.object({ identity, up: z.boolean(), down: z.boolean(), actions: z.array(z.string().min(1).max(100)).max(50) }),
  ).returns<null>(),
  /** Lets a held frame go on, with another text where one is given. Fails with not-found. */
  "forward.release": call(z.object({ identity, seq, text: text.optional() })).returns<null>(),
  /** Throws a held frame away. Fails with not-found. */
  "forward.drop": call(z.object({ identity, seq })).returns<null>(),
  /** Puts a text on the wire as it is. The answer to such a CALL is not passed on. Fails with conflict when nothing is
   * forwarded, unavailable when the central system above is away. */
  "forward.inject": call(z.object({ identity, to: z.enum(["station", "upstream"]), text })).returns<null>(),
};
