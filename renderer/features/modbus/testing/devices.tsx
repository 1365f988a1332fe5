import type { ProfileView } from "../../../../src/services/modbus/contract.ts";
import { words } from "../../../../src/station/phrases.ts";
import type { ModbusStationView } from "../../../../src/station/serial/modbus-stations.ts";
import { show, type Written } from "../../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../../ui/testing/stations.ts";
import { ModbusScreen } from "../ModbusScreen.tsx";

/** What is known of the devices of these tests, and two that are read as stations. */
export const profiles: ProfileView[] = [
  {
    ...{ name: "wall", maker: "Acme", device: "Wall 1", kind: "charger", source: "its manual", proven: "document" },
    ...{ unit: 1, serial: { baudRate: 19_200, frame: "8E1" }, tellsErrors: false, registers: 4, commands: [] },
  },
  {
    ...{ name: "meter", maker: "Volt", device: "M3", kind: "meter", source: "its sheet", proven: "device" },
    ...{ unit: 1, tellsErrors: false, registers: 9, commands: [] },
  },
];
const limit = { name: "limit-current", says: "", least: 6, most: 16 };
export const device: ModbusStationView = {
  setup: { place: "/dev/ttyUSB0", unit: 3, profile: "wall", identity: "WALL1" },
  ...{ state: "online", since: 1000, counts: { readings: 1234, failed: 2 } },
  profile: {
    ...{ name: "wall", maker: "Acme", device: "Wall 1", kind: "charger", proven: "simulator" },
    commands: [limit, { name: "enable", says: "", value: 1 }, { name: "of-a-later-day", says: "" }],
  },
};
export const meter: ModbusStationView = {
  setup: { place: "10.0.0.9", profile: "meter", identity: "M1", reference: { station: "CP1", evse: 2 } },
  ...{ state: "silent", since: 2000, trouble: words("no-core"), counts: { readings: 1, failed: 0 } },
};

export function screenOf(answers: Written["answers"] = {}, devices = [device, meter], more: Written["feeds"] = {}) {
  const feeds: Written["feeds"] = {
    ...more,
    "serial.ports": { ports: [{ path: "COM3", kind: "built-in" }, { kind: "bridge" }], networks: [] },
    "modbus.stations": devices,
    "stations.list": [summaryOf(onlineStation("CP1")), summaryOf(onlineStation("M1"))],
  };
  return show(<ModbusScreen />, { feeds, answers: { "modbus.profiles": profiles, ...answers } });
}

export const failuresOf = (lines: string[]) => lines.filter((line) => line.startsWith("!"));
