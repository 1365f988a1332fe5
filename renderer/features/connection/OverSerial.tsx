import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Told } from "../../ui/Told.tsx";
import ui from "../../ui/ui.module.css";

/** The stations that come over a wire and not over a network; nothing where no line is set up. */
export function OverSerial() {
  const { t } = useTranslation();
  const lines = useWatch("serial.lines", {});
  if (!lines.value || lines.value.length === 0) return null;
  return (
    <section className={layout.section} aria-labelledby="over-serial">
      <h2 id="over-serial">{t("connection.overSerial.title")}</h2>
      <ul className={layout.list}>
        {lines.value.map(({ setup, path, state, identity }) => (
          <li key={setup.port}>
            <Told text={path} className="mono" />: {identity && <Told text={identity} />}{" "}
            {t(`connection.overSerial.${state}`)}
          </li>
        ))}
      </ul>
      <a className={ui.link} href={routeHash("serial")}>
        {t("connection.overSerial.more")}
      </a>
    </section>
  );
}
