import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureError } from "../../../src/lib/contract.ts";
import { useCore } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";

/** Sends files up, one after the other. How far each has come shows in the list. */
export function useUpload(station: string): {
  busy: boolean;
  failed: string | null;
  send(files: File[]): Promise<void>;
} {
  const { t } = useTranslation();
  const say = useSpoken();
  const core = useCore();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);

  async function send(files: File[]): Promise<void> {
    if (files.length === 0) return;
    setBusy(true);
    setFailed(null);
    for (const file of files) {
      const why = await sendOne(file).catch((error: unknown) =>
        error instanceof FailureError ? say(error.words ?? error.message) : t("files.broken"),
      );
      if (why !== null) setFailed(t("files.notKept", { name: file.name, why }));
    }
    setBusy(false);
  }

  /** Why it was not kept; null where it was. */
  async function sendOne(file: File): Promise<string | null> {
    const { path } = await core.call("files.upload", { station, name: file.name });
    const answer = await fetch(path, { method: "PUT", body: file });
    return answer.ok ? null : (await answer.text()).trim();
  }

  return { busy, failed, send };
}
