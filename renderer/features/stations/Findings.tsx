import { useTranslation } from "react-i18next";
import type { FindingGroup, StationState } from "../../../src/station/model.ts";
import { worstFirst, worstOfEachRule } from "../../../src/station/worst-first.ts";
import { useWatch } from "../../core/core.tsx";
import { useDrawer } from "../../navigation/drawer.tsx";
import { FindingItem, FindingLine } from "../../ui/findings/FindingItem.tsx";
import { Busy, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";

const keyOf = (finding: FindingGroup) => `${finding.rule} ${finding.where}`;

/** The three worst findings, and the way to all of them. */
export function Findings({ state }: { state: StationState }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const all = worstOfEachRule(state.findings);
  return (
    <section>
      <h2>{t("stations.findings.title")}</h2>
      {all.length === 0 && <p className="muted">{t("stations.findings.none")}</p>}
      {all.slice(0, 3).map((finding) => (
        <FindingLine
          key={keyOf(finding)}
          finding={finding}
          onOpen={() => drawer.open(<FindingItem finding={finding} />, t("stations.findings.title"))}
        />
      ))}
      {all.length > 3 && (
        <button
          type="button"
          className={ui.link}
          onClick={() =>
            drawer.open(
              <FindingsList identity={state.identity} />,
              t("stations.findings.all", { identity: state.identity }),
            )
          }
        >
          {t("common.showAll", { count: all.length })}
        </button>
      )}
    </section>
  );
}

/** All findings of a station, as they stand now. */
function FindingsList({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const state = useWatch("stations.state", { identity });
  if (state.state === "failed") return <Failure what={t("stations.failed")} error={state.error} />;
  if (state.state === "loading") return <Busy what={t("stations.loading")} />;
  const all = worstFirst(state.value?.findings ?? []);
  if (all.length === 0) return <p className="muted">{t("stations.findings.none")}</p>;
  return all.map((finding) => <FindingItem key={keyOf(finding)} finding={finding} />);
}
