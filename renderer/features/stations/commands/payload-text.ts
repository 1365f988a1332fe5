import { layOutJson } from "../../../ui/frames/json-text.ts";

/** The payload of a CALL as text that can be sent again, digit for digit: what stands between the action's comma and the closing bracket
 * (OCPP-J 4.2.1). Undefined for another text. */
export function payloadTextOf(text: string): string | undefined {
  const head = /^\s*\[\s*2\s*,\s*"(?:[^"\\]|\\.)*"\s*,\s*"(?:[^"\\]|\\.)*"\s*,/.exec(text)?.[0];
  const end = text.lastIndexOf("]");
  return head === undefined || end < head.length ? undefined : layOutJson(text.slice(head.length, end).trim());
}
