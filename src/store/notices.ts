import { createEmitter, type Emitter } from "../lib/emitter.ts";
import type { Logger } from "../lib/logger.ts";
import type { Words } from "../lib/words.ts";
import type { SettingsRepository } from "./settings.ts";

/** Something that befell the record or the keys and that a person must know of. It stands until somebody has seen it. */
export type Notice = { id: number; at: number; words: Words };

export type Notices = {
  list(): readonly Notice[];
  /** Tells it, unless the same stands already. Never throws: where it cannot be kept it stands until the end of the process. */
  add(words: Words, at: number): void;
  /** Somebody has seen it. */
  remove(id: number): void;
  readonly changed: Emitter<readonly Notice[]>;
};

const name = "notices";
/** More than anybody reads; the oldest go. */
const mostNotices = 20;

/** Opens the notices, which are kept among the settings. */
export function openNotices(settings: SettingsRepository, log: Logger): Notices {
  const stored = settings.all()[name];
  let notices: readonly Notice[] = Array.isArray(stored) ? stored.filter(isNotice) : [];
  const changed = createEmitter<readonly Notice[]>(log);
  function become(next: readonly Notice[]): void {
    notices = next;
    try {
      settings.set({ [name]: notices });
    } catch (error) {
      log.error("a notice could not be kept", { error });
    }
    changed.emit(notices);
  }
  return {
    list: () => notices,
    add(words, at) {
      const text = JSON.stringify(words);
      if (notices.some((notice) => JSON.stringify(notice.words) === text)) return;
      const id = Math.max(0, ...notices.map((notice) => notice.id)) + 1;
      become([...notices, { id, at, words }].slice(-mostNotices));
    },
    remove(id) {
      const next = notices.filter((notice) => notice.id !== id);
      if (next.length < notices.length) become(next);
    },
    changed,
  };
}

function isNotice(value: unknown): value is Notice {
  if (typeof value !== "object" || value === null) return false;
  const { id, at, words } = value as Partial<Notice>;
  return typeof id === "number" && typeof at === "number" && typeof words?.phrase === "string";
}
