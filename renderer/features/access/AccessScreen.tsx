import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { useFocus } from "../../navigation/focus.ts";
import { useRoute } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { BootAnswer } from "./BootAnswer.tsx";
import { Door } from "./Door.tsx";
import { Expected } from "./Expected.tsx";
import { GuardedChanges } from "./GuardedChanges.tsx";
import { Password } from "./Password.tsx";
import { WaitingList } from "./WaitingList.tsx";

/** Who may come in: those that wait, and what is asked of the station in focus. */
export function AccessScreen() {
  const { t } = useTranslation();
  const { station } = useFocus();
  const { station: wanted } = useRoute();
  const expected = useWatch("access.expected", {}).value ?? [];
  // One that was never heard of cannot be in focus elsewhere; here it can be prepared.
  const identity = expected.some((one) => one.identity === wanted) ? wanted : (station?.identity ?? null);
  return (
    <div className={layout.screen} data-width="narrow">
      <header>
        <h1>{t("common.screens.access")}</h1>
        {identity && <p className="muted">{t("access.intro", { station: identity })}</p>}
      </header>
      <WaitingList />
      {identity ? (
        <StationAccess identity={identity} key={identity} />
      ) : (
        <EmptyState title={t("access.noStation")}>{t("access.noStationHint")}</EmptyState>
      )}
      <Expected stations={expected} />
    </div>
  );
}

function StationAccess({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const access = useWatch("access.station", { identity });
  const state = useWatch("stations.state", { identity });
  if (access.state === "failed") return <Failure what={t("access.failed")} error={access.error} />;
  if (access.state === "loading") return <Busy what={t("access.loading")} />;
  const station = state.value ?? null;
  return (
    <>
      <Door access={access.value} link={station?.link} />
      <Password access={access.value} />
      <BootAnswer access={access.value} boot={station?.boot} />
      <GuardedChanges access={access.value} online={station?.link.state === "online"} />
    </>
  );
}
