import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./modbus.module.css";
import { bauds, frames, isPort, type PlaceDraft, type Wrong } from "./modbus-draft.ts";

type Props = {
  draft: Omit<PlaceDraft, "unit"> & { unit?: string };
  wrong: Wrong | null;
  /** Ports of this laptop, offered as one types. */
  list: string;
  onChange: (part: Partial<PlaceDraft>) => void;
  /** A serial line as a whole: no host, and no unit on it. */
  line?: boolean;
};

/** Where a device is: a port with its settings, or a host; and its unit. Or a line, where `line` is said. */
export function PlaceFields({ draft, wrong, list, onChange, line = false }: Props) {
  const { t } = useTranslation();
  const serial = line || draft.place.trim() === "" || isPort(draft.place);
  return (
    <>
      <TextInput
        className={classes.wide}
        label={t(line ? "modbus.place.line" : "modbus.place.label")}
        description={t(line ? "modbus.place.lineHint" : "modbus.place.hint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        list={list}
        value={draft.place}
        error={wrong === "place" && t(line ? "modbus.place.lineBad" : "modbus.place.bad")}
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
      {draft.unit !== undefined && (
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
      )}
    </>
  );
}
