import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { OutboxEntry } from "../../../src/station/onward/outbox.ts";
import { bytesText } from "../../../src/words/format.ts";
import { useCall } from "../../core/core.tsx";
import { useLanguage, useSpoken } from "../../i18n/index.ts";
import layout from "../../ui/layout.module.css";
import { Failure, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";

/** How it stands with a file on its way: what it waits for and when it is tried next, or where it lies and how that is known. */
export function EntryState({ entry, bytes }: { entry: OutboxEntry; bytes: number | undefined }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const language = useLanguage();
  const { state, why, nextAt, done, sentAt, place, proof } = entry;
  const onItsWay = state === "waiting" && done !== undefined;
  return (
    <div>
      <p>
        {onItsWay
          ? bytes === undefined
            ? t("outbox.states.sendingBegun")
            : t("outbox.states.sending", { done: bytesText(language, done), bytes: bytesText(language, bytes) })
          : t(`outbox.states.${state}`)}
        {state === "waiting" && !onItsWay && nextAt !== undefined && why && (
          <>
            , {t("outbox.next", { time: "" })}
            <Time at={nextAt} />
          </>
        )}
        {sentAt !== undefined && (
          <>
            {" "}
            <Time at={sentAt} />
          </>
        )}
        {proof && `, ${t(`outbox.proof.${proof}`)}`}
      </p>
      {why && <p className="small">{say(why)}</p>}
      {place && (
        <p className="muted small">
          <Told text={place} />
        </p>
      )}
    </div>
  );
}

/** What can be done with a file in the outbox. */
export function EntryActions({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const again = useCall("outbox.add");
  const remove = useCall("outbox.remove");
  const { id, file, destination, state } = entry;
  return (
    <div>
      <div className={layout.row} data-wrap="no">
        {state !== "sent" && (
          <Button variant="default" disabled={again.busy} onClick={() => void again.run({ file, destination })}>
            {t("outbox.tryNow")}
          </Button>
        )}
        <Button variant="default" disabled={remove.busy} onClick={() => void remove.run({ id })}>
          {t("outbox.takeOut")}
        </Button>
      </div>
      {again.error && <Failure what={t("outbox.notTried")} error={again.error} />}
      {remove.error && <Failure what={t("outbox.notTaken")} error={remove.error} />}
    </div>
  );
}
