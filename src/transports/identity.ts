/** The station's identity: the last segment of the path that is not empty, percent-decoded where it can be (OCPP-J 1.6
 * 3.1.1). The query is not part of it. Null when there is none. */
export function readIdentity(path: string): string | null {
  const [route = ""] = path.split(/[?#]/, 1);
  const segment = route
    .split("/")
    .filter((part) => part !== "")
    .at(-1);
  if (segment === undefined) return null;
  return decode(segment).trim().slice(0, 255) || null;
}

/** Percent-decoding that leaves what is malformed as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
