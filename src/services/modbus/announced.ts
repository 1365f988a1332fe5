import { isIPv4 } from "node:net";
import type { ServiceConfig } from "bonjour-service";
import type { Clock } from "../../lib/clock.ts";
import type { Logger } from "../../lib/logger.ts";
import { whyOf } from "../../station/failure.ts";
import { guardAnswers, guardMdns } from "../connection/guard-mdns.ts";

/** A device that says on the local network that it speaks Modbus TCP. `name`: as it says. */
export type Announced = { host: string; port: number; name: string };

/** The service types that such devices announce (DNS-SD, RFC 6763): by the protocol's name, and by the one of its port. */
const types = ["modbus", "mbap"];
/** Who is there answers within a second (RFC 6762, 6). */
const answerMs = 1500;
const mostDevices = 64;

/** Asks each network that the laptop is on who announces Modbus TCP there (mDNS, RFC 6762). Multicast stays on the link. Where it cannot be
 * asked nobody is found, and the log says why.
 * @param addresses our IPv4 addresses, one for each network */
export async function announcedDevices(
  addresses: readonly string[],
  { clock, log, signal }: { clock: Clock; log: Logger; signal: AbortSignal },
): Promise<Announced[]> {
  const found = new Map<string, Announced>();
  const failed = (error: unknown) => log.warn("devices could not be asked for by mDNS", { why: whyOf(error) });
  const { Bonjour } = await import("bonjour-service");
  const askers = addresses.flatMap((address) => {
    try {
      const bonjour = new Bonjour({ interface: address, bind: "0.0.0.0" } as Partial<ServiceConfig>, failed);
      guardMdns(bonjour, failed);
      for (const type of types)
        bonjour.find({ type }, ({ name, port, addresses: told = [], referer }) => {
          // Who says it is who is there; what it says of itself may be of another network.
          const host = [referer?.address, ...told].find((one) => one !== undefined && isIPv4(one));
          if (host && port > 0 && port < 65_536 && found.size < mostDevices)
            found.set(`${host}:${port}`, { host, port, name: name.slice(0, 63) });
        });
      guardAnswers(bonjour, failed);
      return [bonjour];
    } catch (error) {
      failed(error);
      return [];
    }
  });
  await new Promise<void>((resolve) => {
    const timer = clock.after(answerMs, resolve);
    const off = () => {
      timer.stop();
      resolve();
    };
    if (signal.aborted) off();
    signal.addEventListener("abort", off, { once: true });
  });
  await Promise.all(askers.map((bonjour) => new Promise<void>((resolve) => bonjour.destroy(() => resolve()))));
  return [...found.values()];
}
