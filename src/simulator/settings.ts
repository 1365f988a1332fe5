/** One thing that can be configured: a configuration key in 1.6, a variable in 2.x. */
export type Setting = {
  value: string;
  /** Waits for the next restart. */
  next?: string;
  kind: "boolean" | "integer" | "decimal" | "string" | "list" | "choice" | "time";
  access: "read" | "write" | "both";
  min?: number;
  max?: number;
  /** For lists and choices. */
  allowed?: readonly string[];
  /** A change takes effect at the next restart only. */
  reboot?: boolean;
  /** Told of a value that took effect. */
  changed?: (value: string) => void;
  /** Read instead of `value`, for what changes by itself. */
  read?: () => string;
  /** A rule beyond kind and range; says what is wrong, or null. */
  check?: (value: string) => string | null;
};

export type SetResult = { result: "accepted" | "reboot" } | { result: "rejected"; why: string };

/** What a setting reads now. */
export function readSetting(setting: Setting): string {
  return setting.read?.() ?? setting.value;
}

/** Sets a value, at once or for the next restart, or says why not. */
export function writeSetting(setting: Setting, raw: string): SetResult {
  const why = setting.access === "read" ? "it is read-only" : refusal(setting, raw);
  if (why) return { result: "rejected", why };
  const value = setting.kind === "boolean" ? raw.toLowerCase() : setting.kind === "list" ? tidyList(raw) : raw;
  if (setting.reboot) {
    setting.next = value;
    return { result: "reboot" };
  }
  setting.value = value;
  setting.changed?.(value);
  return { result: "accepted" };
}

/** At a restart what waited takes effect. */
export function applyAfterRestart(settings: Iterable<Setting>): void {
  for (const setting of settings) {
    if (setting.next === undefined) continue;
    setting.value = setting.next;
    setting.next = undefined;
    setting.changed?.(setting.value);
  }
}

export function listOf(value: string): string[] {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function tidyList(value: string): string {
  return listOf(value).join(",");
}

function refusal(setting: Setting, value: string): string | null {
  return wrongKind(setting, value) ?? setting.check?.(value) ?? null;
}

function wrongKind(setting: Setting, value: string): string | null {
  switch (setting.kind) {
    case "boolean":
      return /^(true|false)$/i.test(value) ? null : "it takes true or false";
    case "integer":
    case "decimal": {
      const shape = setting.kind === "integer" ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/;
      if (!shape.test(value)) return setting.kind === "integer" ? "it takes a whole number" : "it takes a number";
      const number = Number(value);
      if (setting.min !== undefined && number < setting.min) return `it takes ${setting.min} or more`;
      if (setting.max !== undefined && number > setting.max) return `it takes at most ${setting.max}`;
      return null;
    }
    case "list": {
      const unknown = listOf(value).find((item) => setting.allowed && !setting.allowed.includes(item));
      return unknown === undefined ? null : `${unknown} is not among its choices`;
    }
    case "choice":
      return setting.allowed?.includes(value) ? null : `${value} is not among its choices`;
    case "time":
      return Number.isNaN(Date.parse(value)) ? "it takes a time" : null;
    case "string":
      return value.length > (setting.max ?? 1000) ? `it takes at most ${setting.max ?? 1000} characters` : null;
  }
}
