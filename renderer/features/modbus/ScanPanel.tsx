import { Button, Progress, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeviceFound, ScanView } from "../../../src/station/serial/modbus.ts";
import { verdictWords } from "../../../src/station/serial/verdict.ts";
import { useWatch } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import fields from "../../ui/fields/fields.module.css";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import classes from "./modbus.module.css";
import { emptyPlace, type PlaceDraft, type Wrong } from "./modbus-draft.ts";

/** Looks for devices on a bus or at a host: how far it is, who was found, and what it comes to. Gone from the screen, it ends. */
export function ScanPanel({ list }: { list: string }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<PlaceDraft>(emptyPlace);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [asked, setAsked] = useState<{ place: string; round: number } | null>(null);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const place = draft.place.trim();
    if (place === "" || /\s/.test(place)) return setWrong("place");
    setAsked({ place, round: (asked?.round ?? 0) + 1 });
  }
  return (
    <>
      <form onSubmit={submit} noValidate aria-label={t("modbus.scan.title")}>
        <div className={layout.fields}>
          <TextInput
            className={fields.wide}
            label={t("modbus.place.label")}
            description={t("modbus.scan.hint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            list={list}
            value={draft.place}
            error={wrong && t("modbus.place.bad")}
            onChange={(event) => {
              setDraft({ ...draft, place: event.currentTarget.value });
              setWrong(null);
            }}
            classNames={{ input: "mono" }}
            autoComplete="off"
            spellCheck={false}
          />
          <Button type="submit" className={fields.submit} variant="default">
            {t("modbus.scan.action")}
          </Button>
          <Button
            className={fields.submit}
            variant="default"
            onClick={() => setAsked({ place: "network", round: (asked?.round ?? 0) + 1 })}
          >
            {t("modbus.scan.network")}
          </Button>
        </div>
      </form>
      {asked && <Scan key={asked.round} place={asked.place} />}
    </>
  );
}

function Scan({ place }: { place: string }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const [stopped, setStopped] = useState<ScanView | null>(null);
  const scan = useWatch("modbus.scan", stopped ? null : { place });
  if (scan.state === "failed") return <Failure what={t("modbus.scan.failed")} error={scan.error} />;
  const view = stopped ?? scan.value;
  if (!view) return null;
  const { done, total, found, over, verdict, trouble } = view;
  return (
    <div className={classes.scan}>
      {!over && !stopped && (
        <div className={layout.row}>
          <Progress
            className={classes.progress}
            value={total > 0 ? (100 * done) / total : 0}
            aria-label={t("modbus.scan.progress", { done, total })}
          />
          <span>{t("modbus.scan.progress", { done, total })}</span>
          <Button variant="default" onClick={() => setStopped(view)}>
            {t("common.cancel")}
          </Button>
        </div>
      )}
      {stopped && <p>{t("modbus.scan.cancelled", { done, total })}</p>}
      <div aria-live="polite">
        {verdict && <p>{say(verdictWords(verdict))}</p>}
        {trouble && <p className={layout.trouble}>{say(trouble)}</p>}
      </div>
      {found.length > 0 && (
        <ul className={classes.found}>
          {found.map((device) => (
            <li key={`${device.host} ${device.unit} ${JSON.stringify(device.setting)}`}>
              <Found device={device} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A device that answered: its unit, how it is set, and what it says that it is. */
function Found({ device: { host, port, announced, unit, setting, words } }: { device: DeviceFound }) {
  const { t } = useTranslation();
  const says = [words.vendor, words.product, words.revision, words.serverId].filter(Boolean).join(" ");
  return (
    <>
      {host && <span className="mono">{port === undefined ? host : `${host}:${port}`} </span>}
      {unit !== undefined && <strong>{t("modbus.scan.unit", { unit })} </strong>}
      {setting && (
        <span className="mono">
          {setting.baudRate} 8{setting.parity.charAt(0).toUpperCase()}
          {setting.stopBits}{" "}
        </span>
      )}
      {says ? <Told text={says} /> : <span className="muted">{t("modbus.scan.noWords")}</span>}
      {announced !== undefined && (
        <span>
          {" "}
          {t("modbus.scan.announced")} <Told text={announced} />
        </span>
      )}
    </>
  );
}
