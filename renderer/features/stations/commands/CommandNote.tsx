import { useTranslation } from "react-i18next";
import type { HistoryEntry } from "../../../../src/services/history/contract.ts";
import { awaitsEffect } from "../../../../src/station/effects.ts";
import type { CommandRecord } from "../../../../src/station/model.ts";
import { durationText, latencyText, timeText } from "../../../../src/words/format.ts";
import { commandText } from "../../../../src/words/spoken.ts";
import { useLanguage } from "../../../i18n/index.ts";
import { useDrawer } from "../../../navigation/drawer.tsx";
import { useNow } from "../../../ui/format/use-format.ts";
import { FrameView } from "../../../ui/frames/FrameView.tsx";
import { Told } from "../../../ui/Told.tsx";
import ui from "../../../ui/ui.module.css";
import classes from "../stations.module.css";
import { type FollowUp, followUps } from "./outcome.ts";
import { reasonText } from "./words.ts";

type Props = { record: CommandRecord; commands: readonly CommandRecord[]; events: readonly HistoryEntry[] };

/** The last command and what came of it: "sent 10:02:11, accepted 10:02:12 (388 ms), offline 10:02:14, back 10:02:55 (41 s)". */
export function CommandNote({ record, commands, events }: Props) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const now = useNow();
  const language = useLanguage();
  const { outcome } = record;
  const next = commands.find((other) => other.name === record.name && other.sentAt > record.sentAt);
  const followed = followUps(record, events, next?.sentAt);
  const at = timeText(record.sentAt);
  const sent = t(record.args.by === "core" ? "stations.outcome.ownSent" : "stations.outcome.sent", { at });
  const parts = outcome?.result === "offline" ? [] : [sent];
  if (!outcome) parts.push(t("stations.outcome.pending"));
  else {
    const said = t(`stations.outcome.${outcome.result}`, { at: timeText(record.doneAt ?? record.sentAt) });
    parts.push(outcome.latencyMs === undefined ? said : `${said} (${latencyText(outcome.latencyMs)})`);
    parts.push(...followed.map(say));
    const since = now - (record.doneAt ?? record.sentAt);
    const waits = awaitsEffect(record) && followed.length === 0;
    if (waits && since > 30_000) parts.push(t("stations.outcome.nothingSince", { since: durationText(since) }));
  }
  const frame = outcome?.answerFrame ?? outcome?.frame;
  const reason = outcome && outcome.result !== "accepted" ? reasonText(t, language, outcome) : "";
  return (
    <div className={classes.note} role="status">
      <p>
        <strong>{commandText(record.name, language)}</strong> {parts.join(", ")}.
        {reason !== "" && (
          <>
            {" "}
            <Told text={reason} />
          </>
        )}
      </p>
      {frame !== undefined && (
        <button
          type="button"
          className={ui.link}
          onClick={() => drawer.open(<FrameView seq={frame} />, t("common.frame.title", { seq: String(frame) }))}
        >
          {t("stations.outcome.frame")}
        </button>
      )}
    </div>
  );

  function say(follow: FollowUp): string {
    const at = timeText(follow.at);
    switch (follow.what) {
      case "offline":
        return t("stations.outcome.followOffline", { at });
      case "back":
        return t("stations.outcome.followBack", { at, away: durationText(follow.awayMs) });
      case "connected-anew":
        return t("stations.outcome.followAnew", { at });
      case "booted":
        return t("stations.outcome.followBooted", { at });
      case "told":
        return t("stations.outcome.followTold", { at });
      case "session-started":
        return t("stations.outcome.followStarted", { at });
      case "session-ended":
        return t("stations.outcome.followEnded", { at });
    }
  }
}
