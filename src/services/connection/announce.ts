import type { Disposable } from "../../lib/disposable.ts";
import type { Logger } from "../../lib/logger.ts";
import type { ListeningPlace } from "./contract.ts";

export type Announcement = { port: number; secure: boolean };

/** Says on the local network where stations connect (mDNS, RFC 6762; DNS-SD, RFC 6763): `_ocpp._tcp` or `_ocpps._tcp`, with the
 * path in the record. Multicast stays on the link. */
export function announce(what: Announcement, hostName: string, log: Logger): Disposable {
  const opened = import("bonjour-service").then(({ Bonjour }) => {
    const bonjour = new Bonjour({}, (error: Error) => log.warn("the mDNS announcement failed", { why: error.message }));
    bonjour.publish({
      name: `Plugside on ${hostName}`,
      type: what.secure ? "ocpps" : "ocpp",
      port: what.port,
      txt: { path: "/", protocols: "ocpp1.6,ocpp2.0.1,ocpp2.1" },
    });
    return bonjour;
  });
  return {
    async dispose() {
      const bonjour = await opened;
      await new Promise<void>((resolve) => bonjour.unpublishAll(() => bonjour.destroy(() => resolve())));
    },
  };
}

export type Announcer = Disposable & { update(): void };

/** Announces while it is wanted and the port is reached from outside; follows both. */
export function createAnnouncer(options: {
  wanted: () => boolean;
  listening: () => ListeningPlace[];
  open: (what: Announcement) => Disposable;
}): Announcer {
  let current: { key: string; closing: Disposable } | null = null;
  function update(): void {
    const place = options.wanted() ? options.listening().find(isReached) : undefined;
    const secure = place?.mode === "wss";
    const key = place ? `${place.port} ${secure}` : "";
    if (key === (current?.key ?? "")) return;
    void current?.closing.dispose();
    current = place ? { key, closing: options.open({ port: place.port, secure }) } : null;
  }
  return {
    update,
    async dispose() {
      await current?.closing.dispose();
      current = null;
    },
  };
}

function isReached({ host, problem }: ListeningPlace): boolean {
  return problem === undefined && !isLoopback(host);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
