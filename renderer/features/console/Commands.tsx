import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ConsoleView } from "../../../src/station/serial/console.ts";
import { useCall, useLoad } from "../../core/core.tsx";
import { useLanguage } from "../../i18n/index.ts";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import classes from "./console.module.css";

const groups = ["status", "errors", "configuration"] as const;

/** What the profile of a make has for a person: commands that print, and change nothing. */
export function Commands({ view }: { view: ConsoleView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { port, profile: named } = view.setup;
  const profiles = useLoad("console.profiles", named === undefined ? null : {});
  const show = useCall("console.show");
  const profile = profiles.value?.find(({ name }) => name === named);
  if (!profile || profile.commands.length === 0) return null;
  return (
    <section className={layout.section} aria-labelledby="console-commands">
      <h2 id="console-commands">{t("console.commands.title", { device: profile.maker })}</h2>
      <p className="muted">{t("console.commands.hint")}</p>
      {groups.map((group) => {
        const commands = profile.commands.filter(({ shows }) => shows === group);
        if (commands.length === 0) return null;
        return (
          <div key={group} className={layout.stack}>
            <h3>{t(`console.commands.${group}`)}</h3>
            <ul className={classes.macros}>
              {commands.map(({ send, says }) => (
                <li key={send}>
                  <Button
                    variant="default"
                    disabled={view.state !== "open"}
                    onClick={() => void show.run({ port, command: send })}
                  >
                    {says[language]}&nbsp;<span className="mono muted">{send}</span>
                  </Button>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      <p className="muted small">
        {t("console.commands.source")} <Told text={profile.source} />. {t(`console.commands.proven.${profile.proven}`)}
      </p>
      {show.error && <Failure what={t("console.sendFailed")} error={show.error} />}
    </section>
  );
}
