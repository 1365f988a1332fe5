import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCall, useWatch } from "../../core/core.tsx";
import { go } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Busy, Failure } from "../../ui/parts.tsx";

/** A name for a new virtual station that nobody has yet. */
function freeIdentity(taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(`virtual-${number}`)) number++;
  return `virtual-${number}`;
}

/** "Try it with the virtual station": one click, and it connects. */
export function VirtualOffer() {
  const { t } = useTranslation();
  const start = useCall("simulator.start");
  const stations = useWatch("stations.list", {});
  const running = useWatch("simulator.list", {});
  async function run() {
    const taken = [...(stations.value ?? []), ...(running.value ?? [])].map((station) => station.identity);
    const identity = freeIdentity(taken);
    const started = await start.run({ identity, ocpp: "1.6", scenario: "day", speed: 1, seed: 1, connectors: 2 });
    if (started) go("overview", { station: started.identity });
  }
  return (
    <section>
      <div className={layout.row} data-gap="16">
        <Button variant="default" onClick={run} disabled={start.busy}>
          {t("connection.virtual")}
        </Button>
        <span className="muted">{t("connection.virtualHint")}</span>
      </div>
      {start.busy && <Busy what={t("connection.starting")} />}
      {start.error && <Failure what={t("connection.virtualFailed")} error={start.error} />}
    </section>
  );
}
