import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { SummaryField } from "../../../src/services/messages/contract.ts";
import { english } from "../../i18n/catalogue.ts";
import { durationText, thin } from "../../ui/format.ts";
import { useFormat } from "../../ui/use-format.ts";

/** What a row says, in the language on screen. */
export function useRowWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => ({
      summary: (fields: readonly SummaryField[]) =>
        fields
          .map(({ label, value }) =>
            // A newer core may know a label that this screen does not.
            Object.hasOwn(english.messages.fields, label)
              ? t(`messages.fields.${label}`, { value })
              : `${label} ${value}`,
          )
          .join(", "),
      /** Under 10 ms one decimal matters. */
      latency: (ms: number) => (ms < 10 ? `${format.number(ms, 1)}${thin}ms` : durationText(ms)),
    }),
    [t, format],
  );
}
