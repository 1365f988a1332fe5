import type { Disposable } from "./disposable.ts";
import type { Logger } from "./logger.ts";

/** Broadcasts what has happened. A listener that throws is the listener's bug and does not stop the others. */
export type Emitter<T> = {
  emit(value: T): void;
  on(listener: (value: T) => void): Disposable;
  readonly size: number;
};

/** Makes an emitter.
 * @param log told of whatever a listener throws; nothing goes past `emit` */
export function createEmitter<T>(log: Pick<Logger, "bug">): Emitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    emit(value) {
      for (const listener of listeners) {
        try {
          listener(value);
        } catch (error) {
          log.bug("a listener failed", { error });
        }
      }
    },
    on(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    get size() {
      return listeners.size;
    },
  };
}
