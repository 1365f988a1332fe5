import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type QuirkName, quirkNames } from "../../../src/services/simulator/contract.ts";
import ui from "../../ui/ui.module.css";
import classes from "./simulator.module.css";

type Props = {
  /** Names the group for a screen reader. */
  name: string;
  value: readonly QuirkName[];
  onChange: (value: QuirkName[]) => void;
};

/** In which ways a virtual station misbehaves: folded to one line, which says it. */
export function QuirksChoice({ name, value, onChange }: Props) {
  const { t } = useTranslation();
  const said = value.map((quirk) => t(`simulator.quirks.names.${quirk}`)).join("; ");
  return (
    <details className={classes.quirks}>
      <summary className={ui.more}>
        {value.length === 0 ? t("simulator.quirks.none") : t("simulator.quirks.some", { what: said })}
      </summary>
      <p className="muted">{t("simulator.quirks.hint")}</p>
      <fieldset aria-label={name}>
        {quirkNames.map((quirk) => (
          <Checkbox
            key={quirk}
            size="md"
            label={t(`simulator.quirks.names.${quirk}`)}
            checked={value.includes(quirk)}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              onChange(quirkNames.filter((one) => (one === quirk ? checked : value.includes(one))));
            }}
          />
        ))}
      </fieldset>
    </details>
  );
}
