import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLoad, useWatch } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { AttachForm } from "./AttachForm.tsx";
import { DeviceRow } from "./DeviceRow.tsx";
import { ListenPanel } from "./ListenPanel.tsx";
import { RegisterPanel } from "./RegisterPanel.tsx";
import { ScanPanel } from "./ScanPanel.tsx";

/** Chargers and meters that speak Modbus: those that are read as stations, looking for others, and their bare registers. */
export function ModbusScreen() {
  const { t } = useTranslation();
  const list = useId();
  const ports = useWatch("serial.ports", {});
  const stations = useWatch("modbus.stations", {});
  const known = useWatch("stations.list", {});
  const profiles = useLoad("modbus.profiles", {});
  const { reload } = profiles;
  const attached = stations.value?.map(({ setup }) => setup.identity).join(" ");
  const listed = useRef(attached);
  // With a device its own profile comes and goes.
  useEffect(() => {
    if (listed.current !== undefined && attached !== undefined && listed.current !== attached) reload();
    listed.current = attached;
  }, [attached, reload]);
  return (
    <div className={layout.screen} data-width="wide">
      <header className={layout.head}>
        <h1>{t("common.screens.modbus")}</h1>
        <p className="muted">{t("modbus.intro")}</p>
        <a className={ui.link} href={routeHash("serial")}>
          {t("modbus.toSerial")}
        </a>
      </header>
      <datalist id={list}>
        {(ports.value?.ports ?? []).map(({ path }) => path && <option key={path} value={path} />)}
      </datalist>
      <section className={layout.section} aria-labelledby="modbus-stations">
        <h2 id="modbus-stations">{t("modbus.stations")}</h2>
        <p className="muted">{t("modbus.stationsHint")}</p>
        {stations.state === "failed" && <Failure what={t("modbus.stationsFailed")} error={stations.error} />}
        {stations.value?.map((device) => (
          <DeviceRow key={device.setup.identity} device={device} />
        ))}
        {profiles.state === "failed" && <Failure what={t("modbus.profilesFailed")} error={profiles.error} />}
        <AttachForm
          profiles={profiles.value ?? []}
          stations={(known.value ?? []).map(({ identity }) => identity)}
          list={list}
        />
      </section>
      <section className={layout.section} aria-labelledby="modbus-scan">
        <h2 id="modbus-scan">{t("modbus.scan.title")}</h2>
        <ScanPanel list={list} />
      </section>
      <section className={layout.section} aria-labelledby="modbus-listen">
        <h2 id="modbus-listen">{t("modbus.listen.title")}</h2>
        <p className="muted">{t("modbus.listen.hint")}</p>
        <ListenPanel profiles={profiles.value ?? []} list={list} />
      </section>
      <section className={layout.section} aria-labelledby="modbus-registers">
        <h2 id="modbus-registers">{t("modbus.registers.title")}</h2>
        <p className="muted">{t("modbus.registers.hint")}</p>
        <RegisterPanel list={list} />
      </section>
    </div>
  );
}
