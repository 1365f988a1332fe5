import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WholeFrame } from "../../../src/services/messages/contract.ts";
import { useLoad } from "../../core/core.tsx";
import { Busy, Failure } from "../parts.tsx";
import classes from "../ui.module.css";
import { ChangeList } from "./ChangeList.tsx";
import { changesBetween, payloadOf } from "./changes.ts";

/** What is different in a frame from the one before it that is of the same kind; looked up when it is unfolded.
 * @param unfolded from the beginning */
export function Changed({ frame, unfolded = false }: { frame: WholeFrame; unfolded?: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(unfolded);
  const previous = useLoad("messages.previous", open ? { seq: frame.seq } : null);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.summary}>{t("common.frame.changed")}</summary>
      {open && previous.state === "loading" && <Busy what={t("common.frame.loading")} />}
      {previous.state === "failed" && <Failure what={t("common.frame.failed")} error={previous.error} />}
      {previous.state === "ready" &&
        (previous.value ? (
          <>
            <p className="small muted">{t("common.frame.since", { seq: String(previous.value.seq) })}</p>
            <ChangeList of={changesBetween(payloadOf(textOf(previous.value)), payloadOf(textOf(frame)))} />
          </>
        ) : (
          <p className="muted">{t("common.frame.noPrevious")}</p>
        ))}
    </details>
  );
}

/** Secrets stay veiled here. */
function textOf({ masked, text }: WholeFrame): string {
  return masked ?? text;
}
