import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import type { SettingsRepository } from "../../store/settings.ts";
import { defaultSettings, type Settings, settingsShape } from "./contract.ts";

/** Settings as they are now; what was never set, or is damaged, has its default. */
export type SettingsBook = {
  readonly values: Settings;
  readonly changed: Emitter<Settings>;
  change(values: Partial<Settings>): Settings;
  /** Whether tokens that are not listed are accepted. */
  readonly acceptAll: boolean;
  setAcceptAll(on: boolean): void;
};

/** Opens the settings. */
export function openSettings(repository: SettingsRepository, log: Logger): SettingsBook {
  const stored = repository.all();
  const changed = createEmitter<Settings>(log);
  let acceptAll = stored.acceptAll !== false;
  let values = defaultSettings;
  for (const [key, value] of Object.entries(stored)) {
    const parsed = settingsShape.partial().safeParse({ [key]: value });
    if (parsed.success) values = { ...values, ...parsed.data };
  }
  return {
    get values() {
      return values;
    },
    changed,
    change(next) {
      repository.set(next);
      values = { ...values, ...next };
      changed.emit(values);
      return values;
    },
    get acceptAll() {
      return acceptAll;
    },
    setAcceptAll(on) {
      repository.set({ acceptAll: on });
      acceptAll = on;
    },
  };
}
