import { Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FilterHint } from "../../../src/services/messages/filter.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import layout from "../../ui/layout.module.css";
import { FilterHelp } from "./FilterHelp.tsx";
import classes from "./messages.module.css";
import { readSaved, withSaved, writeSaved } from "./saved.ts";

type Props = {
  line: string;
  problems: boolean;
  hints: readonly FilterHint[];
  onLine: (line: string) => void;
  onProblems: (problems: boolean) => void;
};

/** What the list is narrowed by: a line in words and fields, a tick for problems, and the lines that were kept. */
export function FilterLine({ line, problems, hints, onLine, onProblems }: Props) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const [saved, setSaved] = useState(() => readSaved(localStorage));
  const [refused, setRefused] = useState(false);
  function keep(lines: string[]) {
    setSaved(lines);
    setRefused(!writeSaved(localStorage, lines));
  }
  const trimmed = line.trim();
  return (
    <div className={classes.filter}>
      <div className={layout.row} data-gap="12">
        <TextInput
          className={classes.input}
          type="search"
          data-filter
          aria-label={t("messages.filter")}
          placeholder={t("messages.filterPlaceholder")}
          spellCheck={false}
          value={line}
          onChange={(event) => onLine(event.currentTarget.value)}
        />
        {trimmed !== "" && !saved.includes(trimmed) && (
          <Button variant="default" onClick={() => keep(withSaved(saved, trimmed))}>
            {t("messages.save")}
          </Button>
        )}
        <Checkbox
          size="md"
          label={t("messages.problems")}
          checked={problems}
          onChange={(event) => onProblems(event.currentTarget.checked)}
        />
        <Button variant="subtle" onClick={() => drawer.open(<FilterHelp />, t("messages.help"))}>
          {t("messages.help")}
        </Button>
      </div>
      {hints.map(({ problem, field, value }) => (
        <p key={`${field}:${value}`} className="small muted" role="status">
          {t(problem === "bad-value" ? "messages.badValue" : "messages.unknownField", { field, value })}
        </p>
      ))}
      {refused && (
        <p className="small" role="alert">
          {t("messages.notSaved")}
        </p>
      )}
      {saved.length > 0 && (
        <ul className={classes.saved} aria-label={t("messages.saved")}>
          {saved.map((kept) => (
            <li key={kept}>
              <button
                type="button"
                aria-pressed={kept === trimmed}
                onClick={() => onLine(kept === trimmed ? "" : kept)}
              >
                {kept}
              </button>
              <button
                type="button"
                aria-label={t("messages.removeSaved", { line: kept })}
                onClick={() => keep(saved.filter((other) => other !== kept))}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
