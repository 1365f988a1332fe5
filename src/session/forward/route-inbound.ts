import { answeredId, type Frame } from "../../ocpp/frame.ts";
import type { Peer, Verdict } from "../../ocpp/peer.ts";
import { type Finding, finding } from "../../station/findings.ts";
import { type AnswererOptions, judgeCall } from "../answering.ts";
import { claimedTime } from "../exchange.ts";
import type { FaultBook } from "../faults/fault-book.ts";
import type { ForwardRelay } from "./relay.ts";
import type { Inbound } from "./station-port.ts";

/** Forward mode: what answers a call of ours stays here, and so does a call that is answered with an error on purpose; everything else
 * goes up as it came.
 * @param extra findings about the text
 * @param keep what stays here, as the conversation understands it */
export function passOn<Note>(
  relay: ForwardRelay,
  peer: Peer<Note>,
  options: AnswererOptions & { faults: FaultBook },
  message: Omit<Inbound, "findings" | "frame"> & { frame: Frame },
  extra: readonly Finding[],
  keep: (verdict: Verdict<Note>) => void,
): void {
  const { frame, text } = message;
  if (frame.type === "call" || frame.type === "send") {
    const verdict = peer.accept(frame, text);
    const refused = frame.type === "call" && options.faults.onAnswer(options.entry.identity, frame.action)?.error;
    if (verdict.kind !== "call" || refused) return keep(verdict);
    const findings = [...verdict.findings, ...extra, ...judgeCall(options, frame)];
    const stationTime = claimedTime(frame.payload);
    return relay.fromStation({ ...message, findings, stationTime, again: verdict.repeat !== undefined });
  }
  const answers = answeredId(frame);
  if (answers === undefined || relay.awaits(answers)) {
    return relay.fromStation({ ...message, findings: [...frame.findings, ...extra] });
  }
  if (relay.awaitsAny && !peer.awaits(answers)) {
    // Under an id that nobody gave it goes up as it came: whose answer it is, is for the one above to say.
    const stray = finding("unsolicited-answer", "frame /1", answers);
    return relay.fromStation({ ...message, findings: [...frame.findings, stray, ...extra] });
  }
  const verdict = peer.accept(frame, text);
  const ours = verdict.kind === "answer" || verdict.findings.some(({ rule }) => rule === "late-answer");
  if (ours) keep(verdict);
  else relay.fromStation({ ...message, findings: [...verdict.findings, ...extra] });
}
