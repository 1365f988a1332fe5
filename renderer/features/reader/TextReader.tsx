import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OpenedLog } from "../../../src/services/reader/contract.ts";
import { useCore } from "../../core/core.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { MomentForm } from "../../ui/MomentForm.tsx";
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
  const client = useCore();
  const [at, setAt] = useState(1);
  const [asked, setAsked] = useState(0);
  const [nowhere, setNowhere] = useState(false);
  // It goes through the whole text: only for whoever wants it.
  const [summed, setSummed] = useState(false);
  const goTo = useCallback((line: number) => {
    setAt(line);
    setAsked((count) => count + 1);
  }, []);
  async function toMoment(moment: number): Promise<void> {
    const line = await client.call("reader.moment", { log, at: moment }).catch(() => null);
    setNowhere(line === null);
    if (line !== null) goTo(line);
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
        <MomentForm onGo={(moment) => void toMoment(moment)} />
      </Found>
      {nowhere && (
        <p className={layout.row} role="status">
          {t("reader.noTimes")}
        </p>
      )}
      <LineList log={log} lines={text.lines} at={at} asked={asked} station={station} onGone={onGone} />
    </>
  );
}
