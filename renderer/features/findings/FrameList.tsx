import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FindingFrame } from "../../../src/services/findings/contract.ts";
import type { Rule } from "../../../src/words/en/findings.ts";
import { placeText } from "../../../src/words/spoken.ts";
import { useCall } from "../../core/core.tsx";
import { useLanguage } from "../../i18n/index.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { FrameView } from "../../ui/frames/FrameView.tsx";
import layout from "../../ui/layout.module.css";
import { Busy, EmptyState, Failure, Time } from "../../ui/parts.tsx";
import { Said } from "../../ui/Said.tsx";
import { Told } from "../../ui/Told.tsx";
import classes from "./findings.module.css";

type Props = { station: string; rule: Rule; where: string };
const page = 20;

/** The last frames that show a finding, newest first; a click opens one. */
export function FrameList({ station, rule, where }: Props) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const language = useLanguage();
  const { run, busy, error } = useCall("findings.frames");
  const [shown, setShown] = useState<{ frames: FindingFrame[]; more: boolean } | null>(null);
  useEffect(() => {
    void run({ station, rule, where, limit: page }).then((got) => got && setShown(got));
  }, [run, station, rule, where]);
  async function older() {
    const before = shown?.frames.at(-1)?.seq;
    const got = await run({ station, rule, where, before, limit: page });
    if (got) setShown((now) => ({ frames: [...(now?.frames ?? []), ...got.frames], more: got.more }));
  }
  return (
    <div className={classes.frames}>
      <p className="muted">
        <Told text={station} /> ·{" "}
        <code>
          <Told text={placeText(where, language)} />
        </code>
      </p>
      {error && <Failure what={t("findings.framesFailed")} error={error} onRetry={() => void older()} />}
      {shown === null && busy && <Busy what={t("common.loading")} />}
      {shown?.frames.length === 0 && <EmptyState title={t("findings.noFrames")} />}
      <ul className={layout.list}>
        {shown?.frames.map((frame) => (
          <li key={frame.seq}>
            <button
              type="button"
              className={classes.frame}
              onClick={() =>
                drawer.open(<FrameView seq={frame.seq} />, t("common.frame.title", { seq: String(frame.seq) }))
              }
            >
              <span>
                <Time at={frame.at} ms /> <Told text={frame.action ?? t(`common.direction.${frame.direction}`)} />
              </span>
              <Said of={frame.said === "" ? frame.text : frame.said} className={classes.frameText} />
            </button>
          </li>
        ))}
      </ul>
      {shown?.more && (
        <Button variant="default" disabled={busy} onClick={() => void older()}>
          {t("findings.older")}
        </Button>
      )}
    </div>
  );
}
