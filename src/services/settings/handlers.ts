import type { Handlers } from "../../lib/contract.ts";
import type { settingsContract } from "./contract.ts";
import type { SettingsBook } from "./logic.ts";

/** Handlers of the settings service. */
export function settingsHandlers(settings: SettingsBook): Handlers<typeof settingsContract> {
  return {
    "settings.values": (_input, push) => {
      const listening = settings.changed.on(push);
      return { snapshot: settings.values, close: () => void listening.dispose() };
    },
    "settings.change": (input) => settings.change(input),
  };
}
