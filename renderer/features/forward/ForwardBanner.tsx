import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import { Shape } from "../../ui/StateWord.tsx";
import { legTone } from "./draft.ts";
import classes from "./forward.module.css";
import { legWords } from "./words.ts";

/** Where a station is forwarded to, how that leg is, and how many frames wait, for as long as forward mode is on. */
export function ForwardBanner({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const { value } = useWatch("forward.state", { identity });
  if (!value?.setup?.on) return null;
  const tone = legTone(value.leg);
  return (
    <section className={classes.banner} aria-label={t("common.screens.forward")}>
      <a href={routeHash("forward", { station: identity })}>{t("forward.banner", { url: value.setup.url })}</a>
      <span className={classes.leg} data-tone={tone}>
        <Shape tone={tone} />
        <span>{legWords(t, value.leg)}</span>
      </span>
      {value.held.length > 0 && <span>{t("forward.hold.held", { count: value.held.length })}</span>}
    </section>
  );
}
