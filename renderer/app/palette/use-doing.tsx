import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureError } from "../../../src/lib/contract.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import { emptyStart, freeIdentity, readStart } from "../../features/simulator/virtual.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { focusStation, go } from "../../navigation/routes.ts";
import { Help } from "../help/Help.tsx";
import { focusCommand, press } from "./focus-command.ts";
import type { PaletteAction } from "./items.ts";

/** Does what an entry says, by the same calls and routes as the buttons. `run` gives true when it is done; else `error` says why. */
export function useDoing() {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const change = useCall("settings.change");
  const start = useCall("simulator.start");
  const virtual = useWatch("simulator.list", {});
  const [failed, setFailed] = useState<"settings" | "virtual" | null>(null);

  async function run(action: PaletteAction): Promise<boolean> {
    setFailed(null);
    switch (action.do) {
      case "screen":
        go(action.screen);
        return true;
      case "station":
        focusStation(action.station);
        return true;
      case "command":
        go("overview", { station: action.station });
        focusCommand(action.command, action.evse);
        return true;
      case "theme":
      case "language": {
        const part = action.do === "theme" ? { theme: action.theme } : { language: action.language };
        const saved = await change.run(part);
        if (!saved) setFailed("settings");
        return saved !== undefined;
      }
      case "virtual": {
        const running = virtual.value?.map((station) => station.identity) ?? [];
        const read = readStart({ ...emptyStart, identity: freeIdentity(running), ocpp: action.ocpp }, running);
        const started = "input" in read ? await start.run(read.input) : undefined;
        if (started) go("overview", { station: started.identity });
        else setFailed("virtual");
        return started !== undefined;
      }
      case "export":
        press("[data-export]");
        return true;
      case "help":
        drawer.open(<Help key={action.screen} topic={{ screen: action.screen }} />, t("help.title"));
        return true;
      case "word":
        drawer.open(<Help key={action.word} topic={{ word: action.word }} />, t("help.title"));
        return true;
    }
  }

  function reset(): void {
    setFailed(null);
    change.reset();
    start.reset();
  }

  const error: FailureError | null = failed === "settings" ? change.error : failed === "virtual" ? start.error : null;
  return { run, reset, busy: change.busy || start.busy, error };
}
