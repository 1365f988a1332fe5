import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { OverviewScreen } from "../features/stations/OverviewScreen.tsx";

export type ScreenId =
  | "overview"
  | "meters"
  | "history"
  | "messages"
  | "findings"
  | "tokens"
  | "access"
  | "forward"
  | "faults"
  | "simulator"
  | "connection"
  | "certificates"
  | "settings";

/** One line per screen. `id` is the route (`#/<id>`) and the key of its name (`common.screens.<id>`). */
export type Screen = {
  id: ScreenId;
  /** What it belongs to: the station in focus, or the laptop. */
  group: "station" | "laptop";
  /** The key that goes there; empty where there is none left. */
  digit: string;
  component: ComponentType | LazyExoticComponent<ComponentType>;
  /** Fetches the screen; absent where it comes with the window. */
  load?: () => Promise<unknown>;
};

/** The files of a screen could not be fetched. */
export class ScreenNotLoaded extends Error {}

function screen<Name extends string>(
  id: ScreenId,
  group: Screen["group"],
  digit: string,
  name: Name,
  load: () => Promise<Record<Name, ComponentType>>,
): Screen {
  const loaded = () =>
    load().catch((thrown: unknown) => {
      throw new ScreenNotLoaded(String(thrown));
    });
  return { id, group, digit, load, component: lazy(async () => ({ default: (await loaded())[name] })) };
}

/** All screens, in the order of the rail. The first one comes with the window, the others when it is quiet or they are asked for. */
export const screens: readonly Screen[] = [
  { id: "overview", group: "station", digit: "1", component: OverviewScreen },
  screen("meters", "station", "2", "MetersScreen", () => import("../features/metering/MetersScreen.tsx")),
  screen("history", "station", "3", "HistoryScreen", () => import("../features/history/HistoryScreen.tsx")),
  screen("messages", "station", "4", "MessagesScreen", () => import("../features/messages/MessagesScreen.tsx")),
  screen("findings", "station", "", "FindingsScreen", () => import("../features/findings/FindingsScreen.tsx")),
  screen("tokens", "station", "5", "TokensScreen", () => import("../features/tokens/TokensScreen.tsx")),
  screen("access", "station", "6", "AccessScreen", () => import("../features/access/AccessScreen.tsx")),
  screen("forward", "station", "", "ForwardScreen", () => import("../features/forward/ForwardScreen.tsx")),
  screen("faults", "station", "", "FaultsScreen", () => import("../features/faults/FaultsScreen.tsx")),
  screen("connection", "laptop", "7", "ConnectionScreen", () => import("../features/connection/ConnectionScreen.tsx")),
  screen(
    "certificates",
    "laptop",
    "0",
    "CertificatesScreen",
    () => import("../features/certificates/CertificatesScreen.tsx"),
  ),
  screen("simulator", "laptop", "8", "SimulatorScreen", () => import("../features/simulator/SimulatorScreen.tsx")),
  screen("settings", "laptop", "9", "SettingsScreen", () => import("../features/settings/SettingsScreen.tsx")),
];

/** Fetches the screens that were not opened yet, one after the other, so that each is there also while the core is away. */
export async function loadScreens(): Promise<void> {
  // What fails here fails again when the screen is opened, and is told there.
  for (const { load } of screens) await load?.().catch(() => undefined);
}
