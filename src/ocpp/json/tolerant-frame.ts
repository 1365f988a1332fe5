import { type Finding, observed } from "../../station/findings.ts";
import { words } from "../../station/phrases.ts";
import { type Frame, readFrame } from "../frame.ts";
import { repairJson, type Slip } from "./repair-json.ts";

const mostTold = 10;

/** Text -> frame as a tolerant central system reads it: what is not quite JSON is read as it is meant, where it can only be meant in one
 * way, with a finding for each slip. Never throws. */
export function readTolerantly(text: string): Frame {
  const frame = readFrame(text);
  if (!isNoJson(frame)) return frame;
  const repaired = repairJson(text);
  const meant = repaired && readFrame(repaired.text);
  // What is no message after all is told as what it came as.
  if (!meant || meant.type === "unreadable") return frame;
  const slips = repaired.slips.slice(0, mostTold).map((slip) => slipFound(text, slip));
  return { ...meant, findings: [...slips, ...meant.findings] };
}

/** The text of a message on record as it was read when it came.
 * @param findings what it was found to break then: a repair is among them, where one was made */
export function asRead(text: string, findings: readonly Finding[]): string {
  return findings.some(({ rule }) => rule === "json-repaired") ? (repairJson(text)?.text ?? text) : text;
}

function isNoJson(frame: Frame): boolean {
  return frame.type === "unreadable" && frame.findings[0]?.rule === "not-json";
}

function slipFound(text: string, { kind, at, place }: Slip): Finding {
  const byte = Buffer.byteLength(text.slice(0, at));
  return observed("json-repaired", `frame ${place || "/"}`, words(`slip-${kind}`, { byte }));
}
