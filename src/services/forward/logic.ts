import { X509Certificate } from "node:crypto";
import { FailureError } from "../../lib/contract.ts";
import { summarise } from "../../ocpp/summary/summary.ts";
import type { HeldFrame as Passing } from "../../session/forward/station-port.ts";
import { failure, whyOf } from "../../station/failure.ts";
import type { ForwardSettings } from "../../station/forward.ts";
import { words } from "../../station/phrases.ts";
import { stationAddress } from "../../transports/websocket/client.ts";
import type { HeldFrame } from "./contract.ts";

/** A held frame as the screens have it. */
export function toHeld({ row, way, action, frame, text, asked, data }: Passing): HeldFrame {
  const held = { seq: row.seq, at: row.at, way, action, text, exact: Buffer.from(text).equals(data) };
  if (frame?.type === "call" || frame?.type === "send") {
    return { ...held, kind: "question", summary: summarise(frame.action, frame.payload) };
  }
  if (frame?.type === "result") {
    const question = action ?? asked?.frame.action ?? null;
    return { ...held, kind: "answer", summary: summarise(question, frame.payload) };
  }
  return { ...held, kind: frame?.type === "error" ? "answer" : "other", summary: [] };
}

/** The address that is dialled for a station.
 * @throws FailureError `invalid-input` when the URL will not do */
export function addressOf(url: string, identity: string): string {
  try {
    return stationAddress(url, identity);
  } catch (error) {
    throw error instanceof FailureError ? error : failure("invalid-input", words("no-url", { url }));
  }
}

/** Settings without what does not belong to them.
 * @throws FailureError `invalid-input` when the certificates cannot be read */
export function tidySettings(input: ForwardSettings): ForwardSettings {
  const { on, url, credentials, user, ca, insecure, whenAway } = input;
  const settings: ForwardSettings = { on, url: url.trim(), credentials, insecure, whenAway };
  if (credentials === "own" && user !== undefined && user !== "") settings.user = user;
  const pem = ca?.trim();
  if (pem) settings.ca = checkPem(pem);
  return settings;
}

function checkPem(pem: string): string {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw failure("invalid-input", words("no-pem"));
  for (const block of blocks) {
    try {
      new X509Certificate(block);
    } catch (error) {
      throw failure("invalid-input", words("pem-unreadable", { problem: whyOf(error) }));
    }
  }
  return blocks.join("\n");
}
