import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { Buses } from "../services/modbus/buses.ts";
import { ModbusStations } from "../services/modbus/stations/stations.ts";
import type { ModbusSetup } from "../station/serial/modbus-stations.ts";
import { SettingsRepository } from "../store/settings.ts";
import type { OpenSerial } from "../transports/serial/port.ts";
import type { OpenRecord } from "./record.ts";

export type ModbusOptions = {
  record: OpenRecord;
  open: OpenSerial;
  /** Devices that are read from the start, and not kept. */
  named: readonly ModbusSetup[];
  clock: Clock;
  log: Logger;
};

/** Puts together what reads devices over Modbus. */
export function openModbus(
  { record, open, named, clock, log }: ModbusOptions,
  closing: DisposableStore,
): { buses: Buses; stations: ModbusStations } {
  const { registry, recorder, journal, database } = record;
  const buses = new Buses({ open, clock });
  const settings = new SettingsRepository(database);
  const stations = closing.add(new ModbusStations({ registry, recorder, journal, clock, log, buses, settings }));
  stations.restore(named);
  return { buses, stations };
}
