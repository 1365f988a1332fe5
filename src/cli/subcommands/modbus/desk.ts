import { dataFolder } from "../../../api/start-options.ts";
import { systemClock } from "../../../lib/clock.ts";
import { createLogger } from "../../../lib/logger.ts";
import { Buses } from "../../../services/modbus/buses.ts";
import type { DeviceReading, ProfileView } from "../../../services/modbus/contract.ts";
import { loadProfiles, profileView } from "../../../services/modbus/profiles.ts";
import { type ReadAsked, readOnce, writeOnce } from "../../../services/modbus/reading.ts";
import { scanPlace } from "../../../services/modbus/scanning.ts";
import type { ScanView } from "../../../station/serial/modbus.ts";
import { createOpener } from "../../../transports/serial/open-port.ts";
import { reachCore } from "../../reach.ts";

/** What the command line asks of Modbus devices: through the core that runs, which shares its buses, or by itself. */
export type Desk = {
  profiles(): Promise<ProfileView[]>;
  read(asked: ReadAsked): Promise<DeviceReading>;
  write(asked: Parameters<typeof writeOnce>[1]): Promise<{ says: string; registers: number[] }>;
  scan(
    asked: { place: string; units?: number[] },
    tell: (view: ScanView) => void,
    signal: AbortSignal,
  ): Promise<ScanView>;
  close(): void;
};

/** The desk of a folder.
 * @param data the folder as it was given */
export async function openDesk(data: string | undefined): Promise<Desk> {
  const core = await reachCore(dataFolder(data));
  if (!core) return ownDesk();
  return {
    profiles: () => core.call("modbus.profiles", {}),
    read: (asked) => core.call("modbus.read", asked),
    write: (asked) => core.call("modbus.write", asked),
    scan: (asked, tell, signal) =>
      new Promise((resolve, reject) => {
        let last: ScanView = { done: 0, total: 0, found: [], over: false };
        const over = (view: ScanView) => {
          queueMicrotask(() => watch.stop());
          resolve(view);
        };
        const watch = core.watch(
          "modbus.scan",
          asked,
          (view) => {
            last = view;
            tell(view);
            if (view.over) over(view);
          },
          reject,
        );
        signal.addEventListener("abort", () => over({ ...last, over: true, cancelled: true }), { once: true });
      }),
    close: () => core.close(),
  };
}

function ownDesk(): Desk {
  const open = createOpener();
  const buses = new Buses({ open, clock: systemClock });
  return {
    profiles: async () => (await loadProfiles()).map(profileView),
    read: (asked) => readOnce(buses, systemClock, asked),
    write: (asked) => writeOnce(buses, asked),
    scan: (asked, tell, signal) => scanPlace(asked, { open, clock: systemClock, log: createLogger(), tell, signal }),
    close: () => undefined,
  };
}
