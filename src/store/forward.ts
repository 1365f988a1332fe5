import type { ForwardSettings } from "../station/forward.ts";
import type { SettingsRepository } from "./settings.ts";

const prefix = "forward:";

/** How stations are forwarded, kept among the settings; passwords are not among them. */
export function openForwardStore(settings: SettingsRepository): {
  all(): Map<string, ForwardSettings>;
  save(identity: string, settings: ForwardSettings): void;
} {
  return {
    all() {
      const found = Object.entries(settings.all()).filter(([name]) => name.startsWith(prefix));
      return new Map(found.map(([name, value]) => [name.slice(prefix.length), value as ForwardSettings]));
    },
    save: (identity, value) => settings.set({ [`${prefix}${identity}`]: value }),
  };
}
