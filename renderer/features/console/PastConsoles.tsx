import { useTranslation } from "react-i18next";
import { useLoad } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import ui from "../../ui/ui.module.css";
import { ConsoleText } from "./ConsoleText.tsx";
import classes from "./console.module.css";

/** What is on record of consoles that are not open: of the one that is named its text, else all of them by name. */
export function PastConsoles({ port, open }: { port: string; open: readonly string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const recorded = useLoad("console.recorded", {});
  if (recorded.state === "failed")
    return <Failure what={t("console.past.failed")} error={recorded.error} onRetry={recorded.reload} />;
  const past = (recorded.value ?? []).filter((one) => !open.includes(one.port));
  if (past.some((one) => one.port === port))
    return (
      <section className={layout.section} aria-labelledby="console-past">
        <h2 id="console-past">{t("console.past.of", { port })}</h2>
        <ConsoleText port={port} station={undefined} isNobodys={false} label={t("console.past.label", { port })} />
      </section>
    );
  if (past.length === 0) return null;
  return (
    <section className={layout.section} aria-labelledby="console-past">
      <h2 id="console-past">{t("console.past.title")}</h2>
      <ul className={classes.list}>
        {past.map((one) => (
          <li key={one.port} className={layout.row} data-gap="16">
            <a className={ui.link} href={routeHash("console", { port: one.port })}>
              <Told text={one.port} />
            </a>
            <span>
              <Time at={one.first} /> – <Time at={one.last} />
            </span>
            <span className="muted">{format.bytes(one.bytes)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
