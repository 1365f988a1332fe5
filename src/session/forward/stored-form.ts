import { isUtf8 } from "node:buffer";
import type { Frame } from "../../ocpp/frame.ts";
import { withTimeOff } from "../../ocpp/times/time-off.ts";
import type { AnswerFault } from "../../station/faults.ts";
import type { FrameMark } from "../../station/marks.ts";

/** The action that a frame names; null for an answer. */
export function actionOf(frame: Frame): string | null {
  return frame.type === "call" || frame.type === "send" ? frame.action : null;
}

/** A message as the record holds it: text where it is text, else its bytes. */
export function storedForm(data: Uint8Array, binary: boolean, text: string): string | Uint8Array {
  return binary || !isUtf8(data) ? data : text;
}

/** What faults on purpose do to an answer that passes: its marks, and its text where that is changed. */
export function twist(fault: AnswerFault, text: string): { marks: FrameMark[]; moved: string | null } {
  const moved = fault.offsetMs === 0 ? text : withTimeOff(text, fault.offsetMs);
  const marks: FrameMark[] = fault.delayMs > 0 ? ["delayed"] : [];
  if (moved !== text) marks.push("wrong-time");
  return { marks, moved: moved === text ? null : moved };
}
