import { Select } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { timeText } from "../../../../src/words/format.ts";
import { useCore, useLoad } from "../../../core/core.tsx";
import { payloadTextOf } from "./payload-text.ts";

const shown = 30;

/** The calls that were sent to the station, newest first: one chosen is put into the form again.
 * @param round another number when another call has gone out */
export function RawHistory({
  identity,
  round,
  onChoose,
}: {
  identity: string;
  round: number;
  onChoose: (action: string, payload: string) => void;
}) {
  const { t } = useTranslation();
  const client = useCore();
  const sent = useLoad("messages.page", { filter: { station: identity, direction: "out" }, limit: shown });
  const { reload } = sent;
  const read = useRef(round);
  useEffect(() => {
    if (read.current === round) return;
    read.current = round;
    reload();
  }, [round, reload]);
  const calls = (sent.value?.rows ?? [])
    .filter(({ kind, action, lane }) => kind === "call" && action !== null && !lane)
    .reverse();
  if (calls.length === 0) return null;
  async function choose(seq: number): Promise<void> {
    const frame = await client.call("messages.frame", { seq }).catch(() => null);
    const payload = frame && payloadTextOf(frame.text);
    if (frame?.action && payload) onChoose(frame.action, payload);
  }
  return (
    <Select
      label={t("stations.raw.history")}
      placeholder={t("stations.raw.historyHint")}
      searchable
      value={null}
      data={calls.map(({ seq, at, action, answer }) => ({
        value: String(seq),
        label: [timeText(at), action, answer?.errorCode].filter(Boolean).join(" "),
      }))}
      onChange={(value) => value !== null && void choose(Number(value))}
    />
  );
}
