import { useState } from "react";
import type { Settings } from "../../../src/services/settings/contract.ts";
import { useCall } from "../../core/core.tsx";

/** Saves one setting at once and keeps the outcome, for the line beside it. */
export function useSaving() {
  const change = useCall("settings.change");
  const [savedAt, setSavedAt] = useState<number | null>(null);
  async function save(part: Partial<Settings>): Promise<void> {
    if (await change.run(part)) setSavedAt(Date.now());
  }
  function forget(): void {
    setSavedAt(null);
    change.reset();
  }
  return { save, forget, busy: change.busy, error: change.error, savedAt };
}

export type Saving = ReturnType<typeof useSaving>;
