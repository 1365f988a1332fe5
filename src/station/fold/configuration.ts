import { mostConfigured } from "../bounds.ts";
import type { ConfigurationReported, ReportedVariable, StationEvent, VariablesReported } from "../events.ts";

/** One value that a station is set up with: a key of 1.6, or an attribute of a variable of 2.x with its place. */
export type ConfiguredValue = Omit<ReportedVariable, "component" | "variable" | "attribute"> & {
  /** 2.x. */
  component?: string;
  /** 1.6 the key, 2.x the variable. */
  name: string;
  /** 2.x; left out where it is Actual. */
  attribute?: string;
  /** When it was told, our clock, and in which frame. */
  at: number;
  frame: number;
};

/** What a station has told of how it is set up, as far as it was asked; secrets stay in the frames. */
export type Configuration = {
  /** In order of their places and names. */
  values: ConfiguredValue[];
  /** Keys that were asked for and are not known to it (1.6 6.24). */
  unknown: string[];
  /** How many more it told, beyond what is kept. */
  beyond: number;
};

/** Events that tell of it. */
export const configurationKinds = ["configuration", "variables"] as const;

/** A component with its instance and its place: "Connector, EVSE 1, connector 2" is `Connector 1:2`. */
export function placeOf({ component = "", componentInstance, evse, connector }: ConfiguredValue): string {
  const at = [evse, connector].filter((part) => part !== undefined).join(":");
  return [component, componentInstance, at].filter(Boolean).join(" ");
}

/** A variable with its instance and, where it is not the actual value, its attribute. */
export function nameOf({ name, instance, attribute }: ConfiguredValue): string {
  return [name, instance && `[${instance}]`, attribute && `(${attribute})`].filter(Boolean).join(" ");
}

/** Gathers what a station tells, value by value: the last word on each counts. */
export class ConfigurationBook {
  readonly #values = new Map<string, ConfiguredValue>();
  readonly #unknown = new Set<string>();
  readonly #beyond = new Set<string>();

  /** Takes note of an event, if it tells of the configuration.
   * @returns whether it does */
  take(event: StationEvent): boolean {
    if (event.kind === "configuration") this.#takeKeys(event);
    else if (event.kind === "variables") this.#takeVariables(event);
    else return false;
    return true;
  }

  /** All of it as it is now. */
  get(): Configuration {
    const values = [...this.#values.values()].sort(inOrder);
    return { values, unknown: [...this.#unknown].sort(byText), beyond: this.#beyond.size };
  }

  #takeKeys({ keys, unknown, at, seq: frame }: ConfigurationReported & Stamp): void {
    for (const { key: name, readonly, value } of keys) {
      this.#unknown.delete(name);
      this.#put({ name, value, mutability: readonly ? "ReadOnly" : "ReadWrite", at, frame });
    }
    for (const name of unknown.slice(0, mostConfigured)) {
      this.#values.delete(keyOf({ name }));
      this.#unknown.add(name);
    }
  }

  #takeVariables({ variables, at, seq: frame }: VariablesReported & Stamp): void {
    for (const { variable: name, attribute, ...told } of variables) {
      this.#put({ ...told, name, ...(attribute !== "Actual" && { attribute }), at, frame });
    }
  }

  /** A value that is asked for alone (2.x GetVariables) comes without what a report tells of it. */
  #put(value: ConfiguredValue): void {
    const key = keyOf(value);
    const before = this.#values.get(key);
    if (before) {
      const { unit = before.unit, dataType = before.dataType, mutability = before.mutability } = value;
      this.#values.set(key, { ...value, unit, dataType, mutability });
    } else if (this.#values.size < mostConfigured) this.#values.set(key, value);
    else if (this.#beyond.size < mostConfigured) this.#beyond.add(key);
  }
}

type Stamp = { at: number; seq: number };
type Place = Partial<ConfiguredValue> & { name: string };

function keyOf({ component, componentInstance, evse, connector, name, instance, attribute }: Place): string {
  return JSON.stringify([component, componentInstance, evse, connector, name, instance, attribute]);
}

function inOrder(a: ConfiguredValue, b: ConfiguredValue): number {
  return (
    byText(a.component, b.component) ||
    byText(a.componentInstance, b.componentInstance) ||
    (a.evse ?? -1) - (b.evse ?? -1) ||
    (a.connector ?? -1) - (b.connector ?? -1) ||
    byText(a.name, b.name) ||
    byText(a.instance, b.instance) ||
    byText(a.attribute, b.attribute)
  );
}

/** Made when the first two are compared: it takes 5 ms, which no start should wait for. */
let collator: Intl.Collator | undefined;

function byText(a = "", b = ""): number {
  collator ??= new Intl.Collator("en", { numeric: true });
  return collator.compare(a, b);
}
