import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { readMoment } from "../../src/lib/time/moments.ts";
import classes from "./ui.module.css";

/** Asks for a time, as it is written in the filter of the messages: a time of day alone is the last one that has been. */
export function MomentForm({ onGo }: { onGo: (at: number) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [unread, setUnread] = useState(false);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const at = readMoment(text.trim(), Date.now());
    setUnread(at === undefined);
    if (at !== undefined) onGo(at);
  }
  return (
    <form className={classes.moment} onSubmit={submit} noValidate>
      <TextInput
        aria-label={t("common.moment.goTo")}
        placeholder={t("common.moment.hint")}
        value={text}
        error={unread && t("common.moment.unread")}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setUnread(false);
        }}
        spellCheck={false}
        autoComplete="off"
      />
      <Button type="submit" variant="default" disabled={text.trim() === ""}>
        {t("common.moment.go")}
      </Button>
    </form>
  );
}
