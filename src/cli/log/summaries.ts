import { shownText } from "../../lib/shown-text.ts";
import type { Log } from "../../logs/log.ts";
import { summarise } from "../../logs/summary.ts";
import { bytesText } from "../../words/format.ts";
import { logWords } from "../../words/spoken.ts";
import { printJson, printText } from "../output.ts";
import type { LogOptions } from "./options.ts";
import type { PartWork } from "./part-work.ts";
import { openPart, readText } from "./reading.ts";
import { summaryLines, zoneText } from "./summary-text.ts";

/** Sums up each text of a file: as text, or as one object of JSON at the end. */
export function sumUp(log: Log, { json, tell, language, zone: asked }: LogOptions): PartWork {
  const parts: object[] = [];
  const words = logWords(language);
  return {
    async take(found) {
      const { part } = found;
      const opened = part.kind === "text" ? await openPart(found) : {};
      const read = await readText(part, opened, { asked, changedAt: log.changedAt });
      const summary = read && (await summarise(read.text, read.clockwork));
      const { problem = part.problem } = opened;
      if (json) {
        const { encoding, lineEnds } = read?.text.shape ?? {};
        const zone = read && { offset: zoneText(read.zone.minutes), by: read.zone.by };
        parts.push({ ...part, problem, encoding, lineEnds, zone, summary });
      } else {
        const size = part.size === undefined ? "" : `, ${bytesText(language, part.size)}`;
        const lines = summary
          ? summaryLines(summary, read.text.shape, read.zone, language)
          : [`  ${words.kinds[part.kind]}${size}`];
        const name = part.id === "0" ? part.name : `${part.name} (${part.id})`;
        printText(`${[name, ...lines].map((line) => shownText(tell(line))).join("\n")}\n`);
      }
      return { printed: 0, problem };
    },
    async end() {
      if (json) printJson({ name: log.name, size: log.size, parts }, tell);
    },
  };
}
