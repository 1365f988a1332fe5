import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { loadRawCall } from "../features/stations/commands/LazyRawCall.tsx";
import { OverviewScreen } from "../features/stations/OverviewScreen.tsx";

export type ScreenId =
  | "overview"
  | "meters"
  | "history"
  | "messages"
  | "findings"
  | "transactions"
  | "tokens"
  | "configuration"
  | "files"
  | "diagnostics"
  | "access"
  | "forward"
  | "faults"
  | "simulator"
  | "connection"
  | "certificates"
  | "serial"
  | "console"
  | "modbus"
  | "settings"
  | "stations"
  | "reader";

/** What a screen is about: the station in focus, what is done to it on purpose, or this laptop. */
export const screenGroups = ["station", "purpose", "laptop"] as const;
export type ScreenGroup = (typeof screenGroups)[number];

/** One line per screen. `id` is the route (`#/<id>`) and the key of its name (`common.screens.<id>`). */
export type Screen = {
  id: ScreenId;
  /** null: it has no entry in the rail. */
  group: ScreenGroup | null;
  /** The key that goes there; empty where there is none left. */
  digit: string;
  component: ComponentType | LazyExoticComponent<ComponentType>;
  /** Fetches the screen; absent where it comes with the window. */
  load?: () => Promise<unknown>;
};

/** The files of a screen could not be fetched. */
export class ScreenNotLoaded extends Error {}

type Listed = Omit<Screen, "digit">;

function screen<Name extends string>(
  id: ScreenId,
  group: ScreenGroup | null,
  name: Name,
  load: () => Promise<Record<Name, ComponentType>>,
): Listed {
  const loaded = () =>
    load().catch((thrown: unknown) => {
      throw new ScreenNotLoaded(String(thrown));
    });
  return { id, group, load, component: lazy(async () => ({ default: (await loaded())[name] })) };
}

/** The first one comes with the window, the others when it is quiet or they are asked for. */
const listed: readonly Listed[] = [
  { id: "overview", group: "station", component: OverviewScreen },
  screen("meters", "station", "MetersScreen", () => import("../features/metering/MetersScreen.tsx")),
  screen("history", "station", "HistoryScreen", () => import("../features/history/HistoryScreen.tsx")),
  screen("messages", "station", "MessagesScreen", () => import("../features/messages/MessagesScreen.tsx")),
  screen("findings", "station", "FindingsScreen", () => import("../features/findings/FindingsScreen.tsx")),
  screen(
    "transactions",
    "station",
    "TransactionsScreen",
    () => import("../features/transactions/TransactionsScreen.tsx"),
  ),
  screen("tokens", "station", "TokensScreen", () => import("../features/tokens/TokensScreen.tsx")),
  screen(
    "configuration",
    "station",
    "ConfigurationScreen",
    () => import("../features/configuration/ConfigurationScreen.tsx"),
  ),
  screen("diagnostics", "station", "DiagnosticsScreen", () => import("../features/diagnostics/DiagnosticsScreen.tsx")),
  screen("forward", "purpose", "ForwardScreen", () => import("../features/forward/ForwardScreen.tsx")),
  screen("faults", "purpose", "FaultsScreen", () => import("../features/faults/FaultsScreen.tsx")),
  screen("simulator", "purpose", "SimulatorScreen", () => import("../features/simulator/SimulatorScreen.tsx")),
  screen("connection", "laptop", "ConnectionScreen", () => import("../features/connection/ConnectionScreen.tsx")),
  screen("serial", "laptop", "SerialScreen", () => import("../features/serial/SerialScreen.tsx")),
  screen(
    "certificates",
    "laptop",
    "CertificatesScreen",
    () => import("../features/certificates/CertificatesScreen.tsx"),
  ),
  screen("access", "laptop", "AccessScreen", () => import("../features/access/AccessScreen.tsx")),
  screen("settings", "laptop", "SettingsScreen", () => import("../features/settings/SettingsScreen.tsx")),
  // Reached from Serial, from Diagnostics, from there, and from the station in focus at the head of the rail.
  screen("console", null, "ConsoleScreen", () => import("../features/console/ConsoleScreen.tsx")),
  screen("files", null, "FilesScreen", () => import("../features/files/FilesScreen.tsx")),
  screen("reader", null, "ReaderScreen", () => import("../features/reader/ReaderScreen.tsx")),
  // Reached from Serial.
  screen("modbus", null, "ModbusScreen", () => import("../features/modbus/ModbusScreen.tsx")),
  screen("stations", null, "StationsScreen", () => import("../features/stations/StationsScreen.tsx")),
];

/** All screens, in the order of the rail: the digits run down it. */
export const screens: readonly Screen[] = listed.map((one, at) => ({ ...one, digit: "1234567890"[at] ?? "" }));

/** Fetches the screens, and what else comes on demand, that were not opened yet, one after the other, so that each is there also while the core is away. */
export async function loadScreens(): Promise<void> {
  // What fails here fails again when the screen is opened, and is told there.
  for (const load of [...screens.map((screen) => screen.load), loadRawCall]) await load?.().catch(() => undefined);
}
