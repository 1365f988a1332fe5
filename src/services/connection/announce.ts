import type { ServiceConfig } from "bonjour-service";
import type { Clock } from "../../lib/clock.ts";
import type { Disposable } from "../../lib/disposable.ts";
import type { Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import { whyOf } from "../../station/failure.ts";
import type { ListeningPlace } from "./contract.ts";
import { guardMdns, guardRecords } from "./guard-mdns.ts";

/** One way in: by ws or by wss at a port, said on the network of one of our addresses. */
export type Announcement = { port: number; secure: boolean; address: string };

/** Says on the local network where stations connect (mDNS, RFC 6762; DNS-SD, RFC 6763): `_ocpp._tcp` or `_ocpps._tcp`, with the
 * path in the record. Multicast stays on the link. */
export function announce(what: Announcement, hostName: string, log: Logger): Disposable {
  const failed = (error: unknown) => log.warn("the mDNS announcement failed", { why: whyOf(error) });
  const opened = import("bonjour-service").then(({ Bonjour }) => {
    // A socket for each address: one for all would speak on the network of the default route alone, and a direct cable has none. It is
    // bound to all, since what is sent to a group does not reach a socket that is bound to one address everywhere.
    const bonjour = new Bonjour({ interface: what.address, bind: "0.0.0.0" } as Partial<ServiceConfig>, failed);
    guardMdns(bonjour, failed);
    const service = bonjour.publish({
      // With the port: while one announcement takes its leave, another must not bear its name.
      name: `Plugside on ${hostName} (${what.port})`,
      // The same on every network of ours: others there are asked about their names, not we.
      probe: false,
      type: what.secure ? "ocpps" : "ocpp",
      port: what.port,
      txt: { path: "/", protocols: "ocpp1.6,ocpp2.0.1,ocpp2.1" },
    });
    guardRecords(service, failed);
    return bonjour;
  });
  opened.catch(failed);
  return {
    async dispose() {
      const bonjour = await opened.catch(() => null);
      if (!bonjour) return;
      await new Promise<void>((resolve) => bonjour.unpublishAll(() => bonjour.destroy(() => resolve())));
    },
  };
}

export type AnnouncerOptions = {
  wanted: () => boolean;
  listening: () => ListeningPlace[];
  /** Our IPv4 addresses on networks that stations may be on. */
  addresses: () => string[];
  /** Whether TLS is spoken, where a place takes it. */
  secure: () => boolean;
  /** What may change any of these. */
  changes: readonly Pick<Emitter<unknown>, "on">[];
  open: (what: Announcement) => Disposable;
  clock: Clock;
};

/** No system tells of a changed network in the same way on all three. */
const lookMs = 5000;

/** Announces every way in that is open and reached from outside, while that is wanted; follows what changes. */
export function createAnnouncer(options: AnnouncerOptions): Disposable {
  const { wanted, listening, addresses, secure, changes, open, clock } = options;
  const announced = new Map<string, Disposable>();
  const leaving = new Set<Promise<void>>();

  function update(): void {
    const ways = wanted() ? waysIn(listening(), addresses(), secure()) : [];
    const keys = new Set(ways.map(keyOf));
    for (const key of announced.keys()) if (!keys.has(key)) withdraw(key);
    for (const way of ways) if (!announced.has(keyOf(way))) announced.set(keyOf(way), open(way));
  }

  function withdraw(key: string): void {
    const left = Promise.resolve(announced.get(key)?.dispose()).finally(() => leaving.delete(left));
    leaving.add(left);
    announced.delete(key);
  }

  const following = changes.map((change) => change.on(update));
  const looking = clock.every(lookMs, update);
  update();
  return {
    async dispose() {
      looking.stop();
      for (const one of following) void one.dispose();
      for (const key of announced.keys()) withdraw(key);
      await Promise.all(leaving);
    },
  };
}

function keyOf({ port, secure, address }: Announcement): string {
  return `${port} ${secure} ${address}`;
}

function waysIn(places: readonly ListeningPlace[], addresses: readonly string[], secure: boolean): Announcement[] {
  return places.filter(isReached).flatMap(({ host, port, mode }) => {
    const own = host === "0.0.0.0" || host === "::" ? addresses : addresses.filter((address) => address === host);
    return own.flatMap((address) => [
      ...(mode === "wss" ? [] : [{ port, secure: false, address }]),
      ...(mode === "ws" || !secure ? [] : [{ port, secure: true, address }]),
    ]);
  });
}

function isReached({ host, problem }: ListeningPlace): boolean {
  return problem === undefined && !isLoopback(host);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
