import type { TFunction } from "i18next";
import { connectorLabel } from "../../../src/station/views.ts";
import { screens } from "../screens.ts";
import type { PaletteItem, World } from "./items.ts";

/** What an entry says, and the further words that it is found by. */
export type ItemWords = { label: string; group: string; found: string; key?: string };

/** Puts an entry into words. `several`: the station has more than one EVSE, so that each is named. */
export function wordsOf({ group, action, about = "" }: PaletteItem, world: World, t: TFunction): ItemWords {
  const groupWord = t(`palette.groups.${group}`);
  const say = (label: string, more = "", key?: string): ItemWords => ({
    label,
    group: groupWord,
    found: `${label} ${more} ${groupWord}`,
    key,
  });
  switch (action.do) {
    case "screen": {
      const name = t(`common.screens.${action.screen}`);
      const digit = screens.find((screen) => screen.id === action.screen)?.digit;
      return { ...say(t("palette.goTo", { screen: name }), name, digit) };
    }
    case "station": {
      return say(t("palette.bring", { station: action.station }), `${action.station} ${about}`);
    }
    case "command": {
      const several = (world.state?.evses.length ?? 0) > 1;
      const { command, station, evse } = action;
      const label =
        several && evse !== undefined && command !== "reset" && command !== "trigger" && command !== "raw"
          ? t(`palette.commands.${command}At`, { station, place: placeWord(evse) })
          : t(`palette.commands.${command}`, { station });
      return say(label, t(`palette.words.${command}`));
    }
    case "theme":
      return say(t("palette.theme", { theme: t(`settings.theme.${action.theme}`) }), t("palette.words.theme"));
    case "language":
      return say(
        t("palette.language", { language: t(`settings.language.${action.language}`) }),
        t("palette.words.language"),
      );
    case "virtual":
      return say(t("palette.startVirtual", { ocpp: action.ocpp }), t("palette.words.virtual"));
    case "export":
      return say(t("palette.export"), t("palette.words.export"));
    case "help": {
      const name = t(`common.screens.${action.screen}`);
      return say(t("palette.help", { screen: name }), t("palette.words.help"));
    }
    case "word": {
      const word = world.help?.words[action.word].word ?? action.word;
      return say(t("palette.word", { word }), action.word);
    }
  }

  function placeWord(evse: number): string {
    const kind = world.state && connectorLabel(world.state, evse).kind === "connector" ? "connector" : "evse";
    return t(`palette.place.${kind}`, { number: String(evse) });
  }
}
