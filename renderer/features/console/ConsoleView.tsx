import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConsoleView as View } from "../../../src/station/serial/console.ts";
import { useCall } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import { Commands } from "./Commands.tsx";
import { ConsoleText } from "./ConsoleText.tsx";
import classes from "./console.module.css";
import { frameOf } from "./draft.ts";
import { Macros } from "./Macros.tsx";
import { SendFile } from "./SendFile.tsx";
import { Signals } from "./Signals.tsx";
import { useSend } from "./use-console.ts";

const lineEnds = { cr: "\r", lf: "\n", crlf: "\r\n", none: "" } as const;
type LineEnd = keyof typeof lineEnds;

/** An open console: its terminal, and what can be done on it. */
export function ConsoleView({ view }: { view: View }) {
  const { t } = useTranslation();
  const { port, station } = view.setup;
  const { send, error } = useSend(port);
  const [lineEnd, setLineEnd] = useState<LineEnd>("cr");
  return (
    <>
      <Facts view={view} />
      {error && <Failure what={t("console.sendFailed")} error={error} />}
      <ConsoleText
        port={port}
        station={station}
        isNobodys={station === undefined}
        label={t("console.terminal", { port })}
        onKeys={(text) => send(text.replace(/\r\n?/g, lineEnds[lineEnd]))}
      >
        <Select
          className={classes.short}
          label={t("console.lineEnd")}
          value={lineEnd}
          data={(Object.keys(lineEnds) as LineEnd[]).map((value) => ({ value, label: t(`console.lineEnds.${value}`) }))}
          allowDeselect={false}
          onChange={(value) => value && setLineEnd(value as LineEnd)}
        />
      </ConsoleText>
      <Commands view={view} />
      <Macros onSend={(text) => send(text + lineEnds[lineEnd])} />
      <div className={layout.row} data-gap="16">
        <SendFile port={port} />
        <Signals view={view} />
      </div>
    </>
  );
}

function Facts({ view: { setup, path, state, since, trouble, counts, plain } }: { view: View }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const format = useFormat();
  const close = useCall("console.close");
  const { port, settings, station } = setup;
  return (
    <div>
      <div className={layout.row} data-gap="16">
        <strong className="mono">
          <Told text={path} />
        </strong>
        <span>
          {t(`console.state.${state}`)} <Time at={since} />
        </span>
        {!plain && (
          <span className="muted">
            {t("console.settings", { baud: format.number(settings.baudRate), frame: frameOf(settings) })}
          </span>
        )}
        {station && (
          <span>
            <Told text={station} />
          </span>
        )}
        <span className="muted">
          {t("console.counts", { received: format.bytes(counts.received), sent: format.bytes(counts.sent) })}
        </span>
        <Button variant="default" onClick={() => void close.run({ port })} aria-label={t("console.closeOf", { port })}>
          {t("console.close")}
        </Button>
      </div>
      {trouble && <p role="status">{say(trouble)}</p>}
      {close.error && <Failure what={t("console.closeFailed")} error={close.error} />}
    </div>
  );
}
