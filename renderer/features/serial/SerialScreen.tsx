import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Busy, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { ConsoleList } from "../console/ConsoleList.tsx";
import { LineForm } from "./LineForm.tsx";
import { LineRow } from "./LineRow.tsx";
import { PortList } from "./PortList.tsx";

/** The serial ports of this laptop, live, what to do about those that cannot be opened, and the lines that OCPP is spoken over. */
export function SerialScreen() {
  const { t } = useTranslation();
  const ports = useWatch("serial.ports", {});
  const lines = useWatch("serial.lines", {});
  const consoles = useWatch("console.list", {});
  return (
    <div className={layout.screen} data-width="wide">
      <header className={layout.head}>
        <h1>{t("common.screens.serial")}</h1>
        <p className="muted">{t("serial.intro")}</p>
        <a className={ui.link} href={routeHash("modbus")}>
          {t("serial.toModbus")}
        </a>
      </header>
      <section className={layout.section} aria-labelledby="serial-ports">
        <h2 id="serial-ports">{t("serial.ports.title")}</h2>
        {ports.state === "failed" && <Failure what={t("serial.ports.failed")} error={ports.error} />}
        {ports.state === "ready" && ports.value ? (
          <PortList report={ports.value} />
        ) : (
          ports.state !== "failed" && <Busy what={t("serial.ports.loading")} />
        )}
      </section>
      <section className={layout.section} aria-labelledby="serial-consoles">
        <h2 id="serial-consoles">{t("console.listTitle")}</h2>
        {consoles.value && <ConsoleList consoles={consoles.value} />}
        <a className={ui.link} href={routeHash("console")}>
          {t("console.open")}
        </a>
      </section>
      <section className={layout.section} aria-labelledby="serial-lines">
        <h2 id="serial-lines">{t("serial.lines.title")}</h2>
        <p className="muted">{t("serial.lines.hint")}</p>
        {lines.state === "failed" && <Failure what={t("serial.lines.failed")} error={lines.error} />}
        {lines.state === "ready" && (
          <>
            {lines.value.map((line) => (
              <LineRow key={line.setup.port} line={line} />
            ))}
            <LineForm
              ports={(ports.value?.ports ?? []).flatMap(({ path }) => path ?? [])}
              taken={lines.value.map(({ setup }) => setup.port)}
            />
          </>
        )}
      </section>
    </div>
  );
}
