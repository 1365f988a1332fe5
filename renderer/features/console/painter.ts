import { createTerminalFilter } from "../../../src/lib/terminal/terminal-text.ts";
import type { ConsoleEntry } from "../../../src/station/serial/console.ts";
import { timeText } from "../../../src/words/format.ts";
import { fromBase64 } from "./bytes.ts";

export const views = ["text", "stamps", "hex"] as const;
export type View = (typeof views)[number];

export type PainterOptions = {
  view: View;
  /** What was sent is shown too. */
  echo: boolean;
  /** What happened to the port, in words. */
  say: (entry: Extract<ConsoleEntry, { kind: "note" }>) => string;
};

const faint = "\x1b[2m";
const plain = "\x1b[0m";
const perRow = 16;

/** Makes the text that a terminal is given for what came on a console; what is not of ours in it went through the filter. */
export function createPainter({ view, echo, say }: PainterOptions): (entry: ConsoleEntry) => string {
  const came = { decoder: new TextDecoder(), filter: createTerminalFilter(true) };
  let fresh = true;
  // Many small devices end a line with CR alone; on a terminal each would be written over the one before.
  let feeds = false;

  function note(text: string): string {
    const begin = fresh ? "" : "\r\n";
    fresh = true;
    return `${begin}${faint}[${text}]${plain}\r\n`;
  }
  function stamped(text: string, at: number): string {
    let shown = "";
    for (const part of text.replace(/\r\n?/g, "\n").split(/(?<=\n)/)) {
      if (fresh && part !== "") shown += `${faint}${timeText(at, true)}${plain} `;
      shown += part.replace("\n", "\r\n");
      fresh = part.endsWith("\n");
    }
    return shown;
  }
  return (entry) => {
    if (entry.kind === "note") return note(say(entry));
    if (entry.kind !== "in" && entry.kind !== "out") return "";
    const bytes = fromBase64(entry.base64);
    if (view === "hex") return hexRows(bytes, entry.at, entry.kind === "in" ? "<" : ">");
    if (entry.kind === "out" && !echo) return "";
    const text =
      entry.kind === "in"
        ? came.filter.push(came.decoder.decode(bytes, { stream: true }))
        : createTerminalFilter(false).push(new TextDecoder().decode(bytes));
    if (view === "stamps") return stamped(text, entry.at);
    if (entry.kind === "in" && text.includes("\n")) feeds = true;
    const shown = entry.kind === "out" || !feeds ? text.replace(/\r(?!\n)/g, "\r\n") : text;
    if (shown !== "") fresh = shown.endsWith("\n");
    return shown;
  };
}

function hexRows(bytes: Uint8Array, at: number, arrow: string): string {
  let rows = "";
  for (let from = 0; from < bytes.length; from += perRow) {
    const row = [...bytes.subarray(from, from + perRow)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const letters = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    rows += `${faint}${timeText(at, true)}${plain} ${arrow} ${hex.padEnd(perRow * 3)} ${letters}\r\n`;
  }
  return rows;
}
