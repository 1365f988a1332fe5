import { type Settings, settingsShape } from "../../../src/services/settings/contract.ts";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import type { ButtonCommand } from "../../../src/station/commands.ts";
import type { OcppVersion, StationState } from "../../../src/station/model.ts";
import { versions } from "../../features/simulator/virtual.ts";
import type { WordId } from "../help/en/words.ts";
import type { HelpContent } from "../help/model.ts";
import type { ScreenId } from "../screens.ts";

/** What an entry of the palette does. A command opens the overview with its button in focus: the button asks and sends. */
export type PaletteAction =
  | { do: "screen"; screen: ScreenId }
  | { do: "station"; station: string }
  | { do: "command"; station: string; command: ButtonCommand; evse?: number }
  | { do: "theme"; theme: Settings["theme"] }
  | { do: "language"; language: Settings["language"] }
  | { do: "virtual"; ocpp: OcppVersion }
  | { do: "export" }
  | { do: "help"; screen: ScreenId }
  | { do: "word"; word: WordId };

export type PaletteGroup = "screen" | "station" | "command" | "setting" | "virtual" | "help";
/** `about`: more that it is found by. `off`: it cannot be done now, the station is offline. */
export type PaletteItem = { group: PaletteGroup; action: PaletteAction; about?: string; off?: true };

/** What the palette can see. */
export type World = {
  screens: readonly { id: ScreenId }[];
  /** The screen one is at. */
  here: ScreenId | null;
  stations: readonly StationSummary[];
  focus: StationSummary | null;
  state: StationState | null;
  settings: Settings | null;
  /** null while it is fetched. */
  help: HelpContent | null;
};

/** Screens whose list can be taken along as a file. */
const exporting: ReadonlySet<ScreenId> = new Set([
  "messages",
  "history",
  "meters",
  "findings",
  "transactions",
  "connection",
]);

/** All that can be found, in the order shown when nothing is typed: commands of the station in focus, screens, stations, the rest. */
export function paletteItems(world: World): PaletteItem[] {
  const { screens, here, stations, focus, state, settings, help } = world;
  const items: PaletteItem[] = [];
  if (focus) items.push(...commandsOf(focus, state));
  if (here && exporting.has(here)) items.push({ group: "screen", action: { do: "export" } });
  for (const { id } of screens) if (id !== here) items.push({ group: "screen", action: { do: "screen", screen: id } });
  for (const { identity, vendor, model, serialNumber } of stations) {
    const about = [vendor, model, serialNumber].filter(Boolean).join(" ");
    if (identity !== focus?.identity)
      items.push({ group: "station", action: { do: "station", station: identity }, about });
  }
  if (settings) {
    for (const theme of settingsShape.shape.theme.options) {
      if (theme !== settings.theme) items.push({ group: "setting", action: { do: "theme", theme } });
    }
    for (const language of settingsShape.shape.language.options) {
      if (language !== settings.language) items.push({ group: "setting", action: { do: "language", language } });
    }
  }
  for (const ocpp of versions) items.push({ group: "virtual", action: { do: "virtual", ocpp } });
  if (help) {
    for (const { id } of screens) items.push({ group: "help", action: { do: "help", screen: id } });
    for (const word of Object.keys(help.words) as WordId[]) items.push({ group: "help", action: { do: "word", word } });
  }
  return items;
}

/** What can be asked of a station as it is: stop where something runs, start where nothing does; while it is offline all of it is there,
 * and none can be done but to write a raw call. */
function commandsOf(station: StationSummary, state: StationState | null): PaletteItem[] {
  const { identity } = station;
  const offline = station.link.state !== "online";
  const evses = state?.evses ?? [];
  const places = (command: ButtonCommand, running: boolean | null): PaletteAction[] =>
    evses
      .filter(({ transaction }) => running === null || running === (transaction?.state === "running"))
      .map(({ evse }) => ({ do: "command", station: identity, command, evse }));
  const actions: PaletteAction[] = [
    ...places("stop", true),
    ...places("start", false),
    ...places("unlock", null),
    ...places("availability", null),
    { do: "command", station: identity, command: "reset" },
    { do: "command", station: identity, command: "trigger" },
    { do: "command", station: identity, command: "raw" },
  ];
  return actions.map((action) => ({
    group: "command",
    action,
    ...(offline && action.do === "command" && action.command !== "raw" && { off: true }),
  }));
}

/** A key of its own for each entry. */
export function itemKey({ action }: PaletteItem): string {
  return Object.values(action).join(" ");
}
