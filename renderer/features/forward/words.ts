import type { TFunction } from "i18next";
import type { LegState } from "../../../src/station/forward.ts";

/** How the leg to the central system is, in the language on screen. */
export function legWords(t: TFunction, leg: LegState): string {
  switch (leg.state) {
    case "idle":
      return t("forward.idle");
    case "connecting":
      return leg.tries > 1 ? t("forward.connectingAgain", { tries: leg.tries }) : t("forward.connecting");
    case "open":
      return leg.subprotocol === undefined
        ? t("forward.open")
        : t("forward.openWith", { subprotocol: leg.subprotocol });
    case "away":
      return t("forward.away", { why: t(`forward.problems.${leg.problem}`) });
  }
}
