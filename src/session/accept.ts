import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import { loadSchemas } from "../ocpp/schemas.ts";
import { dialectOf, versionOf } from "../ocpp/versions.ts";
import { type Finding, observed } from "../station/findings.ts";
import type { LinkState } from "../station/model.ts";
import { closingText, words } from "../station/phrases.ts";
import type { Recorder } from "../store/recorder.ts";
import type { Hello, Link } from "../transports/link.ts";
import type { FaultBook } from "./faults/fault-book.ts";
import type { Forwarding } from "./forward/forwarding.ts";
import type { Journal } from "./journal.ts";
import type { OwnClock } from "./own-clock.ts";
import type { Policy } from "./policy.ts";
import type { Registry } from "./registry.ts";
import { Session } from "./session.ts";
import type { StationEntry } from "./station-entry.ts";
import type { Strictness } from "./strictness.ts";

export type LinkAcceptorOptions = {
  registry: Registry;
  recorder: Recorder;
  journal: Journal;
  policy: Policy;
  strictness: (identity: string) => Strictness;
  forwarding: Forwarding;
  faults: FaultBook;
  clock: Clock;
  ownClock: OwnClock;
  log: Logger;
  newTransactionId: () => number;
};

/** Where links become sessions. */
export type LinkAcceptor = {
  open(link: Link): Promise<void>;
  /** Waits until every session is closed and on record. */
  closed(): Promise<void>;
};

/** Makes what takes links on as sessions. Of two links with one identity the newer wins, and both are on record. */
export function createLinkAcceptor(options: LinkAcceptorOptions): LinkAcceptor {
  const { registry, clock, log } = options;
  const open = new Set<Session>();
  let onEmpty: (() => void) | null = null;
  let before: Promise<void> = Promise.resolve();

  function leave(session: Session): void {
    open.delete(session);
    if (open.size === 0) onEmpty?.();
  }

  async function admit(link: Link): Promise<void> {
    let session: Session | null = null;
    let entry: StationEntry | null = null;
    try {
      const { version, findings } = versionOf(link.hello.via.subprotocol, link.hello.via.offered);
      const schemas = await loadSchemas(version);
      entry = registry.ensure(link.hello.identity, clock.now());
      const doubled = entry.session?.isOpen ? [secondConnection(entry.state.link, link.hello)] : [];
      entry.session?.close(1000, closingText("close-replaced"), "replaced");
      const mine = new Session({
        ...options,
        entry,
        link,
        dialect: dialectOf(version),
        schemas,
        findings: [...findings, ...doubled, ...(link.findings ?? [])],
        onClosed: () => leave(mine),
      });
      session = mine;
      entry.session = mine;
      open.add(mine);
      mine.start();
      // OCPP-J 1.6, 3.2: the handshake is completed without a subprotocol, and then the link is closed.
      if (findings.length > 0 && options.strictness(entry.identity).strict) {
        mine.close(1002, closingText("close-no-subprotocol"), "asked");
      }
    } catch (error) {
      log.bug("a connection could not be taken", { error });
      // Nobody will close a session that never began; the end of the core must not wait for it, and no command goes to it.
      if (session) leave(session);
      if (entry && entry.session === session) entry.session = null;
      link.close(1011, closingText("close-failed"), "asked");
    }
  }

  return {
    open(link) {
      // One after the other: a version whose schemas load slowly must not make an older link the newer one.
      before = before.then(() => admit(link));
      return before;
    },
    closed() {
      if (open.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        onEmpty = resolve;
      });
    },
  };
}

function secondConnection({ remoteAddress, port }: LinkState, { via }: Hello): Finding {
  const before = remoteAddress ?? port ?? "";
  const address = via.kind === "serial" ? via.port : via.remoteAddress;
  return observed("second-connection", "link", words("address-while", { address, before }));
}
