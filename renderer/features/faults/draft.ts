import { type Fault, type FaultKind, faultKinds } from "../../../src/station/faults.ts";

/** A fault as it is typed. */
export type FaultDraft = {
  kind: FaultKind;
  seconds: string;
  code: string;
  description: string;
  every: string;
  offset: string;
  actions: string;
  minutes: string;
};

export type FaultField = "seconds" | "code" | "every" | "offset" | "minutes";

export const emptyFault: FaultDraft = {
  kind: "delay",
  seconds: "5",
  code: "InternalError",
  description: "",
  every: "",
  offset: "-60",
  actions: "",
  minutes: "5",
};

/** What each number may be, in the unit it is typed in. */
export const faultRanges = {
  seconds: { min: 0.001, max: 600 },
  every: { min: 1, max: 86_400 },
  offset: { min: -5_000_000, max: 5_000_000 },
  minutes: { min: 0.1, max: 1440 },
} as const;

/** The CALLERROR codes that are offered; any other can be typed. */
export const errorCodes = [
  "InternalError",
  "GenericError",
  "NotImplemented",
  "NotSupported",
  "SecurityError",
  "ProtocolError",
  "FormationViolation",
  "FormatViolation",
  "PropertyConstraintViolation",
  "OccurenceConstraintViolation",
  "TypeConstraintViolation",
];

/** The kind of a name; the first where there is none. */
export function faultKind(name: string | null): FaultKind {
  return faultKinds.find((kind) => kind === name) ?? faultKinds[0];
}

/** Reads a draft; the fields that will not do, or the fault and how long it lasts.
 * @returns `seconds` is how long, for a single cut one second */
export function readFault(
  draft: FaultDraft,
): { problems: Partial<Record<FaultField, true>> } | { fault: Fault; seconds: number } {
  const problems: Partial<Record<FaultField, true>> = {};
  const number = (field: keyof typeof faultRanges): number => {
    const value = Number(draft[field].trim().replace(",", ".").replace("−", "-"));
    const { min, max } = faultRanges[field];
    if (draft[field].trim() === "" || Number.isNaN(value) || value < min || value > max) problems[field] = true;
    return value;
  };
  const fault = readKind(draft, number);
  if (fault.kind === "error" && fault.code === "") problems.code = true;
  const once = fault.kind === "drop" && fault.everySeconds === undefined;
  const seconds = once ? 1 : Math.max(1, Math.round(number("minutes") * 60));
  return Object.keys(problems).length > 0 ? { problems } : { fault, seconds };
}

function readKind(draft: FaultDraft, number: (field: keyof typeof faultRanges) => number): Fault {
  const actions = readActions(draft.actions);
  const some = actions.length > 0 ? { actions } : {};
  switch (draft.kind) {
    case "delay":
      return { kind: "delay", ms: Math.max(1, Math.round(number("seconds") * 1000)), ...some };
    case "silence":
      return { kind: "silence", ...some };
    case "error": {
      const description = draft.description.trim();
      return { kind: "error", code: draft.code.trim(), ...(description && { description }), ...some };
    }
    case "drop":
      return draft.every.trim() === ""
        ? { kind: "drop" }
        : { kind: "drop", everySeconds: Math.max(1, Math.round(number("every"))) };
    case "time":
      return { kind: "time", offsetSeconds: Math.round(number("offset") * 60) };
    case "refuse":
      return { kind: "refuse" };
  }
}

/** Names with commas between. */
export function readActions(text: string): string[] {
  return text
    .split(/[,\s]+/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
