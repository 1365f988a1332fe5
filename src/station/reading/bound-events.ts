import { sketchJson } from "../../lib/json.ts";
import { cutText } from "../../lib/text.ts";
import { longestCertificate, longestSigned, longestText, mostEntries, mostEvents } from "../bounds.ts";
import type { EventBody } from "../events.ts";
import { type Finding, finding, observed } from "../findings.ts";
import type { Sample } from "../model.ts";
import { words } from "../phrases.ts";

/** Fields that are read as a whole, or kept as they were signed. */
const roomy: ReadonlyMap<string, number> = new Map([
  ["csr", longestCertificate],
  ["certificate", longestCertificate],
  ["chain", longestCertificate],
  ["signed", longestSigned],
]);
/** Deeper than any event of ours. */
const deepest = 8;

/** What one message's events hold, within bounds: long texts are cut, long lists shortened, and what no JSON can say is left out. The
 * message's own bytes keep all. Events that need nothing are handed back as they are.
 * @param action the message's, or the question's that it answers */
export function boundEvents(
  bodies: readonly EventBody[],
  action: string,
): { events: readonly EventBody[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const kept = bodies.length > mostEvents ? bodies.slice(0, mostEvents) : bodies;
  if (kept !== bodies) findings.push(shortened(action, "events", bodies.length, mostEvents));
  let samples = 0;

  function bound(value: unknown, name: string, limit: number, level: number): unknown {
    if (typeof value === "string") return value.length > limit ? boundText(value, name, limit) : value;
    if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
    if (typeof value === "bigint") return boundText(String(value), name, limit);
    if (typeof value !== "object" || value === null) return value;
    if (level > deepest) return boundText(sketchJson(value, limit), name, limit);
    return Array.isArray(value) ? boundList(value, name, limit, level) : boundFields(value, limit, level);
  }

  function boundText(text: string, name: string, limit: number): string {
    if (text.length <= limit) return text;
    findings.push(finding("text-cut", `${action} ${name}`, text, words("at-most-characters", { limit })));
    return cutText(text, limit);
  }

  function boundList(list: readonly unknown[], name: string, limit: number, level: number): readonly unknown[] {
    let most = mostEntries;
    if (name === "samples") {
      most = Math.max(0, mostEntries - samples);
      samples += list.length;
    } else if (list.length > most) findings.push(shortened(action, name, list.length, most));
    const short = list.length > most ? list.slice(0, most) : list;
    const isFit = name === "samples" ? isSmallSample : () => false;
    return mapChanged(short, (item) => (isFit(item) ? item : bound(item, name, limit, level + 1)));
  }

  function boundFields(value: object, limit: number, level: number): object {
    const fields = value as Record<string, unknown>;
    let changed: Record<string, unknown> | undefined;
    for (const name in fields) {
      const item = fields[name];
      if (typeof item === "string" && item.length <= longestText) continue;
      const next = bound(item, name, roomy.get(name) ?? limit, level + 1);
      if (next === item) continue;
      changed ??= { ...fields };
      changed[name] = next;
    }
    return changed ?? value;
  }

  const events = mapChanged(kept, (body) => boundFields(body, longestText, 0) as EventBody);
  if (samples > mostEntries) findings.push(shortened(action, "samples", samples, mostEntries));
  return { events, findings };
}

/** True for a sample as nearly all are, told by its fields and not by a walk through them: this runs for every value of a station. */
function isSmallSample(item: unknown): boolean {
  const { measurand, unit, value, said, saidUnit, phase, location, context, signed } = item as Sample;
  return (
    signed === undefined &&
    Number.isFinite(value) &&
    measurand.length + unit.length + said.length <= longestText &&
    lengthOf(saidUnit) + lengthOf(phase) + lengthOf(location) + lengthOf(context) <= longestText
  );
}

function lengthOf(text: string | undefined): number {
  return text === undefined ? 0 : text.length;
}

function shortened(action: string, name: string, count: number, limit: number): Finding {
  return observed("list-cut", `${action} ${name}`, String(count), words("at-most-entries", { limit }));
}

/** The list itself where no item changes. */
function mapChanged<Item>(list: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  let changed: Item[] | undefined;
  for (let at = 0; at < list.length; at++) {
    const item = list[at] as Item;
    const next = change(item);
    if (next === item) continue;
    changed ??= [...list];
    changed[at] = next;
  }
  return changed ?? list;
}
