import type { Disposable } from "./disposable.ts";

/** Broadcasts what has happened. A listener that throws is the listener's bug and does not stop the others. */
export type Emitter<T> = {
  emit(value: T): void;
  on(listener: (value: T) => void): Disposable;
  readonly size: number;
};

/** Makes an emitter.
 * @param onError told of whatever a listener throws */
export function createEmitter<T>(onError: (error: unknown) => void = reportLater): Emitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    emit(value) {
      for (const listener of listeners) {
        try {
          listener(value);
        } catch (error) {
          onError(error);
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

function reportLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
