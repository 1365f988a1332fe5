/** What a central system owes to a frame, told here anew, in the plainest way.
 * `answer`: exactly one CALLRESULT or CALLERROR with this id. `perhaps`: one CALLERROR at most. */
export type Due = { kind: "answer"; id: unknown; action: string } | { kind: "perhaps" } | { kind: "nothing" };

/** Deeper than any frame of OCPP; nothing is promised to what is deeper. */
const sureDepth = 24;
/** Longer than any id of OCPP; nothing is promised to what is longer but one answer. */
const sureIdLength = 200;

/** Says what is due to a text. */
export function dueTo(text: string): Due {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "perhaps" };
  }
  if (!Array.isArray(value) || depthOf(text) > sureDepth) return { kind: "perhaps" };
  const [type, id, action, payload] = value;
  if (type === 6 || type === "6") return { kind: "perhaps" };
  if (type !== 2 && type !== "2") return { kind: "perhaps" };
  // A number that a double does not hold to its last digit is no id that anybody must know again.
  const named = typeof id === "string" ? id !== "" && id.length <= sureIdLength : Number.isSafeInteger(id);
  if (!named || typeof action !== "string" || action === "") return { kind: "perhaps" };
  const readable = payload === null || payload === undefined || (typeof payload === "object" && !isFilled(payload));
  return readable ? { kind: "answer", id, action } : { kind: "perhaps" };
}

function isFilled(payload: unknown): boolean {
  return Array.isArray(payload) && payload.length > 0;
}

/** How deep lists and objects lie in each other. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (inText) {
      if (letter === "\\") at += 1;
      else if (letter === '"') inText = false;
    } else if (letter === '"') inText = true;
    else if (letter === "[" || letter === "{") deepest = Math.max(deepest, ++depth);
    else if (letter === "]" || letter === "}") depth -= 1;
  }
  return deepest;
}
