import { useTranslation } from "react-i18next";
import type { PortsReport, SerialPortInfo } from "../../../src/station/serial/ports.ts";
import { useSpoken } from "../../i18n/index.ts";
import { routeHash } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { EmptyState } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import ui from "../../ui/ui.module.css";

/** The ports as they are now; what cannot be opened says why, and what to do. */
export function PortList({ report }: { report: PortsReport }) {
  const { t } = useTranslation();
  const say = useSpoken();
  return (
    <>
      {report.ports.length === 0 && (
        <EmptyState title={t("serial.ports.none")}>{report.hint && say(report.hint)}</EmptyState>
      )}
      <ul className={layout.list}>
        {report.ports.map((port) => (
          <li key={port.path ?? `${port.vendorId}:${port.productId}:${port.serialNumber}`} className={layout.entry}>
            <PortFacts port={port} />
          </li>
        ))}
        {report.networks.map(({ name, driver }) => (
          <li key={name} className={layout.entry}>
            <div className={layout.facts}>
              <strong>
                <Told text={name} />
              </strong>
              <span>{t("serial.ports.network", { how: driver ?? "USB" })}</span>
              <a className={ui.link} href={routeHash("connection")}>
                {t("serial.ports.toConnection")}
              </a>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function PortFacts({ port }: { port: SerialPortInfo }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const { path, kind, chip, maker, product, serialNumber, vendorId, productId, ours, heldBy, trouble } = port;
  const usb = vendorId && `${vendorId}:${productId}`;
  const made = [maker, product].filter(Boolean).join(" ");
  return (
    <>
      <div className={layout.facts}>
        <strong className="mono">{path ? <Told text={path} /> : t("serial.ports.noPort")}</strong>
        <span>{t(`serial.kinds.${kind}`)}</span>
        {chip && <span>{chip}</span>}
        {made && (
          <span className="muted">
            <Told text={made} />
          </span>
        )}
        {usb && <span className="muted mono">{usb}</span>}
        {serialNumber && (
          <span className="muted">
            {t("serial.ports.serialNumber")} <Told text={serialNumber} />
          </span>
        )}
        {ours && <span>{t("serial.ports.ours")}</span>}
        {path && !trouble && !heldBy && (
          <a
            className={ui.link}
            href={routeHash("console", { port: path })}
            aria-label={t("console.openAt", { port: path })}
          >
            {t(ours ? "common.screens.console" : "console.open")}
          </a>
        )}
        {!trouble && heldBy && <span>{t("serial.ports.heldBy", { program: heldBy })}</span>}
      </div>
      {trouble && <p className={layout.trouble}>{say(trouble)}</p>}
    </>
  );
}
