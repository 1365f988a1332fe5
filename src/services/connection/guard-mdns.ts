import type { EventEmitter } from "node:events";
import type { Bonjour } from "bonjour-service";

type Service = ReturnType<Bonjour["publish"]>;
/** What the library keeps inside, as far as it is guarded. */
type Inside = { server?: { mdns?: EventEmitter & { update?: () => void } } };
type Listener = (...args: unknown[]) => void;

/** Lets nothing that the announcement meets end the core: not what others on the network ask, and not a system that has no more
 * descriptors for a socket or a look at its addresses.
 * @param onError told of whatever is thrown
 * @throws Error when the library is made in another way than it was */
export function guardMdns(bonjour: Bonjour, onError: (error: unknown) => void): void {
  const mdns = (bonjour as unknown as Inside).server?.mdns;
  const update = mdns?.update;
  if (!mdns || !update) throw new Error("the mDNS library is made in another way");
  mdns.on("error", onError);
  // Called by a timer of its own every few seconds.
  mdns.update = safely(update, onError);
  guardListeners(mdns, "query", onError);
}

/** Lets no answer that others on the network give end the core, once something is looked for.
 * @throws Error when the library is made in another way than it was */
export function guardAnswers(bonjour: Bonjour, onError: (error: unknown) => void): void {
  const mdns = (bonjour as unknown as Inside).server?.mdns;
  if (!mdns) throw new Error("the mDNS library is made in another way");
  guardListeners(mdns, "response", onError);
}

function guardListeners(mdns: EventEmitter, event: string, onError: (error: unknown) => void): void {
  for (const listener of mdns.listeners(event) as Listener[]) {
    mdns.off(event, listener);
    mdns.on(event, safely(listener, onError));
  }
}

/** Lets a published service keep its last records where new ones cannot be made. */
export function guardRecords(service: Service, onError: (error: unknown) => void): void {
  const make = service.records.bind(service);
  let last: ReturnType<typeof make> = [];
  service.records = () => {
    safely(() => {
      last = make();
    }, onError)();
    return last;
  };
}

function safely<Args extends unknown[]>(task: (...args: Args) => void, onError: (error: unknown) => void) {
  return (...args: Args) => {
    try {
      task(...args);
    } catch (error) {
      onError(error);
    }
  };
}
