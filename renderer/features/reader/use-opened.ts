import { useCallback, useEffect, useState } from "react";
import type { FailureError } from "../../../src/lib/contract.ts";
import type { OpenedLog } from "../../../src/services/reader/contract.ts";
import { asFailure, useCore } from "../../core/core.tsx";

export type Opened =
  | { state: "loading" }
  | { state: "failed"; error: FailureError }
  | { state: "ready"; log: OpenedLog };

/** Opens a part of a file, and closes it when it is left. `again` opens it anew: one that nobody read for long is closed by the core. */
export function useOpened(file: number, part: string): { opened: Opened; again: () => void } {
  const client = useCore();
  const [opened, setOpened] = useState<Opened>({ state: "loading" });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = round >= 0;
    let log: number | null = null;
    client.call("reader.open", { file, part }).then(
      (found) => {
        log = found.log;
        if (current) setOpened({ state: "ready", log: found });
        else close();
      },
      (thrown: unknown) => current && setOpened({ state: "failed", error: asFailure(thrown) }),
    );
    // Nobody waits for it, and one that is closed already is as good.
    const close = () => void (log !== null && client.call("reader.close", { log }).catch(() => undefined));
    return () => {
      current = false;
      close();
    };
  }, [client, file, part, round]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  return { opened, again };
}
