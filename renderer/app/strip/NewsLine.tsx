import { useMediaQuery } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { OnPurpose } from "../../../src/services/stations/contract.ts";
import type { Attempt } from "../../../src/station/attempts.ts";
import { clockDuration } from "../../../src/words/format.ts";
import { causeText } from "../../../src/words/spoken.ts";
import { useLanguage } from "../../i18n/index.ts";
import { useFocus } from "../../navigation/focus.ts";
import { routeHash } from "../../navigation/routes.ts";
import { useNow } from "../../ui/format/use-format.ts";
import { Shape } from "../../ui/StateWord.tsx";
import { Told } from "../../ui/Told.tsx";
import { type Newcomer, useNewcomer } from "../use-newcomer.ts";
import { useRefused } from "../use-refused.ts";
import classes from "./news.module.css";

/** The width from which who tries stands in a column of its own, at the top of its screen. */
const attemptsBesidePx = 1321;

/** What happens beside the station in focus, in a line under the strip: who was turned away and why, who is new, what is done on
 * purpose elsewhere. */
export function NewsLine({ screen }: { screen: string | undefined }) {
  const { waiting } = useFocus();
  const { newcomer, back } = useNewcomer();
  const refused = useRefused()[0];
  const wide = useMediaQuery(`(min-width: ${attemptsBesidePx}px)`, undefined, { getInitialValueInEffect: false });
  // Where the window is wide enough the attempts stand there themselves.
  const seen = wide && (screen === "connection" || (screen === "overview" && waiting));
  const isLatest = refused && !seen && (!newcomer || refused.lastAt > newcomer.at);
  return (
    <>
      {isLatest && <Refused attempt={refused} />}
      {!isLatest && newcomer && <Came newcomer={newcomer} onBack={back} />}
      <Elsewhere />
    </>
  );
}

function Refused({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const ago = clockDuration(useNow() - attempt.lastAt);
  const [cause] = attempt.causes;
  return (
    <p className={classes.line} role="status">
      <Shape tone="faulted" />
      <span className={classes.words}>
        <strong>
          <Told text={attempt.identity ?? attempt.remoteAddress} />
        </strong>{" "}
        {t("common.news.refused", { ago })}
        {cause && `: ${causeText(cause.code, language).title}`}
      </span>
      <a className={classes.action} href={routeHash("connection")}>
        {t("common.news.show")}
      </a>
    </p>
  );
}

function Came({ newcomer, onBack }: { newcomer: Newcomer; onBack: () => void }) {
  const { t } = useTranslation();
  const { identity, left } = newcomer;
  return (
    <p className={classes.line} role="status">
      <Shape tone="available" />
      <span className={classes.words}>
        <strong>
          <Told text={identity} />
        </strong>{" "}
        {t(left === undefined ? "common.news.online" : "common.news.took")}
      </span>
      {left === undefined ? (
        <a className={classes.action} href={routeHash("overview", { station: identity })}>
          {t("common.news.show")}
        </a>
      ) : (
        <button type="button" className={classes.action} onClick={onBack}>
          {t("common.news.back", { station: left })}
        </button>
      )}
    </p>
  );
}

/** What is done on purpose to stations that are not in focus. */
function Elsewhere() {
  const { t } = useTranslation();
  const { station, stations } = useFocus();
  const others = (stations.value ?? []).filter((one) => one.identity !== station?.identity && one.onPurpose.length > 0);
  if (others.length === 0) return null;
  return (
    <p className={classes.line} role="status">
      <Shape tone="waiting" />
      <span className={classes.words}>
        {t("common.news.elsewhere")}{" "}
        {others.slice(0, 3).map(({ identity, onPurpose: [what] }, at) => (
          <span key={identity}>
            {at > 0 && ", "}
            <a className={classes.inline} href={routeHash(what ?? "overview", { station: identity })}>
              <Told text={identity} />
              <span>{` (${t(`common.screens.${what as OnPurpose}`)})`}</span>
            </a>
          </span>
        ))}
        {others.length > 3 && t("common.news.others", { count: others.length - 3 })}
      </span>
    </p>
  );
}
