import type { Handlers } from "../../lib/contract.ts";
import { createEmitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import { mostSavedCalls } from "../../station/bounds.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { SavedCallsRepository } from "../../store/kept/saved-calls.ts";
import type { callsContract, SavedCall } from "./contract.ts";

/** Handlers of the saved calls. */
export function callsHandlers(repository: SavedCallsRepository, log: Logger): Handlers<typeof callsContract> {
  const changed = createEmitter<{ name: string; row: SavedCall | null }>(log);
  return {
    "calls.list": (_input, push) => {
      const listening = changed.on(({ name, row }) => push({ key: name, row: row && (() => row) }));
      return { snapshot: repository.all(), close: () => void listening.dispose() };
    },
    "calls.save": (row) => {
      const known = repository.all();
      if (known.length >= mostSavedCalls && !known.some(({ name }) => name === row.name)) {
        throw failure("conflict", words("too-many-saved-calls", { count: mostSavedCalls }));
      }
      repository.save(row);
      changed.emit({ name: row.name, row });
      return row;
    },
    "calls.remove": ({ name }) => {
      repository.remove(name);
      changed.emit({ name, row: null });
      return null;
    },
  };
}
