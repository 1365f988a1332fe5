import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import { clockOff } from "../../../src/station/fold/own-clock.ts";
import { durationText } from "../../../src/words/format.ts";
import { useWatch } from "../../core/core.tsx";
import { useFocus } from "../../navigation/focus.ts";
import { Duration } from "../../ui/parts.tsx";
import { StateWord } from "../../ui/StateWord.tsx";
import { isStateName, stationWord } from "../../ui/status.ts";
import { Told } from "../../ui/Told.tsx";
import classes from "./strip.module.css";

/** The state of the station in focus in words, its version and security, and what is out of the ordinary. */
export function Strip({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  const { station, idle } = useFocus();
  return (
    <header className={classes.strip}>
      {station && !idle ? <StationStrip station={station} /> : <span>{t("common.shell.waiting")}</span>}
      <button type="button" className={classes.keys} onClick={onHelp}>
        {t("common.shell.help")} <kbd>?</kbd>
      </button>
    </header>
  );
}

function StationStrip({ station }: { station: StationSummary }) {
  const { t } = useTranslation();
  const state = useWatch("stations.state", { identity: station.identity });
  const { link } = station;
  const offset = (state.value && clockOff(state.value)?.stationMs) ?? 0;
  const word = stationWord(station);
  return (
    <>
      <span className={classes.inFocus} title={shownText(station.identity)}>
        <Told text={station.identity} />
      </span>
      <span className={classes.state}>
        <StateWord state={word} />
        {word === "Faulted" && station.errorCode && <Told text={station.errorCode} />}
        {link.state === "offline" && link.since !== undefined && <Duration since={link.since} clock />}
        {link.state === "online" && isStateName(word) && word === "Online" && <span>{link.remoteAddress}</span>}
      </span>
      {station.ocpp && <span>{t("common.shell.version", { version: station.ocpp })}</span>}
      {link.securityProfile !== undefined && (
        <span className={classes.optional}>
          {t("common.shell.profile", { profile: link.securityProfile })},{" "}
          {t(link.secure ? "common.shell.secure" : "common.shell.plain")}
        </span>
      )}
      {link.carrier === "modbus" && <span>Modbus</span>}
      {link.carrier && (
        <span className={classes.optional}>{t("common.shell.overSerial", { port: shownText(link.port ?? "") })}</span>
      )}
      {Math.abs(offset) > 5000 && (
        <span className={classes.attention}>
          {t(offset > 0 ? "common.shell.clockAhead" : "common.shell.clockBehind", {
            by: durationText(Math.abs(offset)),
          })}
        </span>
      )}
    </>
  );
}
