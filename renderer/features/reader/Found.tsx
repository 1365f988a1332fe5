import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Level, levels } from "../../../src/logs/model.ts";
import { useCall } from "../../core/core.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";

type Props = { log: number; onLine: (line: number) => void; children: ReactNode };

/** A search through the whole text, and steps through what it found. */
export function Found({ log, onLine, children }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const search = useCall("reader.search");
  const [text, setText] = useState("");
  const [isPattern, setPattern] = useState(false);
  const [level, setLevel] = useState<Level | "">("");
  const [standing, setStanding] = useState(0);
  const lines = search.value?.lines ?? [];
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text === "" && level === "") return;
    void search
      .run({ log, isPattern, ...(text !== "" && { text }), ...(level !== "" && { levels: [level] }) })
      .then((found) => {
        setStanding(0);
        const [first] = found?.lines ?? [];
        if (first !== undefined) onLine(first);
      });
  }
  function step(by: number): void {
    const next = (standing + by + lines.length) % lines.length;
    setStanding(next);
    const line = lines[next];
    if (line !== undefined) onLine(line);
  }
  return (
    <>
      <div className={layout.row} data-gap="12">
        <form className={layout.row} data-gap="12" onSubmit={submit}>
          <TextInput
            type="search"
            data-filter
            aria-label={t("reader.search")}
            placeholder={t("reader.search")}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Checkbox
            size="md"
            label={t("reader.pattern")}
            checked={isPattern}
            onChange={(event) => setPattern(event.currentTarget.checked)}
          />
          <Select
            w={160}
            aria-label={t("reader.level")}
            placeholder={t("reader.anyLevel")}
            clearable
            value={level === "" ? null : level}
            data={levels.map((value) => ({ value, label: t(`reader.levels.${value}`) }))}
            onChange={(value) => setLevel(levels.find((one) => one === value) ?? "")}
          />
          <Button type="submit" variant="default" loading={search.busy} disabled={text === "" && level === ""}>
            {t("reader.find")}
          </Button>
        </form>
        {children}
      </div>
      {search.error && <Failure what={t("reader.notSearched")} error={search.error} />}
      {search.value && (
        <div className={layout.row} data-gap="12">
          <span role="status">
            {lines.length === 0
              ? t("reader.nothingFound")
              : t(search.value.next === undefined ? "reader.found" : "reader.foundSome", {
                  at: format.number(standing + 1),
                  count: lines.length,
                  all: format.number(lines.length),
                })}
          </span>
          {lines.length > 1 && (
            <>
              <Button variant="default" onClick={() => step(-1)}>
                {t("reader.previous")}
              </Button>
              <Button variant="default" onClick={() => step(1)}>
                {t("reader.next")}
              </Button>
            </>
          )}
        </div>
      )}
    </>
  );
}
