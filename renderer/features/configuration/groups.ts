import { type ConfiguredValue, nameOf, placeOf } from "../../../src/station/fold/configuration.ts";

/** Values of one place: a component of 2.x, or all keys of 1.6. */
export type ConfigurationGroup = {
  /** Empty in 1.6. */
  place: string;
  values: ConfiguredValue[];
};

/** The values that hold the words of a text, by their place and in their order. */
export function groupsOf(values: readonly ConfiguredValue[], text: string): ConfigurationGroup[] {
  const words = text.toLowerCase().split(/\s+/);
  const groups = new Map<string, ConfigurationGroup>();
  for (const value of values) {
    const place = placeOf(value);
    const whole = `${place} ${nameOf(value)} ${value.value ?? ""}`.toLowerCase();
    if (!words.every((word) => whole.includes(word))) continue;
    const group = groups.get(place);
    if (group) group.values.push(value);
    else groups.set(place, { place, values: [value] });
  }
  return [...groups.values()];
}
