import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HeldFrame } from "../../../src/services/forward/contract.ts";
import { timeText } from "../../../src/words/format.ts";
import { useCall } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import { useRowWords } from "../messages/use-row-words.ts";
import classes from "./forward.module.css";

/** A frame that waits: let go on as it is or as changed by hand, or thrown away. */
export function HeldItem({ identity, frame }: { identity: string; frame: HeldFrame }) {
  const { t } = useTranslation();
  const words = useRowWords();
  const release = useCall("forward.release");
  const drop = useCall("forward.drop");
  const [text, setText] = useState<string | null>(null);
  const { seq, way, action, kind } = frame;
  const error = release.error ?? drop.error;
  const from = t(way === "up" ? "forward.hold.fromStation" : "forward.hold.fromAbove");
  const summary = words.summary(frame.summary);
  return (
    <li>
      <div className={classes.what}>
        <time>{timeText(frame.at, true)}</time>{" "}
        <strong>
          <Told text={action ?? t("forward.hold.other")} />
        </strong>{" "}
        {t(`forward.hold.${kind}`)} {from}
        {summary !== "" && `: ${summary}`}
      </div>
      {!frame.exact && <p className="muted">{t("forward.hold.inexact")}</p>}
      {text !== null && (
        <Textarea
          classNames={{ input: "mono" }}
          label={t("forward.hold.text")}
          autosize
          minRows={3}
          maxRows={16}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className={layout.row} data-gap="16">
        <Button
          disabled={release.busy || text === ""}
          onClick={() => void release.run({ identity, seq, ...(text !== null && { text }) })}
        >
          {t(text === null || text === frame.text ? "forward.hold.release" : "forward.hold.changed")}
        </Button>
        {text === null ? (
          <Button variant="default" onClick={() => setText(frame.text)}>
            {t("forward.hold.change")}
          </Button>
        ) : (
          <Button variant="default" onClick={() => setText(null)}>
            {t("common.cancel")}
          </Button>
        )}
        <Button variant="default" disabled={drop.busy} onClick={() => void drop.run({ identity, seq })}>
          {t("forward.hold.drop")}
        </Button>
      </div>
      {error && <Failure what={t("forward.hold.failed")} error={error} />}
    </li>
  );
}
