import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import fields from "../../ui/fields/fields.module.css";
import layout from "../../ui/layout.module.css";
import { unescaped } from "./bytes.ts";
import classes from "./console.module.css";
import { mostMacros, readMacros, writeMacros } from "./kept-macros.ts";

/** Texts that are sent by a click; this window keeps them. */
export function Macros({ onSend }: { onSend: (text: string) => void }) {
  const { t } = useTranslation();
  const [macros, setMacros] = useState(readMacros);
  const [text, setText] = useState("");
  const full = macros.length >= mostMacros;

  function change(next: string[]): void {
    setMacros(next);
    writeMacros(next);
  }
  function add(event: FormEvent): void {
    event.preventDefault();
    if (text === "" || full || macros.includes(text)) return;
    change([...macros, text]);
    setText("");
  }
  return (
    <section className={layout.section} aria-labelledby="console-macros">
      <h2 id="console-macros">{t("console.macros.title")}</h2>
      {macros.length > 0 && (
        <ul className={classes.macros}>
          {macros.map((macro) => (
            <li key={macro} className={layout.row}>
              <Button variant="default" classNames={{ label: "mono" }} onClick={() => onSend(unescaped(macro))}>
                {macro}
              </Button>
              <Button
                variant="subtle"
                aria-label={t("console.macros.remove", { text: macro })}
                onClick={() => change(macros.filter((one) => one !== macro))}
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form className={layout.row} data-align="end" onSubmit={add}>
        <TextInput
          className={fields.wide}
          label={t("console.macros.text")}
          title={t("console.macros.hint")}
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.currentTarget.value)}
          classNames={{ input: "mono" }}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" variant="default" disabled={text === "" || full}>
          {t("console.macros.add")}
        </Button>
        <p className="muted">{full ? t("console.macros.full", { most: mostMacros }) : t("console.macros.hint")}</p>
      </form>
    </section>
  );
}
