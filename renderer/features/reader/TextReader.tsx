import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OpenedLog } from "../../../src/services/reader/contract.ts";
import { useCall } from "../../core/core.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { MomentForm } from "../../ui/MomentForm.tsx";
import { Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { Found } from "./Found.tsx";
import { LineList } from "./LineList.tsx";
import { SummaryView } from "./SummaryView.tsx";
import { zoneText } from "./zone.ts";

type Text = NonNullable<OpenedLog["text"]>;
type Props = { log: number; bytes: number; text: Text; station: string | null; onGone: () => void };

/** A text of any size: what it tells at a glance, a search, a way to a moment, and its lines. */
export function TextReader({ log, bytes, text, station, onGone }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const moment = useCall("reader.moment");
  const [at, setAt] = useState(1);
  const [asked, setAsked] = useState(0);
  const [nowhere, setNowhere] = useState(false);
  // It goes through the whole text: only for whoever wants it.
  const [summed, setSummed] = useState(false);
  const goTo = useCallback((line: number) => {
    setAt(line);
    setAsked((count) => count + 1);
  }, []);
  async function toMoment(when: number): Promise<void> {
    const line = await moment.run({ log, at: when });
    setNowhere(line === null);
    if (typeof line === "number") goTo(line);
  }
  return (
    <>
      <p className="small muted">
        {t("reader.shape", {
          lines: format.number(text.lines),
          size: format.bytes(bytes),
          encoding: text.encoding === "latin1" ? "Windows-1252" : text.encoding.toUpperCase(),
        })}{" "}
        {t(`reader.zone.${text.zone.by}`, { zone: zoneText(text.zone.minutes) })}
      </p>
      <details onToggle={(event) => setSummed(event.currentTarget.open)}>
        <summary className={ui.more}>{t("reader.summary")}</summary>
        {summed && <SummaryView log={log} onLine={goTo} />}
      </details>
      <Found log={log} onLine={goTo}>
        <MomentForm onGo={(when) => void toMoment(when)} />
      </Found>
      {nowhere && (
        <p className={layout.row} role="status">
          {t("reader.noTimes")}
        </p>
      )}
      {moment.error && <Failure what={t("reader.momentFailed")} error={moment.error} />}
      <LineList log={log} lines={text.lines} at={at} asked={asked} station={station} onGone={onGone} />
    </>
  );
}
