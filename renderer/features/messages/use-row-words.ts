import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { SummaryField } from "../../../src/services/messages/contract.ts";
import { numberText, quantityText } from "../../../src/words/format.ts";
import type { Language } from "../../../src/words/language.ts";
import { english } from "../../i18n/catalogue.ts";
import { useLanguage } from "../../i18n/index.ts";

/** What a row says, in the language on screen. */
export function useRowWords() {
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo(
    () => ({
      summary: (fields: readonly SummaryField[]) =>
        fields
          .map(({ label, value: said }) => {
            const value = measuredText(language, label, said);
            // A newer core may know a label that this screen does not.
            return Object.hasOwn(english.messages.fields, label)
              ? t(`messages.fields.${label}`, { value })
              : `${label} ${shownText(value)}`;
          })
          // "key = value" is one thing that is said.
          .reduce((said, one) => (said === "" ? one : `${said}${one.startsWith("= ") ? " " : ", "}${one}`), ""),
    }),
    [t, language],
  );
}

const measured: ReadonlySet<string> = new Set(["power", "energy", "current", "soc"]);

/** A measured value as one reads it: watts and watt-hours in kilo, decimals by the language. What cannot be read so stands as it was said. */
export function measuredText(language: Language, label: string, said: string): string {
  if (!measured.has(label)) return said;
  const whole = /^(-?\d+(?:\.\d+)?) (k?)(Wh?)$/.exec(said);
  if (whole) return quantityText(language, Number(whole[1]) * (whole[2] ? 1000 : 1), whole[3] === "W" ? "W" : "Wh");
  return said.replace(/-?\d+\.\d+/g, (digits) =>
    numberText(language, Number(digits), digits.split(".")[1]?.length ?? 0),
  );
}
