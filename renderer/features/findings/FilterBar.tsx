import { Checkbox, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { StationFindings } from "../../../src/services/findings/contract.ts";
import { countSeverities, type FindingsFilter } from "../../../src/services/findings/filter.ts";
import { type Rule, rules } from "../../../src/words/en/findings.ts";
import { severities } from "../../../src/words/rule.ts";
import { ruleText } from "../../../src/words/spoken.ts";
import { useLanguage } from "../../i18n/index.ts";
import layout from "../../ui/layout.module.css";
import { ExportMenu } from "../../ui/lists/ExportMenu.tsx";
import classes from "./findings.module.css";

type Filter = Omit<FindingsFilter, "station">;
type Props = {
  all: StationFindings[];
  station: string | null;
  everywhere: boolean;
  filter: Filter;
  onEverywhere: (everywhere: boolean) => void;
  onFilter: (filter: Filter) => void;
};

/** What the list is narrowed by: the station, severities with their counts, one rule, words. */
export function FilterBar({ all, station, everywhere, filter, onEverywhere, onFilter }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const counts = countSeverities(all, station);
  const broken = [...new Set(all.flatMap(({ findings }) => findings.map(({ rule }) => rule)))];
  const toggle = (severity: (typeof severities)[number], on: boolean) =>
    onFilter({
      ...filter,
      severities: on ? [...filter.severities, severity] : filter.severities.filter((one) => one !== severity),
    });
  return (
    <div className={layout.row} data-gap="16">
      <SegmentedControl
        size="md"
        aria-label={t("findings.scope")}
        value={everywhere ? "all" : "one"}
        data={[
          { value: "one", label: t("findings.thisStation") },
          { value: "all", label: t("findings.allStations") },
        ]}
        onChange={(value) => onEverywhere(value === "all")}
        transitionDuration={0}
      />
      <fieldset className={classes.severities}>
        <legend className="visually-hidden">{t("findings.severity")}</legend>
        {severities.map((severity) => (
          <Checkbox
            key={severity}
            size="md"
            label={t(`findings.severities.${severity}`, { count: counts[severity] })}
            checked={filter.severities.includes(severity)}
            onChange={(event) => toggle(severity, event.currentTarget.checked)}
          />
        ))}
      </fieldset>
      <Select
        aria-label={t("findings.rule")}
        placeholder={t("findings.anyRule")}
        clearable
        searchable
        value={filter.rule}
        data={broken.map((rule) => ({ value: rule, label: ruleText(rule, language).title }))}
        onChange={(value) => onFilter({ ...filter, rule: isRule(value) ? value : null })}
      />
      <TextInput
        type="search"
        data-filter
        aria-label={t("findings.text")}
        placeholder={t("findings.textPlaceholder")}
        spellCheck={false}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <ExportMenu
        wish={() => ({
          list: "findings",
          station: station ?? undefined,
          severities: [...filter.severities],
          rule: filter.rule ?? undefined,
          text: filter.text,
        })}
      />
    </div>
  );
}

function isRule(value: string | null): value is Rule {
  return value !== null && Object.hasOwn(rules, value);
}
