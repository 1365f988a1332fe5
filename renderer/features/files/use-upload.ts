import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Failure, FailureError } from "../../../src/lib/contract.ts";
import { useCore } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";

export type Upload = {
  busy: boolean;
  /** What was not kept, and why. */
  failed: string | null;
  /** Sends files up, one after the other. How far each has come shows in the list. */
  send(files: File[]): Promise<void>;
  /** Breaks off: what has come of the file on its way is kept in part, those after it are not sent. */
  cancel(): void;
};

/** Sends files up to a station. */
export function useUpload(station: string): Upload {
  const { t } = useTranslation();
  const say = useSpoken();
  const core = useCore();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const underWay = useRef<AbortController | null>(null);

  async function send(files: File[]): Promise<void> {
    if (files.length === 0) return;
    const breaking = new AbortController();
    underWay.current = breaking;
    setBusy(true);
    setFailed(null);
    for (const file of files) {
      const why = await sendOne(file, breaking.signal).catch((error: unknown) =>
        error instanceof FailureError ? error : t("files.broken"),
      );
      if (breaking.signal.aborted) break;
      if (why !== null)
        setFailed(
          t("files.notKept", { name: file.name, why: typeof why === "string" ? why : say(why.words ?? why.message) }),
        );
    }
    setBusy(false);
  }

  /** Why it was not kept; null where it was. */
  async function sendOne(file: File, signal: AbortSignal): Promise<Failure | null> {
    const { path } = await core.call("files.upload", { station, name: file.name });
    const answer = await fetch(path, { method: "PUT", body: file, signal });
    return answer.ok ? null : ((await answer.json()) as Failure);
  }

  return { busy, failed, send, cancel: () => underWay.current?.abort() };
}
