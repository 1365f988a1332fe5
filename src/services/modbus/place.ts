import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { SerialSettings } from "../../station/serial/ports.ts";
import { readPortText } from "../../transports/serial/settings.ts";

/** Where Modbus devices are: on a serial port (RTU; tcp:// and rfc2217:// are ports too), or at a host (Modbus TCP). */
export type ModbusPlace =
  | { kind: "serial"; port: string; settings: SerialSettings; isSet: boolean }
  | { kind: "tcp"; host: string; port: number };

/** How a Modbus line comes that is not set otherwise (Serial Line V1.02, 2.5.1 asks for even parity; 8N1 is what most devices have). */
const usual: SerialSettings = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" };
const usualTcpPort = 502;

/** Reads PORT[,baud=N][,frame=8N1] or HOST[:PORT], and what else is said after commas.
 * @throws FailureError invalid-input */
export function readPlace(given: string): { place: ModbusPlace; others: Map<string, string> } {
  const [first = "", ...rest] = given.split(",");
  const name = first.trim();
  if (isPort(name)) {
    const read = readPortText(given);
    if ("phrase" in read) throw failure("invalid-input", read);
    const isSet = rest.some((part) => /^\s*(baud|frame)=/.test(part));
    const settings =
      isSet && rest.some((part) => /^\s*baud=/.test(part))
        ? read.settings
        : { ...read.settings, baudRate: usual.baudRate };
    return { place: { kind: "serial", port: read.path, settings, isSet }, others: read.others };
  }
  const match = /^(\[[0-9a-f:.]+(?:%[\w.-]+)?\]|[^:\s/]+)(?::(\d{1,5}))?$/i.exec(name);
  const port = Number(match?.[2] ?? usualTcpPort);
  if (!match || port < 1 || port > 65_535) throw failure("invalid-input", words("modbus-no-place", { place: given }));
  const read = readPortText(["tcp", ...rest].join(","));
  if ("phrase" in read) throw failure("invalid-input", read);
  return { place: { kind: "tcp", host: (match[1] ?? "").replace(/^\[|\]$/g, ""), port }, others: read.others };
}

/** A place as it is written. */
export function placeText(place: ModbusPlace): string {
  if (place.kind === "serial") return place.port;
  const host = place.host.includes(":") ? `[${place.host}]` : place.host;
  return `${host}:${place.port}`;
}

function isPort(name: string): boolean {
  return name.startsWith("/") || name.includes("://") || /^COM\d+$/i.test(name);
}
