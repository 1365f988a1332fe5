/** Strings of a language by their place, e.g. `common.screens.history`. */
export function flatten(catalogue: object, at = ""): Map<string, unknown> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) => {
      const place = at === "" ? key : `${at}.${key}`;
      return typeof value === "object" && value !== null ? [...flatten(value, place)] : [[place, value] as const];
    }),
  );
}

/** What one of two languages lacks: a string, its text, or a hole to fill in. */
export function differences(first: object, second: object): string[] {
  const [a, b] = [flatten(first), flatten(second)];
  return [...new Set([...a.keys(), ...b.keys()])].sort().flatMap((place) => {
    const [here, there] = [a.get(place), b.get(place)];
    if (here === undefined || there === undefined) return [`${place} is missing in one language`];
    if (here === "" || there === "") return [`${place} is empty`];
    return holes(here) === holes(there) ? [] : [`${place} has other holes to fill in`];
  });
}

function holes(text: unknown): string {
  return [...String(text).matchAll(/\{\{\s*(\w+)/g)]
    .map(([, name]) => name)
    .sort()
    .join();
}
