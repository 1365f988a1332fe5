import type { Words } from "../../lib/words.ts";

/** A device that is read over Modbus as a station of its own. */
export type ModbusSetup = {
  /** PORT[,baud=N][,frame=8N1], or HOST[:PORT]. */
  place: string;
  unit?: number;
  /** The name of a profile that is shipped, a file's text, or "auto": what the device is found to be. */
  profile: string | { text: string };
  identity: string;
  /** It is a meter that is held beside this station, on this EVSE. */
  reference?: { station: string; evse: number };
};

/** Such a device as it stands. `starting`: nothing was heard yet; `silent`: it answered before; `trouble`: the place cannot be opened, or
 * what answers there is not known. */
export type ModbusStationView = {
  setup: Omit<ModbusSetup, "profile"> & { profile: string };
  state: "starting" | "online" | "silent" | "trouble";
  /** Our clock, when it came to that. */
  since: number;
  trouble?: Words;
  /** The profile that it is read by, once that is known. */
  profile?: {
    name: string;
    maker: string;
    device: string;
    kind: "charger" | "meter";
    proven: "document" | "simulator" | "device";
    commands: { name: string; says: string; least?: number; most?: number; value?: number }[];
  };
  /** Since it was set up. */
  counts: { readings: number; failed: number };
};
