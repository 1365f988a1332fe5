import { type Settings, settingsShape } from "../../../src/services/settings/contract.ts";

/** The settings that are numbers. */
export const numberSettings = ["pingSeconds", "heartbeatSeconds", "answerSeconds", "frameLimit", "port"] as const;
export type NumberSetting = (typeof numberSettings)[number];

/** One shown unit in the setting's own: a frame limit is kept in bytes and shown in KiB. */
const scales: Record<NumberSetting, number> = {
  port: 1,
  pingSeconds: 1,
  heartbeatSeconds: 1,
  answerSeconds: 1,
  frameLimit: 1024,
};

/** What a number setting may be, as shown. The contract alone says it. */
export function rangeOf(setting: NumberSetting): { min: number; max: number } {
  const shape = settingsShape.shape[setting];
  return { min: (shape.minValue ?? 0) / scales[setting], max: (shape.maxValue ?? 0) / scales[setting] };
}

/** The value as shown. */
export function shownValue(setting: NumberSetting, values: Settings): number {
  return values[setting] / scales[setting];
}

/** Reads what was typed; null when it is no number that the setting takes. */
export function readNumber(setting: NumberSetting, typed: string | number): number | null {
  const text = String(typed).trim().replace(/\s/g, "").replace(",", ".");
  if (!/^\d+(?:\.\d+)?$/.test(text)) return null;
  const value = Number(text) * scales[setting];
  const whole = scales[setting] === 1 ? value : Math.round(value);
  return settingsShape.shape[setting].safeParse(whole).success ? whole : null;
}

/** Keys of `settings.warnings`: what a value does that one may not expect. */
export type SettingWarning =
  | "pingOff"
  | "pingLong"
  | "bootPending"
  | "bootRejected"
  | "answerShort"
  | "frameLimitSmall";

/** The words of warning that the values deserve, by setting. */
export function warningsOf(values: Settings): Partial<Record<keyof Settings, SettingWarning>> {
  const warnings: Partial<Record<keyof Settings, SettingWarning>> = {};
  if (values.pingSeconds === 0) warnings.pingSeconds = "pingOff";
  else if (values.pingSeconds > 240) warnings.pingSeconds = "pingLong";
  if (values.answerSeconds < 10) warnings.answerSeconds = "answerShort";
  if (values.frameLimit < 64 * 1024) warnings.frameLimit = "frameLimitSmall";
  if (values.bootStatus === "Pending") warnings.bootStatus = "bootPending";
  if (values.bootStatus === "Rejected") warnings.bootStatus = "bootRejected";
  return warnings;
}
