import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { SummaryField } from "../../../src/services/messages/contract.ts";
import { english } from "../../i18n/catalogue.ts";

/** What a row says, in the language on screen. */
export function useRowWords() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      summary: (fields: readonly SummaryField[]) =>
        fields
          .map(({ label, value }) =>
            // A newer core may know a label that this screen does not.
            Object.hasOwn(english.messages.fields, label)
              ? t(`messages.fields.${label}`, { value })
              : `${label} ${shownText(value)}`,
          )
          .join(", "),
    }),
    [t],
  );
}
