import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Notice } from "../../src/services/connection/contract.ts";
import { momentText, timeText } from "../../src/words/format.ts";
import { useCall, useConnection, useWatch } from "../core/core.tsx";
import { useSpoken } from "../i18n/index.ts";
import { routeHash } from "../navigation/routes.ts";
import { CopyButton } from "../ui/parts.tsx";
import classes from "./shell.module.css";

/** What is wrong with Plugside itself, in words over everything: no connection to the core, or a record that cannot be written. */
export function Banners() {
  const { t } = useTranslation();
  const say = useSpoken();
  const connection = useConnection();
  const status = useWatch("connection.status", {});
  const [lostAt, setLostAt] = useState<number | null>(null);
  useEffect(() => {
    if (connection === "open") setLostAt(null);
    else if (connection === "closed") setLostAt((before) => before ?? Date.now());
  }, [connection]);
  const waiting = useWatch("access.waiting", {});
  const asking = (waiting.value ?? []).filter(({ state }) => state === "asked").map(({ identity }) => identity);
  const problem = status.value?.storeProblem;
  return (
    <>
      {lostAt !== null && (
        <p className={classes.banner} role="alert">
          {t("common.shell.lost", { time: timeText(lostAt) })}
        </p>
      )}
      {problem && (
        <p className={classes.banner} role="alert">
          {t("common.shell.storeProblem", { why: say(problem) })}
        </p>
      )}
      <Notices notices={status.value?.notices ?? []} />
      <OwnFault bug={status.value?.bug} />
      <StartedAgain at={status.value?.startedAgain && status.value.startedAt} />
      {asking.length > 0 && (
        <p className={classes.banner} role="status">
          {t("access.waiting.banner", { count: asking.length, stations: asking.slice(0, 3).join(", ") })}{" "}
          <a href={routeHash("access")}>{t("access.waiting.decide")}</a>
        </p>
      )}
    </>
  );
}

/** What befell the record or the keys, each until somebody says that it was seen. */
function Notices({ notices }: { notices: Notice[] }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const seen = useCall("connection.noticeSeen");
  return notices.map(({ id, at, words }) => (
    <div key={id} className={classes.told} role="status">
      <span>
        {momentText(at, Date.now())} {say(words)}
      </span>
      <Button variant="default" loading={seen.busy} onClick={() => void seen.run({ id })}>
        {t("common.shell.noticeSeen")}
      </Button>
    </div>
  ));
}

/** The first fault of our own since the start, until it is hidden: with the text to report. */
function OwnFault({ bug }: { bug: { at: number; text: string } | undefined }) {
  const { t } = useTranslation();
  const [hidden, setHidden] = useState<number | null>(null);
  const [open, setOpen] = useState(false);
  if (!bug || bug.at === hidden) return null;
  return (
    <div className={classes.told} role="status">
      <span>{t("common.shell.ownFault", { time: timeText(bug.at) })}</span>
      <CopyButton text={bug.text} label={t("common.shell.copyReport")} />
      <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? "common.shell.foldReport" : "common.shell.showReport")}
      </Button>
      <Button variant="default" onClick={() => setHidden(bug.at)}>
        {t("common.hide")}
      </Button>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <pre className={classes.report} tabIndex={0}>
          {bug.text}
        </pre>
      )}
    </div>
  );
}

/** Says that the core had ended by itself and runs again, until it is hidden. */
function StartedAgain({ at }: { at: number | undefined }) {
  const { t } = useTranslation();
  const [hidden, setHidden] = useState<number | null>(null);
  if (at === undefined || at === hidden) return null;
  return (
    <div className={classes.told} role="status">
      <span>{t("common.shell.startedAgain", { time: timeText(at) })}</span>
      <Button variant="default" onClick={() => setHidden(at)}>
        {t("common.hide")}
      </Button>
    </div>
  );
}
