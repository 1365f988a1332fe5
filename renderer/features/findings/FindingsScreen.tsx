import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { StationFindings } from "../../../src/services/findings/contract.ts";
import { type FindingsFilter, groupByRule } from "../../../src/services/findings/filter.ts";
import { ruleText } from "../../../src/words/spoken.ts";
import { useWatch } from "../../core/core.tsx";
import { useLanguage, useSpoken } from "../../i18n/index.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { useFocus } from "../../navigation/focus.ts";
import layout from "../../ui/layout.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { FilterBar } from "./FilterBar.tsx";
import { RuleSection } from "./RuleSection.tsx";
import { StrictnessBar } from "./StrictnessBar.tsx";
import { TicketView } from "./TicketView.tsx";

/** What the stations deviate in: by rule, counted, each with its frames, and as a ticket for the vendor. */
export function FindingsScreen() {
  const { t } = useTranslation();
  const { station } = useFocus();
  const findings = useWatch("findings.list", {});
  return (
    <div className={layout.screen} data-width="wide">
      <header className={layout.head}>
        <h1>{t("common.screens.findings")}</h1>
        <p className="muted">{t("findings.intro")}</p>
      </header>
      {findings.state === "loading" && <Busy what={t("findings.loading")} />}
      {findings.state === "failed" && <Failure what={t("findings.failed")} error={findings.error} />}
      {findings.state === "ready" && <Found all={findings.value} focus={station?.identity ?? null} />}
      {station && (
        <details>
          <summary className={ui.more}>
            {t("findings.strictness.fold", { station: shownText(station.identity) })}
          </summary>
          <StrictnessBar station={station.identity} key={station.identity} />
        </details>
      )}
    </div>
  );
}

function Found({ all, focus }: { all: StationFindings[]; focus: string | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSpoken();
  const drawer = useDrawer();
  const [everywhere, setEverywhere] = useState(false);
  const [narrowed, setNarrowed] = useState<Omit<FindingsFilter, "station">>({ severities: [], rule: null, text: "" });
  const station = everywhere ? null : focus;
  const groups = groupByRule(all, { ...narrowed, station }, (rule) => ruleText(rule, language).title, say);
  const any = all.some((one) => station === null || one.station === station);
  const stations = station === null ? all.map((one) => one.station) : [station];
  if (all.length === 0) return <EmptyState title={t("findings.none")}>{t("findings.noneHint")}</EmptyState>;
  return (
    <>
      <FilterBar
        all={all}
        station={station}
        everywhere={everywhere}
        filter={narrowed}
        onEverywhere={setEverywhere}
        onFilter={setNarrowed}
      />
      {any && groups.length > 0 && (
        <div className={layout.row} data-gap="16">
          {stations
            .filter((one) => groups.some(({ places }) => places.some((place) => place.station === one)))
            .map((one) => (
              <Button
                key={one}
                variant="default"
                onClick={() =>
                  drawer.open(
                    <TicketView station={one} rules={groups.map(({ rule }) => rule)} />,
                    t("findings.ticketFor", { station: one }),
                  )
                }
              >
                {station === null ? t("findings.ticketFor", { station: one }) : t("findings.makeTicket")}
              </Button>
            ))}
        </div>
      )}
      {!any && <EmptyState title={t("findings.noneHere")}>{t("findings.noneHint")}</EmptyState>}
      {any && groups.length === 0 && <EmptyState title={t("findings.nonePass")} />}
      {groups.map((group) => (
        <RuleSection key={group.rule} group={group} withStation={station === null} />
      ))}
    </>
  );
}
