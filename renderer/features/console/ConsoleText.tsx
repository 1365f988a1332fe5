import { Button, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConsoleEntry } from "../../../src/station/serial/console.ts";
import { useCall } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import fields from "../../ui/fields/fields.module.css";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import classes from "./console.module.css";
import { wordsOf } from "./mark-words.ts";
import { createPainter, type View as Shown, views } from "./painter.ts";
import { Recognised } from "./Recognised.tsx";
import { Search } from "./Search.tsx";
import { Terminal, type TerminalHandle } from "./Terminal.tsx";
import { useEntries } from "./use-console.ts";

const mostSeen = 100;
/** Entries that are kept at hand; earlier ones are fetched anew. */
const mostKept = 5000;

type Props = {
  port: string;
  station: string | undefined;
  /** No station is named for it. */
  isNobodys: boolean;
  label: string;
  /** What is typed; absent: the text is only read. */
  onKeys?: (text: string) => void;
  /** More ways to set, beside those of the text. */
  children?: ReactNode;
};

/** The text of a console, what came before it, and how it is shown: searched, marked, in hex, with times. */
export function ConsoleText({ port, station, isNobodys, label, onKeys, children }: Props) {
  const { t } = useTranslation();
  const say = useSpoken();
  const terminal = useRef<TerminalHandle>(null);
  const entries = useRef<ConsoleEntry[]>([]);
  const paint = useRef<(entry: ConsoleEntry) => string>(() => "");
  const before = useCall("console.before");
  const [seen, setSeen] = useState<readonly ConsoleEntry[]>([]);
  const [shown, setShown] = useState<Shown>("text");
  const [echo, setEcho] = useState(false);
  const [marked, setMarked] = useState("");
  const [found, setFound] = useState<{ at: number; of: number } | null>(null);
  const [isWhole, setWhole] = useState(false);

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
      setWhole(false);
      paintAll();
    },
    more(added) {
      entries.current = [...entries.current, ...added].slice(-mostKept);
      const recognised = recognisedIn(added);
      if (recognised.length > 0) setSeen((now) => [...now, ...recognised].slice(-mostSeen));
      terminal.current?.write(added.map(paint.current).join(""));
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: painted anew when how it is shown changes
  useEffect(paintAll, [shown, echo, marked, say]);

  async function earlier(): Promise<void> {
    const first = entries.current[0]?.id;
    const older = first === undefined ? [] : await before.run({ port, before: first });
    if (!older) return;
    entries.current = [...older, ...entries.current];
    setWhole(older.length === 0);
    setSeen(recognisedIn(entries.current));
    paintAll();
    if (older.length > 0) terminal.current?.top();
  }
  return (
    <>
      <div className={layout.row} data-gap="16" data-align="end">
        <SegmentedControl
          size="md"
          aria-label={t("console.view.label")}
          value={shown}
          data={views.map((value) => ({ value, label: t(`console.view.${value}`) }))}
          onChange={(value) => setShown(views.find((one) => one === value) ?? "text")}
          transitionDuration={0}
        />
        {children}
        <Search found={found} onFind={(text, back) => terminal.current?.find(text, back)} />
        <TextInput
          className={fields.narrow}
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
            label={label}
            marks={wordsOf(marked)}
            onKeys={onKeys}
            onFound={(at, of) => setFound({ at, of })}
            handle={terminal}
          />
          <div className={layout.row}>
            <Button variant="default" disabled={isWhole || before.busy} onClick={() => void earlier()}>
              {t("console.earlier")}
            </Button>
            {onKeys && <p className="muted">{t("console.leave")}</p>}
            <p className="muted" role="status">
              {isWhole && t("console.whole")}
            </p>
          </div>
          {before.error && <Failure what={t("console.earlierFailed")} error={before.error} />}
        </div>
        <Recognised entries={seen} station={station} isNobodys={isNobodys} />
      </div>
    </>
  );
}

function recognisedIn(entries: readonly ConsoleEntry[]): ConsoleEntry[] {
  return entries.filter(({ kind }) => kind === "sign" || kind === "frame").slice(-mostSeen);
}
