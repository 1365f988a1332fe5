import type { TFunction } from "i18next";
import type { Fault } from "../../../src/station/faults.ts";
import { chosenTimeText, durationText } from "../../../src/words/format.ts";

/** What a fault does, in the language on screen. */
export function faultWords(t: TFunction, fault: Fault): string {
  const what = tell(t, fault);
  const actions = "actions" in fault ? (fault.actions ?? []) : [];
  return actions.length === 0 ? what : t("faults.only", { what, actions: actions.join(", ") });
}

function tell(t: TFunction, fault: Fault): string {
  switch (fault.kind) {
    case "delay":
      return t("faults.told.delay", { time: chosenTimeText(fault.ms) });
    case "silence":
      return t("faults.told.silence");
    case "error":
      return t("faults.told.error", { code: fault.code });
    case "drop":
      return fault.everySeconds === undefined
        ? t("faults.told.dropOnce")
        : t("faults.told.drop", { time: durationText(fault.everySeconds * 1000) });
    case "time": {
      const time = durationText(Math.abs(fault.offsetSeconds) * 1000);
      return t(fault.offsetSeconds < 0 ? "faults.told.timeBehind" : "faults.told.timeAhead", { time });
    }
    case "refuse":
      return t("faults.told.refuse");
  }
}
