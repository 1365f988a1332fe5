import type { Words } from "../../lib/words.ts";
import type { SerialSettings } from "./ports.ts";

/** A device that answered on a bus. */
export type DeviceFound = {
  /** Where it was found, on a network. */
  host?: string;
  /** What it calls itself on the network (mDNS), and its port where that is another than Modbus TCP's own. */
  announced?: string;
  port?: number;
  /** Absent for one that lets in, and says nothing to the usual ones. */
  unit?: number;
  /** How the port was set; absent over TCP. */
  setting?: Pick<SerialSettings, "baudRate" | "parity" | "stopBits">;
  /** What it says that it is, where it can. */
  words: { vendor?: string; product?: string; revision?: string; serverId?: string };
};

/** What a scan comes to. `swapped`: A and B likely are; `wrong-setting`: something answers that cannot be read. */
export type Verdict =
  | {
      kind:
        | "found"
        | "nothing"
        | "nothing-at-host"
        | "gateway-silent"
        | "echo"
        | "noise"
        | "swapped"
        | "wrong-setting"
        | "another-master"
        | "no-modbus"
        | "nobody-on-network";
    }
  | { kind: "two-with-one-unit"; units: number[] };

/** A scan as it stands: so many questions of so many. */
export type ScanView = {
  done: number;
  total: number;
  found: DeviceFound[];
  over: boolean;
  cancelled?: boolean;
  verdict?: Verdict;
  /** It could not begin, or broke off. */
  trouble?: Words;
};
