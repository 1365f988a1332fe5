import { useTranslation } from "react-i18next";
import type { english } from "../../i18n/catalogue.ts";
import { Facts } from "../../ui/parts.tsx";
import classes from "./messages.module.css";

type Example = keyof typeof english.messages.helpExamples;

const lines: Record<Example, string> = {
  words: "GroundFailure",
  quoted: '"error"',
  error: "error",
  action: "action:StatusNotification,MeterValues",
  dir: "dir:in",
  on: "on:console",
  station: "station:*",
  connector: "connector:1",
  id: "id:4711",
  kind: "kind:error",
  day: "day:2026-11-20",
  since: "since:2h",
  at: "at:14:10",
  number: "#4711",
  latency: "latency:>500ms",
  rule: "rule:too-long",
  not: "-action:Heartbeat",
};

/** What one can type into the filter line, by example. */
export function FilterHelp() {
  const { t } = useTranslation();
  const names = Object.keys(lines) as Example[];
  return (
    <div className={classes.help}>
      <p>{t("messages.helpIntro")}</p>
      <Facts stacked of={names.map((name) => [lines[name], t(`messages.helpExamples.${name}`)] as const)} />
    </div>
  );
}
