const variable = /\{\{\s*(\w{1,50})\s*\}\}/g;

/** The variables of a payload, each once, in their order. */
export function variablesOf(payload: string): string[] {
  return [...new Set([...payload.matchAll(variable)].map(([, found = ""]) => found))];
}

/** A payload with its variables filled in; within quotes a value stays one text, whatever is in it. One without a value stays. */
export function fillIn(payload: string, values: Readonly<Record<string, string>>): string {
  return payload.replace(variable, (whole, found: string) => {
    const value = Object.hasOwn(values, found) ? values[found] : undefined;
    return value === undefined ? whole : JSON.stringify(value).slice(1, -1);
  });
}
