import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ModbusStationView } from "../../../src/station/serial/modbus-stations.ts";
import { useCall } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import { routeHash } from "../../navigation/routes.ts";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./modbus.module.css";

type Command = NonNullable<ModbusStationView["profile"]>["commands"][number];

/** A device that is read as a station: whether it answers, what it is read by, and what can be written. */
export function DeviceRow({ device }: { device: ModbusStationView }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const format = useFormat();
  const detach = useCall("modbus.detach");
  const { setup, state, since, trouble, profile, counts } = device;
  return (
    <div className={layout.entry}>
      <div className={layout.facts}>
        <a className={ui.link} href={routeHash("overview", { station: setup.identity })}>
          <strong>
            <Told text={setup.identity} />
          </strong>
        </a>
        <span>
          {t(`modbus.state.${state}`)} <Time at={since} />
        </span>
        <span className="mono">
          <Told text={setup.place} />
        </span>
        <span className="muted">
          {t("modbus.readings", { count: counts.readings, readings: format.number(counts.readings) })}
          {counts.failed > 0 && `, ${t("modbus.failed", { failed: format.number(counts.failed) })}`}
        </span>
        <Button
          variant="default"
          onClick={() => void detach.run({ identity: setup.identity })}
          aria-label={t("modbus.detachOf", { identity: setup.identity })}
        >
          {t("modbus.detach")}
        </Button>
      </div>
      {profile && (
        <p className="muted">
          {profile.maker} {profile.device}. {t(`modbus.proven.${profile.proven}`)}
        </p>
      )}
      {setup.reference && (
        <p className="muted">
          {t("modbus.referenceOf", { station: setup.reference.station, evse: setup.reference.evse })}
        </p>
      )}
      {trouble && <p className={layout.trouble}>{say(trouble)}</p>}
      {detach.error && <Failure what={t("modbus.detachFailed")} error={detach.error} />}
      {profile && state === "online" && profile.commands.length > 0 && (
        <div className={classes.commands}>
          {profile.commands.map((command) => (
            <WriteCommand key={command.name} identity={setup.identity} command={command} />
          ))}
        </div>
      )}
    </div>
  );
}

const named = ["limit-current", "enable", "disable", "unlock", "lock"] as const;

function WriteCommand({ identity, command }: { identity: string; command: Command }) {
  const { t } = useTranslation();
  const write = useCall("modbus.write");
  const [value, setValue] = useState("");
  const name = named.find((one) => one === command.name);
  if (!name) return null;
  const needs = command.value === undefined;
  const number = Number(value.trim().replace(",", "."));
  const fits =
    value.trim() !== "" &&
    Number.isFinite(number) &&
    number >= (command.least ?? Number.NEGATIVE_INFINITY) &&
    number <= (command.most ?? Number.POSITIVE_INFINITY);
  return (
    <div>
      <ConfirmInline
        verb={t(`modbus.commands.${name}`)}
        incomplete={needs && !fits}
        onConfirm={() => void write.run({ identity, command: command.name, ...(needs && { value: number }) })}
      >
        {t(`modbus.commandSays.${name}`, { identity })}
        {needs && (
          <TextInput
            label={t("modbus.amperes", { least: command.least ?? 0, most: command.most ?? "?" })}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
            inputMode="decimal"
            autoComplete="off"
          />
        )}
      </ConfirmInline>
      {write.value && <p className="muted">{t("modbus.written")}</p>}
      {write.error && <Failure what={t("modbus.writeFailed")} error={write.error} />}
    </div>
  );
}
