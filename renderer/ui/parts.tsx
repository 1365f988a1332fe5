import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureError } from "../../src/lib/contract.ts";
import type { Unit } from "../../src/lib/units.ts";
import { clockDuration, durationText, momentText, timeText } from "../../src/words/format.ts";
import { useSpoken } from "../i18n/index.ts";
import { useFormat, useNow } from "./format/use-format.ts";
import { Told } from "./Told.tsx";
import classes from "./ui.module.css";

/** A measured value with its unit, from base units. */
export function Quantity({ value, unit }: { value: number; unit: Unit }) {
  const format = useFormat();
  return <span className={classes.number}>{format.quantity(value, unit)}</span>;
}

/** A moment, local, 24 h; its date only on another day than today. `ms` adds milliseconds. */
export function Time({ at, ms }: { at: number; ms?: boolean }) {
  const now = useNow();
  return (
    <time className={classes.number} dateTime={new Date(at).toISOString()}>
      {ms ? timeText(at, true) : momentText(at, now)}
    </time>
  );
}

/** A length of time; from `since` it runs. */
export function Duration(props: { ms: number } | { since: number; clock?: boolean }) {
  return "ms" in props ? (
    <span className={classes.number}>{durationText(props.ms)}</span>
  ) : (
    <Running since={props.since} clock={props.clock === true} />
  );
}

function Running({ since, clock }: { since: number; clock: boolean }) {
  const passed = Math.max(0, Math.floor((useNow() - since) / 1000) * 1000);
  return <span className={classes.number}>{clock ? clockDuration(passed) : durationText(passed)}</span>;
}

/** Why there is nothing here, and what would fill it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p className={classes.emptyTitle}>{title}</p>
      {children && <div className="muted">{children}</div>}
    </div>
  );
}

/** What is being done while one waits; shown after a moment only, so that quick things do not flicker. */
export function Busy({ what }: { what: string }) {
  return (
    <p className={classes.busy} role="status" data-busy>
      {what}
    </p>
  );
}

/** What failed, why, and what to do. */
export function Failure({ what, error, onRetry }: { what: string; error: FailureError; onRetry?: () => void }) {
  const { t } = useTranslation();
  const say = useSpoken();
  return (
    <div className={classes.failure} role="alert">
      <p>
        <strong>{what}</strong> {say(error.words ?? error.message)}
      </p>
      {!saysItself(error) && <p className="muted">{t(`common.cures.${error.code}`)}</p>}
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t("common.retry")}
        </Button>
      )}
    </div>
  );
}

/** Whether its own words say what to do: what is not there for another reason than that Plugside is away. */
function saysItself({ code, words }: FailureError): boolean {
  return code === "unavailable" && words !== undefined && !/^(?:no-core|core-.+)$/.test(words.phrase);
}

/** Copies a text and says so in its place. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState<"copied" | "failed" | null>(null);
  async function copy() {
    setSaid((await copyText(text)) ? "copied" : "failed");
    setTimeout(() => setSaid(null), 2000);
  }
  return (
    <Button variant="default" onClick={copy}>
      <span aria-live="polite">
        {said === "copied"
          ? t("common.copied")
          : said === "failed"
            ? t("common.notCopied")
            : (label ?? t("common.copy"))}
      </span>
    </Button>
  );
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Names and values, one pair a line; pairs without a value are left out. `stacked` sets the value under its name, for long texts. */
export function Facts({
  of,
  stacked,
}: {
  of: readonly (readonly [name: string, value: ReactNode])[];
  stacked?: boolean;
}) {
  return (
    <dl className={classes.facts} data-stacked={stacked}>
      {of
        .filter(([, value]) => value !== undefined && value !== null && value !== false && value !== "")
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === "string" ? <Told text={value} /> : value}</dd>
          </div>
        ))}
    </dl>
  );
}
