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
};

function screen<Name extends string>(
  id: ScreenId,
  group: Screen["group"],
  digit: string,
  name: Name,
  load: () => Promise<Record<Name, ComponentType>>,
): Screen {
  return { id, group, digit, component: lazy(async () => ({ default: (await load())[name] })) };
}

/** All screens, in the order of the rail. The first one comes with the window, the others when they are asked for. */
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
