import { TextInput } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { defaultSettings, type Settings } from "../../../src/services/settings/contract.ts";
import { thin } from "../../../src/words/format.ts";
import { useFormat } from "../../ui/format/use-format.ts";
import { type NumberSetting as Name, rangeOf, readNumber, shownValue, warningsOf } from "./fields.ts";
import { Setting } from "./Setting.tsx";
import classes from "./settings.module.css";
import { useSaving } from "./use-saving.ts";

type Props = { setting: Name; values: Settings; unit?: "seconds" | "kib" };

/** A number, saved when one leaves the field or presses Enter. Escape gives back what was saved. */
export function NumberSetting({ setting, values, unit }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const saving = useSaving();
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const { min, max } = rangeOf(setting);
  // A port is a name more than a number: its digits are not grouped.
  const number = (value: number) =>
    setting === "port" ? String(value) : format.number(value, Number.isInteger(value) ? 0 : 2);
  const unitWord = unit ? t(`settings.units.${unit}`) : "";
  const withUnit = (text: string) => (unitWord ? `${text}${thin}${unitWord}` : text);
  const warning = warningsOf(values)[setting];
  const kept = values[setting];

  // What was typed stands until the saved value is told; what is typed in the meantime stays.
  useEffect(() => {
    setTyped((now) => (now !== null && readNumber(setting, now) === kept ? null : now));
  }, [setting, kept]);

  async function commit(): Promise<void> {
    if (typed === null) return;
    const value = readNumber(setting, typed);
    setRefused(value === null);
    if (value === null) return saving.forget();
    if (value === kept) return setTyped(null);
    await saving.save({ [setting]: value });
  }

  function giveUp(): void {
    setTyped(null);
    setRefused(false);
    saving.forget();
  }

  const bounds = { min: number(min), max: withUnit(number(max)) };
  const usual = number(shownValue(setting, defaultSettings));
  return (
    <Setting
      control={id}
      name={t(`settings.${setting}.label`)}
      help={t(`settings.${setting}.help`)}
      helpId={`${id}-help`}
      warning={warning && t(`settings.warnings.${warning}`)}
      saving={saving}
    >
      <TextInput
        id={id}
        className={classes.number}
        value={typed ?? String(shownValue(setting, values)).replace(".", t("settings.decimal"))}
        inputMode="decimal"
        autoComplete="off"
        aria-describedby={`${id}-help ${id}-range`}
        error={refused && t(unit === "kib" ? "settings.outOfRangeKib" : "settings.outOfRange", bounds)}
        rightSection={unitWord && <span className="muted">{unitWord}</span>}
        rightSectionPointerEvents="none"
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setRefused(false);
        }}
        onBlur={() => void commit()}
        onKeyDown={(event) => {
          if (event.key === "Enter") void commit();
          if (event.key !== "Escape" || typed === null) return;
          event.stopPropagation();
          giveUp();
        }}
      />
      <span className="muted small" id={`${id}-range`}>
        {t("settings.range", bounds)}, {t("settings.byDefault", { value: usual })}
      </span>
    </Setting>
  );
}
