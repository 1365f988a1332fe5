import type { Clock } from "../../lib/clock.ts";
import { FailureError, type Handlers } from "../../lib/contract.ts";
import type { Logger } from "../../lib/logger.ts";
import { whyOf } from "../../station/failure.ts";
import type { ScanView } from "../../station/serial/modbus.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";
import type { Buses } from "./buses.ts";
import type { ChosenProfile, modbusContract } from "./contract.ts";
import { listenTo } from "./listening.ts";
import { findProfile, loadProfiles, profileView } from "./profiles.ts";
import { readOnce, writeOnce } from "./reading.ts";
import { scanPlace } from "./scanning.ts";
import type { ModbusStations } from "./stations/stations.ts";

export type ModbusParts = { open: OpenSerial; buses: Buses; stations: ModbusStations; clock: Clock; log: Logger };

/** What screens and command line can ask of Modbus devices. */
export function modbusHandlers(parts: ModbusParts): Handlers<typeof modbusContract> {
  const { open, clock, log, buses, stations } = parts;
  /** The profile itself, where the device that is read by it was named. */
  const found = (profile: ChosenProfile) =>
    typeof profile === "object" && "of" in profile ? stations.ownProfile(profile.of) : profile;
  const asIs = <Asked extends { profile?: ChosenProfile }>({ profile, ...asked }: Asked) => ({
    ...asked,
    ...(profile !== undefined && { profile: found(profile) }),
  });
  return {
    "modbus.profiles": async () => [...(await loadProfiles()).map(profileView), ...(await stations.ownProfiles())],
    "modbus.checkProfile": async ({ text }) => profileView(await findProfile({ text })),
    "modbus.read": (asked) => readOnce(buses, clock, asIs(asked)),
    "modbus.scan": (asked, push) => {
      const stop = new AbortController();
      const snapshot: ScanView = { done: 0, total: 0, found: [], over: false };
      scanPlace(asked, { open, clock, log, tell: (view) => push(view), signal: stop.signal }).catch(
        (error: unknown) => {
          if (!(error instanceof FailureError)) log.error("a scan for Modbus devices ended", { error });
          push({ ...snapshot, over: true, trouble: whyOf(error) });
        },
      );
      return { snapshot, close: () => stop.abort() };
    },
    "modbus.listen": (asked, push) => listenTo(asIs(asked), { open, clock }, push),
    "modbus.stations": (_input, push) => {
      const watching = stations.changed.on(() => push(() => stations.list()));
      return { snapshot: stations.list(), close: () => void watching.dispose() };
    },
    "modbus.attach": ({ profile, ...setup }) => stations.attach({ ...setup, profile: found(profile) }),
    "modbus.detach": async ({ identity }) => {
      await stations.detach(identity);
      return null;
    },
    "modbus.write": async (asked) =>
      writeOnce(
        buses,
        "identity" in asked
          ? { ...stations.target(asked.identity), ...asked }
          : { ...asked, profile: found(asked.profile) },
      ),
  };
}
