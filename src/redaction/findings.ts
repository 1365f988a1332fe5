import { mask } from "../lib/shown-text.ts";
import { mapTexts, type Spoken } from "../lib/words.ts";
import { redact, secretsIn } from "./redact.ts";

/** Shorter secrets stand in too many words to be looked for within a text; and so many of one frame are looked for. */
const shortest = 4;
const most = 32;

/** How the end of a text reads that was cut. */
const cutEnd = /…(?: \(\d+\))?$/;

/** A way to say of a frame what others may hear: each secret of the frame's is masked, where it is the whole text, its beginning (what
 * was said is cut) or a part of it. */
export function saidWithoutSecrets(frame: string): (said: Spoken) => Spoken {
  const secrets = secretsIn(frame);
  const whole = new Set(secrets);
  const parts = [...whole].filter((secret) => secret.length >= shortest).slice(0, most);
  parts.sort((a, b) => b.length - a.length);
  const beginnings = new Map<number, Set<string>>();

  function isSecret(text: string): boolean {
    if (whole.has(text)) return true;
    const length = text.search(cutEnd);
    if (length < 1) return false;
    let known = beginnings.get(length);
    if (!known) {
      known = new Set(secrets.map((secret) => secret.slice(0, length)));
      beginnings.set(length, known);
    }
    return known.has(text.slice(0, length));
  }
  function tell(text: string): string {
    if (isSecret(text) || isSecret(unquoted(text))) return mask;
    return parts.reduce((told, secret) => told.replaceAll(secret, mask), redact(text));
  }
  return (said) => mapTexts(said, tell);
}

/** Findings about a frame without its secrets. */
export function findingsWithoutSecrets<Found extends { said: Spoken }>(
  frame: string,
  findings: readonly Found[],
): Found[] {
  if (findings.length === 0) return [];
  const tell = saidWithoutSecrets(frame);
  return findings.map((finding) => ({ ...finding, said: tell(finding.said) }));
}

/** Some are told as JSON text. */
function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
