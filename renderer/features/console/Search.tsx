import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import fields from "../../ui/fields/fields.module.css";
import layout from "../../ui/layout.module.css";
import classes from "./console.module.css";

type Props = { found: { at: number; of: number } | null; onFind: (text: string, back: boolean) => void };

/** Looks for a text in what the terminal holds: Enter goes on, Shift+Enter back. */
export function Search({ found, onFind }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  return (
    <div className={layout.row} data-align="end">
      <TextInput
        className={fields.narrow}
        label={t("console.search")}
        value={text}
        data-filter
        onChange={(event) => {
          setText(event.currentTarget.value);
          onFind(event.currentTarget.value, false);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") onFind(text, event.shiftKey);
        }}
        autoComplete="off"
        spellCheck={false}
      />
      <Button variant="default" disabled={text === ""} onClick={() => onFind(text, true)}>
        {t("console.previous")}
      </Button>
      <Button variant="default" disabled={text === ""} onClick={() => onFind(text, false)}>
        {t("console.next")}
      </Button>
      <span role="status" className={classes.found}>
        {text !== "" && found && (found.of > 0 ? t("console.found", found) : t("console.notFound"))}
      </span>
    </div>
  );
}
