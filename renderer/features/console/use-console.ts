import { useCallback, useEffect, useRef, useState } from "react";
import type { FailureError } from "../../../src/lib/contract.ts";
import type { ConsoleEntry } from "../../../src/station/serial/console.ts";
import { asFailure, useCore } from "../../core/core.tsx";
import { toBase64 } from "./bytes.ts";

/** Who is told of what comes on a console. */
export type EntryListener = {
  /** All that is there; whatever was told before is among it, or too long ago. */
  all(entries: readonly ConsoleEntry[]): void;
  more(entries: readonly ConsoleEntry[]): void;
};

/** Follows the entries of a console without drawing anything anew for each. */
export function useEntries(port: string, listener: EntryListener): void {
  const client = useCore();
  const told = useRef(listener);
  told.current = listener;
  useEffect(() => {
    const watch = client.watch("console.live", { port }, (all, added) => {
      if (added) told.current.more(added);
      else told.current.all(all);
    });
    return () => watch.stop();
  }, [client, port]);
}

/** Sends what is typed, piece after piece in its order. */
export function useSend(port: string): { send(text: string): void; error: FailureError | null } {
  const client = useCore();
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const [error, setError] = useState<FailureError | null>(null);
  const send = useCallback(
    (text: string) => {
      if (text === "") return;
      const base64 = toBase64(new TextEncoder().encode(text));
      last.current = last.current
        .then(() => client.call("console.send", { port, base64 }))
        .then(
          () => setError(null),
          (thrown: unknown) => setError(asFailure(thrown)),
        );
    },
    [client, port],
  );
  return { send, error };
}
