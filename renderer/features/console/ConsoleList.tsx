import { useTranslation } from "react-i18next";
import type { ConsoleView } from "../../../src/station/serial/console.ts";
import { routeHash } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import ui from "../../ui/ui.module.css";

/** The consoles that are open, as they stand; each leads to its text. */
export function ConsoleList({ consoles }: { consoles: readonly ConsoleView[] }) {
  const { t } = useTranslation();
  if (consoles.length === 0) return <p className="muted">{t("console.none")}</p>;
  return (
    <ul className={layout.list}>
      {consoles.map(({ setup, state, since }) => (
        <li key={setup.port} className={layout.facts}>
          <a className={ui.link} href={routeHash("console", { port: setup.port })}>
            <Told text={setup.port} />
          </a>
          <span>
            {t(`console.state.${state}`)} <Time at={since} />
          </span>
          {setup.station && (
            <span>
              <Told text={setup.station} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
