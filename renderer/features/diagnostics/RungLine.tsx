import { useTranslation } from "react-i18next";
import type { Rung, RungResult, SeenLine } from "../../../src/services/diagnostics/contract.ts";
import { useSpoken } from "../../i18n/index.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { FrameView } from "../../ui/frames/FrameView.tsx";
import { Time } from "../../ui/parts.tsx";
import { Said } from "../../ui/Said.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import type { Tone } from "../../ui/status.ts";
import ui from "../../ui/ui.module.css";
import classes from "./diagnostics.module.css";

const tones: Partial<Record<RungResult, Tone>> = { asked: "waiting", received: "available", "given-up": "quiet" };

/** One way that was tried: what came of it, and what was seen at both ends. */
export function RungLine({ rung, unfolded }: { rung: Rung; unfolded: boolean }) {
  const { t } = useTranslation();
  const { protocol, place, result, why, seen, frame, unseen = 0 } = rung;
  const tone = tones[result] ?? "faulted";
  return (
    <li>
      <div className={classes.line}>
        <span data-tone={tone}>
          <Shape tone={tone} />
        </span>
        <strong>{protocol.toUpperCase()}</strong>
        {place !== "" && <code>{place}</code>}
        <span>{t(`diagnostics.results.${result}`)}</span>
        {why !== undefined && why !== "AcceptedCanceled" && <Said of={why} />}
        <FrameLink frame={frame} />
      </div>
      {seen.length > 0 && (
        <details open={unfolded}>
          <summary className={ui.more}>{t("diagnostics.seen", { count: seen.length })}</summary>
          <ul className={classes.seen}>
            {seen.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added at the end
              <Line key={at} line={line} />
            ))}
          </ul>
          {unseen > 0 && <p className="muted">{t("diagnostics.unseen", { count: unseen })}</p>}
        </details>
      )}
    </li>
  );
}

function Line({ line: { at, end, words, frame } }: { line: SeenLine }) {
  const { t } = useTranslation();
  const say = useSpoken();
  return (
    <li className={classes.line}>
      <Time at={at} ms />
      <span className="muted">{t(`diagnostics.ends.${end}`)}</span>
      <span className={classes.said}>{say(words)}</span>
      <FrameLink frame={frame} />
    </li>
  );
}

function FrameLink({ frame }: { frame: number | undefined }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  if (frame === undefined) return null;
  const title = t("common.frame.title", { seq: String(frame) });
  return (
    <button type="button" className={ui.link} onClick={() => drawer.open(<FrameView seq={frame} />, title)}>
      {title}
    </button>
  );
}
