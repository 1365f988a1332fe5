import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./modbus.module.css";
import { bauds, frames, isPort, type PlaceDraft, type Wrong } from "./modbus-draft.ts";

type Props = {
  draft: PlaceDraft;
  wrong: Wrong | null;
  /** Ports of this laptop, offered as one types. */
  list: string;
  onChange: (part: Partial<PlaceDraft>) => void;
};

/** Where a device is: a port with its settings, or a host; and its unit. */
export function PlaceFields({ draft, wrong, list, onChange }: Props) {
  const { t } = useTranslation();
  const serial = draft.place.trim() === "" || isPort(draft.place);
  return (
    <>
      <TextInput
        className={classes.wide}
        label={t("modbus.place.label")}
        description={t("modbus.place.hint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        list={list}
        value={draft.place}
        error={wrong === "place" && t("modbus.place.bad")}
        onChange={(event) => onChange({ place: event.currentTarget.value })}
        classNames={{ input: "mono" }}
        autoComplete="off"
        spellCheck={false}
      />
      {serial && (
        <>
          <Select
            className={classes.narrow}
            label={t("modbus.place.baud")}
            value={draft.baud}
            data={[...bauds]}
            allowDeselect={false}
            onChange={(baud) => baud && onChange({ baud })}
          />
          <Select
            className={classes.narrow}
            label={t("modbus.place.frame")}
            value={draft.frame}
            data={[...frames]}
            allowDeselect={false}
            onChange={(frame) => frame && onChange({ frame })}
          />
        </>
      )}
      <TextInput
        className={classes.narrow}
        label={t("modbus.place.unit")}
        description={t("modbus.place.unitHint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={draft.unit}
        error={wrong === "unit" && t("modbus.place.unitBad")}
        onChange={(event) => onChange({ unit: event.currentTarget.value })}
        autoComplete="off"
      />
    </>
  );
}
