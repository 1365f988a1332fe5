import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ChoiceField } from "../../ui/fields/ChoiceField.tsx";
import fields from "../../ui/fields/fields.module.css";
import { PortField } from "../../ui/fields/PortField.tsx";
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
      <PortField
        label={t(line ? "modbus.place.line" : "modbus.place.label")}
        description={t(line ? "modbus.place.lineHint" : "modbus.place.hint")}
        value={draft.place}
        error={wrong === "place" && t(line ? "modbus.place.lineBad" : "modbus.place.bad")}
        onChange={(place) => onChange({ place })}
        list={list}
      />
      {serial && (
        <>
          <ChoiceField
            label={t("modbus.place.baud")}
            value={draft.baud}
            choices={bauds}
            onChange={(baud) => onChange({ baud })}
          />
          <ChoiceField
            label={t("modbus.place.frame")}
            value={draft.frame}
            choices={frames}
            onChange={(frame) => onChange({ frame })}
          />
        </>
      )}
      {draft.unit !== undefined && (
        <TextInput
          className={fields.narrow}
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
