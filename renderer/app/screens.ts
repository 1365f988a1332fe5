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

/** Where a screen stands in the rail, and the drawing beside its name: a path in a square of 24. */
export type RailPlace = { group: ScreenGroup; drawing: string };

/** One line per screen. `id` is the route (`#/<id>`) and the key of its name (`common.screens.<id>`). */
export type Screen = {
  id: ScreenId;
  /** Absent: it has no entry in the rail. */
  place?: RailPlace;
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
  place: RailPlace | undefined,
  name: Name,
  load: () => Promise<Record<Name, ComponentType>>,
): Listed {
  const loaded = () =>
    load().catch((thrown: unknown) => {
      throw new ScreenNotLoaded(String(thrown));
    });
  return { id, place, load, component: lazy(async () => ({ default: (await loaded())[name] })) };
}

const ofStation = (drawing: string): RailPlace => ({ group: "station", drawing });
const onPurpose = (drawing: string): RailPlace => ({ group: "purpose", drawing });
const ofLaptop = (drawing: string): RailPlace => ({ group: "laptop", drawing });

/** The first one comes with the window, the others when it is quiet or they are asked for. */
const listed: readonly Listed[] = [
  { id: "overview", place: ofStation("M4 3h9v18H4zM13 9h3v8a2 2 0 0 0 4 0v-7l-3-3M7 7h3"), component: OverviewScreen },
  screen(
    "meters",
    ofStation("M3 17l5-6 4 4 4-9 5 8M3 21h18"),
    "MetersScreen",
    () => import("../features/metering/MetersScreen.tsx"),
  ),
  screen(
    "history",
    ofStation("M12 7v5l4 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z"),
    "HistoryScreen",
    () => import("../features/history/HistoryScreen.tsx"),
  ),
  screen(
    "messages",
    ofStation("M4 8h13l-4-4M20 16H7l4 4"),
    "MessagesScreen",
    () => import("../features/messages/MessagesScreen.tsx"),
  ),
  screen(
    "findings",
    ofStation("M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM15 15l6 6M10 7v3.5M10 13v.5"),
    "FindingsScreen",
    () => import("../features/findings/FindingsScreen.tsx"),
  ),
  screen(
    "transactions",
    ofStation("M4 6h16M4 12h10M4 18h7M17 12v9l4-3.5M17 12l4 3.5"),
    "TransactionsScreen",
    () => import("../features/transactions/TransactionsScreen.tsx"),
  ),
  screen(
    "tokens",
    ofStation("M3 6h18v12H3zM3 10h18M6 15h5"),
    "TokensScreen",
    () => import("../features/tokens/TokensScreen.tsx"),
  ),
  screen(
    "configuration",
    ofStation("M4 6h8M17 6h3M4 12h3M12 12h8M4 18h9M18 18h2M14.5 4v4M9.5 10v4M15.5 16v4"),
    "ConfigurationScreen",
    () => import("../features/configuration/ConfigurationScreen.tsx"),
  ),
  screen(
    "diagnostics",
    ofStation("M12 3v12M7 10l5 5 5-5M4 17v4h16v-4"),
    "DiagnosticsScreen",
    () => import("../features/diagnostics/DiagnosticsScreen.tsx"),
  ),
  screen(
    "forward",
    onPurpose("M3 12h6M15 12h6M9 8h6v8H9zM18 9l3 3-3 3"),
    "ForwardScreen",
    () => import("../features/forward/ForwardScreen.tsx"),
  ),
  screen(
    "faults",
    onPurpose("M12 3l9 17H3zM12 10v4M12 17v1"),
    "FaultsScreen",
    () => import("../features/faults/FaultsScreen.tsx"),
  ),
  screen(
    "simulator",
    onPurpose("M4 4h16v12H4zM8 20h8M12 16v4M9 8l-2 2 2 2M15 8l2 2-2 2"),
    "SimulatorScreen",
    () => import("../features/simulator/SimulatorScreen.tsx"),
  ),
  screen(
    "connection",
    ofLaptop("M9 3v6M15 3v6M6 9h12v3a6 6 0 0 1-12 0zM12 18v4"),
    "ConnectionScreen",
    () => import("../features/connection/ConnectionScreen.tsx"),
  ),
  screen(
    "serial",
    ofLaptop("M4 7h16l-2.5 10h-11zM8 11h.01M12 11h.01M16 11h.01M10 14h.01M14 14h.01"),
    "SerialScreen",
    () => import("../features/serial/SerialScreen.tsx"),
  ),
  screen(
    "certificates",
    ofLaptop("M5 3h14v12h-5M5 3v12h5M8 7h8M8 10h5M12 12a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM10 17.5V22l2-1.5 2 1.5v-4.5"),
    "CertificatesScreen",
    () => import("../features/certificates/CertificatesScreen.tsx"),
  ),
  screen(
    "access",
    ofLaptop("M6 11h12v10H6zM8 11V8a4 4 0 0 1 8 0v3M12 15v3"),
    "AccessScreen",
    () => import("../features/access/AccessScreen.tsx"),
  ),
  screen(
    "settings",
    ofLaptop("M4 7h9M17 7h3M4 17h3M11 17h9M15 4v6M9 14v6"),
    "SettingsScreen",
    () => import("../features/settings/SettingsScreen.tsx"),
  ),
  // Reached from Serial, from Diagnostics, from there, and from the station in focus at the head of the rail.
  screen("console", undefined, "ConsoleScreen", () => import("../features/console/ConsoleScreen.tsx")),
  screen("files", undefined, "FilesScreen", () => import("../features/files/FilesScreen.tsx")),
  screen("reader", undefined, "ReaderScreen", () => import("../features/reader/ReaderScreen.tsx")),
  // Reached from Serial.
  screen("modbus", undefined, "ModbusScreen", () => import("../features/modbus/ModbusScreen.tsx")),
  screen("stations", undefined, "StationsScreen", () => import("../features/stations/StationsScreen.tsx")),
];

/** All screens, in the order of the rail: the digits run down it. */
export const screens: readonly Screen[] = listed.map((one, at) => ({ ...one, digit: "1234567890"[at] ?? "" }));

/** Fetches the screens, and what else comes on demand, that were not opened yet, one after the other, so that each is there also while the core is away. */
export async function loadScreens(): Promise<void> {
  // What fails here fails again when the screen is opened, and is told there.
  for (const load of [...screens.map((screen) => screen.load), loadRawCall]) await load?.().catch(() => undefined);
}
