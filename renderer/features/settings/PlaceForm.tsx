import { SegmentedControl, TextInput } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import layout from "../../ui/layout.module.css";
import { modes, type Place, readPlace } from "./places.ts";
import classes from "./settings.module.css";

type Props = {
  from: Place;
  others: readonly Place[];
  /** Told what is typed, as a place; null while it is none. */
  onRead: (place: Place | null) => void;
};

/** Address, port and mode of a place, with what is wrong in words. */
export function PlaceForm({ from, others, onRead }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [host, setHost] = useState(from.host);
  const [port, setPort] = useState(String(from.port));
  const [mode, setMode] = useState(from.mode);
  const { problem } = readPlace({ host, port, mode }, others);

  useEffect(() => {
    onRead(readPlace({ host, port, mode }, others).place ?? null);
  }, [host, port, mode, others, onRead]);

  return (
    <div className={classes.place}>
      <div className={layout.fields}>
        <TextInput
          label={t("settings.places.host")}
          description={t("settings.places.hostHelp")}
          inputWrapperOrder={["label", "input", "error", "description"]}
          value={host}
          error={problem === "host" && t("settings.places.problem.host")}
          onChange={(event) => setHost(event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
        />
        <TextInput
          className={classes.number}
          label={t("settings.places.port")}
          value={port}
          inputMode="numeric"
          error={problem === "port" && t("settings.places.problem.port")}
          onChange={(event) => setPort(event.currentTarget.value)}
          autoComplete="off"
        />
      </div>
      {problem === "taken" && (
        <p data-tone="faulted" role="alert">
          {t("settings.places.problem.taken")}
        </p>
      )}
      <div>
        <span id={id}>{t("settings.places.mode")}</span>
        <SegmentedControl
          size="md"
          aria-labelledby={id}
          value={mode}
          data={modes.map((value) => ({ value, label: t(`network.mode.${value}`) }))}
          onChange={(value) => setMode(modes.find((one) => one === value) ?? mode)}
          classNames={{ label: classes.segment }}
          transitionDuration={0}
        />
        <p className="muted small">{t(`settings.places.modeHelp.${mode}`)}</p>
      </div>
    </div>
  );
}
