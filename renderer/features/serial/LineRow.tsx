import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { LineView } from "../../../src/station/serial/lines.ts";
import { useCall } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";

/** A line as it stands: who is there, in which framing, and how much of what came was damaged. */
export function LineRow({ line }: { line: LineView }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const format = useFormat();
  const close = useCall("serial.closeLine");
  const { setup, path, state, since, trouble, framing, identity, counts } = line;
  const { frames, damaged, damagedBytes, text } = counts;
  return (
    <div className={layout.entry}>
      <div className={layout.facts}>
        <strong className="mono">
          <Told text={path} />
        </strong>
        <span>
          {t(`serial.lines.state.${state}`)} <Time at={since} />
        </span>
        {identity && (
          <span>
            <Told text={identity} />
          </span>
        )}
        <span className="muted">
          {t("serial.lines.settings", { baud: format.number(setup.settings.baudRate) })}
          {framing && `, ${t(`serial.framings.${framing}`)}`}
        </span>
        <span className="muted">{t("serial.lines.frames", { frames: format.number(frames) })}</span>
        {damaged > 0 && (
          <span>
            {t("serial.lines.damaged", { stretches: format.number(damaged), bytes: format.number(damagedBytes) })}
          </span>
        )}
        {text > 0 && <span className="muted">{t("serial.lines.text", { stretches: format.number(text) })}</span>}
        <Button
          variant="default"
          onClick={() => void close.run({ port: setup.port })}
          aria-label={t("serial.lines.closeOf", { port: setup.port })}
        >
          {t("serial.lines.close")}
        </Button>
      </div>
      {trouble && <p className={layout.trouble}>{say(trouble)}</p>}
      {close.error && <Failure what={t("serial.lines.closeFailed")} error={close.error} />}
    </div>
  );
}
