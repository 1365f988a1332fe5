import { readFrame, readHead } from "../../ocpp/frame.ts";
import type { FrameInLine } from "../model.ts";
import { endOfList, plainOf } from "./written.ts";

/** How a message may be written in a line: as it is, within a text of JSON, with signs of HTML, in hex. */
const beginning =
  /\[\s{0,4}"?[2-6]"?\s{0,4},\s{0,4}(?:\\{0,7}"|&quot;|-?\d{1,20}\s{0,4},)|5[bB] ?3[2-6] ?2[cC] ?(?:20 ?)?22/g;

/** So many in one line are looked for, and so many beginnings at which none stands are tried: each costs a look at the rest of the line. */
const most = 8;
const mostTried = 16;

/** The messages of OCPP in a line, in their order. Never throws. */
export function framesIn(line: string): FrameInLine[] {
  const found: FrameInLine[] = [];
  let tried = 0;
  beginning.lastIndex = 0;
  for (let match = beginning.exec(line); match && found.length < most; match = beginning.exec(line)) {
    if (++tried > most + mostTried) break;
    const begin = match.index;
    const written = plainOf(line.slice(begin), match[0]);
    const length = written && endOfList(written.text);
    if (!written || !length) continue;
    const text = written.text.slice(0, length);
    const told = tell(text);
    if (!told) continue;
    const end = begin + written.lengthOf(length);
    found.push({ begin, end, text, ...told });
    beginning.lastIndex = end;
  }
  return found;
}

/** What a message is; undefined for a list that only begins as one. */
function tell(text: string): Pick<FrameInLine, "type" | "id" | "action"> | undefined {
  const frame = readFrame(text);
  if (frame.type !== "unreadable") {
    const { type, id } = frame;
    return { type, id, ...("action" in frame && { action: frame.action }) };
  }
  // Many logs cut long lines: who asked for what is still told.
  const { type, id, action } = readHead(text);
  if (id === undefined || (action === undefined && type === 2)) return undefined;
  return { type: "unreadable", id: String(id), ...(action !== undefined && { action }) };
}
