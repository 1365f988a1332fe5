import type { CallInput } from "../../../src/api/contract.ts";
import type { ForwardSetup } from "../../../src/services/forward/contract.ts";
import {
  type CredentialChoice,
  credentialChoices,
  type LegState,
  type WhenAway,
  whenAways,
} from "../../../src/station/forward.ts";

/** Where a station is forwarded to, as it is typed. `password` is empty where it stays as it was. */
export type ForwardDraft = {
  url: string;
  credentials: CredentialChoice;
  user: string;
  password: string;
  ca: string;
  insecure: boolean;
  whenAway: WhenAway;
};

const emptyDraft: ForwardDraft = {
  url: "wss://",
  credentials: "station",
  user: "",
  password: "",
  ca: "",
  insecure: false,
  whenAway: "answer",
};

/** What is set, as a draft. */
export function draftOf(setup: ForwardSetup | null): ForwardDraft {
  if (!setup) return emptyDraft;
  const { url, credentials, user = "", ca = "", insecure, whenAway } = setup;
  return { url, credentials, user, password: "", ca, insecure, whenAway };
}

/** What is sent for a draft: only what belongs to its choices. */
export function toInput(draft: ForwardDraft): Omit<CallInput<"forward.test">, "identity" | "subprotocol"> {
  const { url, credentials, user, password, ca, insecure } = draft;
  const own = credentials === "own";
  return {
    url: url.trim(),
    credentials,
    insecure: insecure && isSecure(draft),
    ...(own && user.trim() !== "" && { user: user.trim() }),
    ...(own && password !== "" && { password }),
    ...(isSecure(draft) && ca.trim() !== "" && { ca: ca.trim() }),
  };
}

/** True for a wss URL: only there certificates matter. */
export function isSecure({ url }: Pick<ForwardDraft, "url">): boolean {
  return url.trim().toLowerCase().startsWith("wss:");
}

/** The choice of a name; the first where there is none. */
export function credentialChoice(name: string | null): CredentialChoice {
  return credentialChoices.find((choice) => choice === name) ?? credentialChoices[0];
}

/** The manner of a name; the first where there is none. */
export function whenAwayOf(name: string | null): WhenAway {
  return whenAways.find((choice) => choice === name) ?? whenAways[0];
}

/** The tone of a leg. */
export function legTone(leg: LegState): "available" | "waiting" | "quiet" {
  if (leg.state === "open") return "available";
  return leg.state === "idle" ? "quiet" : "waiting";
}
