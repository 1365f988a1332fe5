import { longestLine } from "../../logs/lines/shape.ts";
import type { LogText } from "../../logs/lines/text.ts";
import { readLines } from "../../logs/lines/text.ts";
import { openLog } from "../../logs/log.ts";
import { Redaction, type Replacement, replacedKinds } from "../../redaction/document.ts";
import { mostRedacted } from "../../station/bounds.ts";
import { failure } from "../../station/failure.ts";
import type { RedactionPreview } from "../../station/onward/outbox.ts";
import { words } from "../../station/phrases.ts";

export type Redactable = {
  path: string;
  name: string;
  known: string[];
  nameOf: (kind: string, value: string) => string;
};

const linesAtOnce = 500;
const mostSamples = 200;

/** The text of a file as others may see it: that of an archive part by part, each under its name; what is no text is left out. Lines end
 * in a line feed, letters are UTF-8.
 * @throws FailureError invalid-input where nothing in it is text, or it is too large */
export async function* redacted(file: Redactable, told: RedactionPreview, signal: AbortSignal): AsyncGenerator<Buffer> {
  const known = file.known.map((value): [string, "serial"] => [value, "serial"]);
  const redaction = new Redaction(file.nameOf, replacedKinds, known);
  let bytes = 0;
  for await (const { text } of textsOf(file, signal)) {
    bytes += text.source.size;
    if (bytes > mostRedacted)
      throw failure("invalid-input", words("redaction-too-large", { name: file.name, most: mostRedacted }));
    for await (const lines of linesOf(text, signal)) for (const line of lines) redaction.learn(line.text);
  }
  for await (const { text, part, alone } of textsOf(file, signal, told)) {
    if (!alone) yield Buffer.from(`${told.parts === 0 ? "" : "\n"}=== ${redaction.tell(part, () => undefined)} ===\n`);
    told.parts += 1;
    for await (const lines of linesOf(text, signal)) {
      const out = lines.map(({ number, text: line }) => redaction.tell(line, (one) => note(told, one, part, number)));
      yield Buffer.from(`${out.join("\n")}\n`);
    }
  }
  if (told.parts === 0) throw failure("invalid-input", words("redaction-no-text", { name: file.name }));
}

function note(told: RedactionPreview, { kind, before, after }: Replacement, part: string, line: number): void {
  told.counts[kind] += 1;
  if (told.samples.length >= mostSamples || told.samples.some((one) => one.after === after)) return;
  // The screen needs no secret to show that one is gone.
  const shown = kind === "secret" ? { length: before.length } : { before };
  told.samples.push({ kind, ...shown, after, part, line });
}

/** Nothing replaced yet. */
export function emptyPreview(): RedactionPreview {
  return { counts: { secret: 0, card: 0, serial: 0, address: 0 }, samples: [], parts: 0, leftOut: [] };
}

type Text = { text: LogText; part: string; alone: boolean };

async function* textsOf(
  { path, name }: Redactable,
  signal: AbortSignal,
  told?: RedactionPreview,
): AsyncGenerator<Text> {
  const log = await openLog(path, { name });
  try {
    for await (const { part, open } of log.parts(signal)) {
      const opened = part.kind === "text" ? await open({ signal }) : null;
      if (!opened?.text || opened.problem) told?.leftOut.push(part.name);
      if (opened?.text) yield { text: opened.text, part: part.name, alone: part.id === "0" };
    }
  } finally {
    await log.close();
  }
}

async function* linesOf(text: LogText, signal: AbortSignal) {
  for (let next = 1; next <= text.index.count; ) {
    signal.throwIfAborted();
    const lines = await readLines(text, next, linesAtOnce, longestLine);
    if (lines.length === 0) return;
    next += lines.length;
    yield lines;
  }
}
