/** One place in which two JSON values differ; absent where it has none there. `before` and `after` are JSON texts, short. */
export type Change = { path: string; before?: string; after?: string };

const mostChanges = 100;
const longestValue = 120;

/** Where two JSON values differ, place by place; what is equal is left out, and of very many the first hundred are told. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const found: Change[] = [];
  compare("", before, after, found);
  return found.slice(0, mostChanges);
}

/** The payload of an OCPP message (OCPP-J 4.2), to compare by; the whole where it is none. */
export function payloadOf(text: string): unknown {
  const value = read(text);
  if (!Array.isArray(value)) return value;
  if (value[0] === 2 || value[0] === 6) return value[3];
  if (value[0] === 3) return value[2];
  return value[0] === 4 || value[0] === 5 ? { code: value[2], description: value[3], details: value[4] } : value;
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function compare(path: string, before: unknown, after: unknown, found: Change[]): void {
  if (found.length > mostChanges) return;
  if (isParts(before) && isParts(after) && Array.isArray(before) === Array.isArray(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(`${path}/${key}`, ownOf(before, key), ownOf(after, key), found);
    }
    return;
  }
  const [then, now] = [shortText(before), shortText(after)];
  if (then === now && JSON.stringify(before) === JSON.stringify(after)) return;
  found.push({
    path: path || "/",
    ...(then !== undefined && { before: then }),
    ...(now !== undefined && { after: now }),
  });
}

function isParts(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function ownOf(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function shortText(value: unknown): string | undefined {
  const text = JSON.stringify(value);
  return text !== undefined && text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
