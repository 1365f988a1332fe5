import type { Words } from "../../lib/words.ts";
import { words } from "../../station/phrases.ts";
import type { SerialSettings } from "../../station/serial/ports.ts";

export const usualSettings: SerialSettings = {
  baudRate: 115_200,
  dataBits: 8,
  parity: "none",
  stopBits: 1,
  flow: "none",
};

const parities = { N: "none", E: "even", O: "odd", M: "mark", S: "space" } as const;
const flows = ["none", "rtscts", "xonxoff"] as const;
const fastestBaud = 12_000_000;

/** Sets one of `baud`, `frame` (8N1) and `flow`.
 * @returns null where the name is none of these, and why where the value is none */
function readSetting(name: string, value: string, settings: SerialSettings): SerialSettings | Words | null {
  if (name === "baud") {
    const baudRate = /^\d{1,8}$/.test(value) ? Number(value) : 0;
    if (baudRate < 50 || baudRate > fastestBaud) return words("port-baud", { most: fastestBaud, said: value });
    return { ...settings, baudRate };
  }
  if (name === "frame") {
    const match = /^([5-8])([NEOMS])(1\.5|1|2)$/i.exec(value);
    if (!match) return words("port-frame", { said: value });
    const parity = parities[(match[2] ?? "N").toUpperCase() as keyof typeof parities];
    const [dataBits, stopBits] = [Number(match[1]), Number(match[3])];
    return { ...settings, parity, dataBits: dataBits as 5 | 6 | 7 | 8, stopBits: stopBits as 1 | 1.5 | 2 };
  }
  if (name === "flow") {
    const flow = flows.find((one) => one === value);
    return flow ? { ...settings, flow } : words("port-flow", { known: flows.join(", "), said: value });
  }
  return null;
}

/** A port with what is set after it: `/dev/ttyUSB0,baud=9600,frame=8E1,flow=none`. Names that are no setting of a port are handed back.
 * @returns why where it cannot be read */
export function readPortText(
  given: string,
): { path: string; settings: SerialSettings; others: Map<string, string> } | Words {
  const [path = "", ...parts] = given.split(",");
  if (path.trim() === "") return words("port-first", { said: given });
  let settings = usualSettings;
  const others = new Map<string, string>();
  for (const part of parts) {
    const [, name = "", value = ""] = /^\s*([a-z0-9]+)=(.*)$/i.exec(part) ?? [];
    if (name === "") return words("port-setting", { said: part });
    const next = readSetting(name, value.trim(), settings);
    if (next && "phrase" in next) return next;
    if (next) settings = next;
    else others.set(name, value.trim());
  }
  return { path: path.trim(), settings, others };
}

/** How a link ends whose port goes: an adapter of this laptop is pulled out, a port of the network (tcp://, rfc2217://) is cut off. */
export function endOfPort(path: string): "unplugged" | "lost" {
  return path.includes("://") ? "lost" : "unplugged";
}

/** Data bits, parity and stop bits as everybody writes them, e.g. 8N1. */
export function frameText({ dataBits, parity, stopBits }: SerialSettings): string {
  return `${dataBits}${parity.charAt(0).toUpperCase()}${stopBits}`;
}
