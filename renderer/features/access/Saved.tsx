import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallInput } from "../../../src/api/contract.ts";
import { useCall } from "../../core/core.tsx";
import { Failure } from "../../ui/parts.tsx";

type Change = Omit<CallInput<"access.change">, "identity">;

/** Changes what is asked of a station, and keeps the outcome for the line beside it. */
export function useChange(identity: string) {
  const change = useCall("access.change");
  const [saved, setSaved] = useState(false);
  async function save(part: Change): Promise<boolean> {
    setSaved(false);
    const done = (await change.run({ identity, ...part })) !== undefined;
    setSaved(done);
    return done;
  }
  return { save, saved, error: change.error };
}

/** What became of the last change. */
export function Saved({ of }: { of: ReturnType<typeof useChange> }) {
  const { t } = useTranslation();
  if (of.error) return <Failure what={t("access.changeFailed")} error={of.error} />;
  return <output className="muted small">{of.saved && t("access.door.saved")}</output>;
}
