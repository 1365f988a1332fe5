import { Button, SegmentedControl, Select, Switch, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConsoleEntry, ConsoleView as View } from "../../../src/station/serial/console.ts";
import { useCall } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import { Commands } from "./Commands.tsx";
import classes from "./console.module.css";
import { frameOf } from "./draft.ts";
import { Macros } from "./Macros.tsx";
import { wordsOf } from "./mark-words.ts";
import { createPainter, type View as Shown, views } from "./painter.ts";
import { Recognised } from "./Recognised.tsx";
import { Search } from "./Search.tsx";
import { SendFile } from "./SendFile.tsx";
import { Signals } from "./Signals.tsx";
import { Terminal, type TerminalHandle } from "./Terminal.tsx";
import { useEntries, useSend } from "./use-console.ts";

const lineEnds = { cr: "\r", lf: "\n", crlf: "\r\n", none: "" } as const;
type LineEnd = keyof typeof lineEnds;
const mostSeen = 100;

/** An open console: its terminal, and what can be done on it. */
export function ConsoleView({ view }: { view: View }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const { port } = view.setup;
  const { send, error } = useSend(port);
  const terminal = useRef<TerminalHandle>(null);
  const entries = useRef<ConsoleEntry[]>([]);
  const paint = useRef<(entry: ConsoleEntry) => string>(() => "");
  const [seen, setSeen] = useState<readonly ConsoleEntry[]>([]);
  const [shown, setShown] = useState<Shown>("text");
  const [echo, setEcho] = useState(false);
  const [lineEnd, setLineEnd] = useState<LineEnd>("cr");
  const [marked, setMarked] = useState("");
  const [found, setFound] = useState<{ at: number; of: number } | null>(null);

  function paintAll(): void {
    const painter = createPainter({ view: shown, echo, say: ({ note }) => say(note) });
    paint.current = painter;
    terminal.current?.clear();
    terminal.current?.write(entries.current.map(painter).join(""));
  }
  useEntries(port, {
    all(all) {
      entries.current = [...all];
      setSeen(recognisedIn(all));
      paintAll();
    },
    more(added) {
      entries.current = [...entries.current, ...added].slice(-5000);
      const recognised = recognisedIn(added);
      if (recognised.length > 0) setSeen((before) => [...before, ...recognised].slice(-mostSeen));
      terminal.current?.write(added.map(paint.current).join(""));
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: painted anew when how it is shown changes
  useEffect(paintAll, [shown, echo, marked, say]);

  const type = (text: string) => send(text.replace(/\r\n?/g, lineEnds[lineEnd]));
  return (
    <>
      <Facts view={view} />
      {error && <Failure what={t("console.sendFailed")} error={error} />}
      <div className={layout.row} data-gap="16" data-align="end">
        <SegmentedControl
          size="md"
          aria-label={t("console.view.label")}
          value={shown}
          data={views.map((value) => ({ value, label: t(`console.view.${value}`) }))}
          onChange={(value) => setShown(views.find((one) => one === value) ?? "text")}
          transitionDuration={0}
        />
        <Select
          className={classes.short}
          label={t("console.lineEnd")}
          value={lineEnd}
          data={(Object.keys(lineEnds) as LineEnd[]).map((value) => ({ value, label: t(`console.lineEnds.${value}`) }))}
          allowDeselect={false}
          onChange={(value) => value && setLineEnd(value as LineEnd)}
        />
        <Search found={found} onFind={(text, back) => terminal.current?.find(text, back)} />
        <TextInput
          className={classes.narrow}
          label={t("console.mark")}
          placeholder="error fail"
          title={t("console.markHint")}
          value={marked}
          onChange={(event) => setMarked(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <Switch
          className={classes.switch}
          size="md"
          label={t("console.echo")}
          checked={echo}
          onChange={(event) => setEcho(event.currentTarget.checked)}
        />
      </div>
      <div className={classes.both}>
        <div className={classes.place}>
          <Terminal
            label={t("console.terminal", { port })}
            marks={wordsOf(marked)}
            onKeys={type}
            onFound={(at, of) => setFound({ at, of })}
            handle={terminal}
          />
          <p className="muted">{t("console.leave")}</p>
        </div>
        <Recognised entries={seen} station={view.setup.station} />
      </div>
      <Commands view={view} />
      <Macros onSend={(text) => send(text + lineEnds[lineEnd])} />
      <div className={layout.row} data-gap="16">
        <SendFile port={port} />
        <Signals view={view} />
      </div>
    </>
  );
}

function recognisedIn(entries: readonly ConsoleEntry[]): ConsoleEntry[] {
  return entries.filter(({ kind }) => kind === "sign" || kind === "frame").slice(-mostSeen);
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
