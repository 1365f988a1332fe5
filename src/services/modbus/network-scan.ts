import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import type { Clock } from "../../lib/clock.ts";
import { ModbusTrouble } from "../../modbus/bus/trouble.ts";
import { askWords } from "../../modbus/device/identify.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { DeviceFound, ScanView } from "../../station/serial/modbus.ts";
import { localAddresses } from "../../transports/addresses.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";
import type { Announced } from "./announced.ts";
import { openBus } from "./open-bus.ts";

/** A place that is a whole network: the laptop's own, or one by its prefix. */
export const ownNetwork = "network";
const modbusPort = 502;
/** Gently: a switch of a cabinet is no server room. */
const atOnce = 16;
const connectMs = 500;
const answerMs = 500;
/** 1022 hosts. */
const shortestPrefix = 22;

type Prefix = { first: number; count: number };

/** The addresses of a network that is looked through; null for what is no network.
 * @param given `network`, or a.b.c.d/prefix
 * @throws FailureError invalid-input for one that is larger than 1022 hosts, not-found where the laptop is in none */
export function hostsOf(given: string, interfaces = networkInterfaces()): string[] | null {
  const name = given.trim();
  if (name === ownNetwork) {
    const own = onNetworks(interfaces);
    const cidrs = Object.values(interfaces).flatMap((entries) => entries ?? []);
    const prefixes = own.flatMap(({ address }) => cidrs.find((one) => one.address === address)?.cidr ?? []);
    const small = prefixes
      .flatMap((cidr) => readPrefix(cidr) ?? [])
      .filter(({ count }) => count <= 2 ** (32 - shortestPrefix));
    if (small.length === 0) throw failure("not-found", words("modbus-no-network"));
    return [...new Set(small.flatMap(hosts))].filter((host) => !own.some(({ address }) => address === host));
  }
  const prefix = readPrefix(name);
  if (!prefix) return null;
  if (prefix.count > 2 ** (32 - shortestPrefix))
    throw failure("invalid-input", words("modbus-network-large", { network: name, shortest: shortestPrefix }));
  return hosts(prefix);
}

/** Our addresses on the networks that `network` stands for. */
export function ownAddresses(interfaces = networkInterfaces()): string[] {
  return onNetworks(interfaces).map(({ address }) => address);
}

function onNetworks(interfaces: ReturnType<typeof networkInterfaces>) {
  return localAddresses(interfaces).filter(
    ({ family, kind }) => family === 4 && kind !== "loopback" && kind !== "virtual",
  );
}

/** Asks those that announce themselves what they are, then tries port 502 of each other host, some at a time, and asks those that let us
 * in. Reads alone. */
export async function scanNetwork(
  addresses: readonly string[],
  options: {
    open: OpenSerial;
    clock: Clock;
    port?: number;
    /** Who announces itself on the network; asked for first. */
    announced?: Promise<readonly Announced[]>;
    tell: (view: ScanView) => void;
    signal: AbortSignal;
  },
): Promise<ScanView> {
  const { signal, tell, port = modbusPort } = options;
  const announced = (await options.announced) ?? [];
  const known = new Set(announced.filter((one) => one.port === port).map(({ host }) => host));
  const waiting: (Announced | { host: string; port: number })[] = [
    ...announced,
    ...addresses.filter((host) => !known.has(host)).map((host) => ({ host, port })),
  ];
  const total = waiting.length;
  const found: DeviceFound[] = [];
  let done = 0;
  const view = (over: boolean): ScanView => ({
    done,
    total,
    found: found.toSorted((a, b) => (a.host ?? "").localeCompare(b.host ?? "", "en", { numeric: true })),
    over,
    ...(over && { cancelled: signal.aborted, verdict: { kind: found.length > 0 ? "found" : "nobody-on-network" } }),
  });
  async function work(): Promise<void> {
    for (let one = waiting.shift(); one !== undefined && !signal.aborted; one = waiting.shift()) {
      const name = "name" in one ? { announced: one.name } : {};
      const other = one.port === modbusPort ? {} : { port: one.port };
      if (await letsIn(one.host, one.port, signal))
        found.push(...(await ask(one.host, one.port, options)).map((device) => ({ ...device, ...name, ...other })));
      done++;
      tell(view(false));
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  const last = view(true);
  tell(last);
  return last;
}

/** Who is there: the units that such devices usually have. One that lets in and says nothing to these is told as well. */
async function ask(
  host: string,
  port: number,
  { open, clock }: { open: OpenSerial; clock: Clock },
): Promise<DeviceFound[]> {
  const place = { kind: "tcp", host, port } as const;
  try {
    const bus = await openBus(place, { open, clock, answerMs });
    try {
      for (const unit of [255, 1]) {
        const words = await askWords(bus.master, unit);
        if (Object.keys(words).length > 0) return [{ host, unit, words }];
        if (await answers(() => bus.master.ask(unit, { kind: "read", table: "holding", address: 0, count: 1 })))
          return [{ host, unit, words }];
      }
      return bus.master.over ? [] : [{ host, words: {} }];
    } finally {
      await bus.close();
    }
  } catch {
    return [];
  }
}

/** An answer of any kind, a refusal as well. */
async function answers(question: () => Promise<unknown>): Promise<boolean> {
  try {
    await question();
    return true;
  } catch (error) {
    return error instanceof ModbusTrouble && error.kind === "exception";
  }
}

function letsIn(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const over = (open: boolean) => {
      signal.removeEventListener("abort", cancelled);
      socket.destroy();
      resolve(open);
    };
    const cancelled = () => over(false);
    socket.setTimeout(connectMs, cancelled);
    socket.once("connect", () => over(true));
    socket.on("error", cancelled);
    signal.addEventListener("abort", cancelled);
  });
}

function readPrefix(text: string): Prefix | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return null;
  const parts = match.slice(1).map(Number);
  const [a = 256, b = 256, c = 256, d = 256, length = 33] = parts;
  if ([a, b, c, d].some((part) => part > 255) || length > 32) return null;
  const address = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const count = 2 ** (32 - length);
  return { first: address - (address % count), count };
}

/** All but the network's own number and its broadcast, where it has them. */
function hosts({ first, count }: Prefix): string[] {
  const ends = count > 2 ? 1 : 0;
  return Array.from({ length: count - 2 * ends }, (_, place) => {
    const value = first + ends + place;
    return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
  });
}
