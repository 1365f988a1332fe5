import type { Clock } from "../../lib/clock.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import type { ActiveFault } from "../../station/faults.ts";
import type { ForwardSettings, HoldRule, LegState } from "../../station/forward.ts";
import type { Secrets } from "../../store/secrets.ts";
import { type Dial, stationAddress, type UpstreamAddress } from "../../transports/websocket/client.ts";
import type { Journal } from "../journal.ts";
import type { StationEntry } from "../station-entry.ts";
import { holdNothing } from "./held-frames.ts";
import { ForwardRelay } from "./relay.ts";
import type { HeldFrame, StationPort } from "./station-port.ts";

/** Where settings are kept. */
export type ForwardStore = {
  all(): Map<string, ForwardSettings>;
  save(identity: string, settings: ForwardSettings): void;
};

export type ForwardingOptions = {
  store: ForwardStore;
  secrets: Secrets;
  journal: Journal;
  clock: Clock;
  log: Logger;
  dial: Dial;
  faults: (identity: string) => readonly ActiveFault[];
  answerMs: () => number;
  /** Bytes. */
  messageLimit: () => number;
};

/** What a connection brings along for the way up. */
export type Dialling = { subprotocol?: string; userAgent?: string; authorization?: string };

/** A connection's hold on forward mode. `relay` is null while its station is not forwarded. */
export type Attachment = { readonly relay: ForwardRelay | null; detach(): void };

/** How a station's forwarding stands. */
export type ForwardStanding = { leg: LegState; rule: HoldRule; held: readonly HeldFrame[] };

type Attached = { entry: StationEntry; port: StationPort; dialling: Dialling; relay: ForwardRelay | null };

/** Forward mode by station: its settings, and the middle relay of each connection. */
export type Forwarding = {
  /** A station's forwarding changed; its identity. */
  readonly changed: Emitter<string>;
  settings(identity: string): ForwardSettings | undefined;
  hasPassword(identity: string): boolean;
  /** Sets how a station is forwarded, at once.
   * @param password with `own` credentials; undefined keeps the one that is set
   * @throws FailureError `invalid-input` when the URL will not do */
  set(entry: StationEntry, settings: ForwardSettings, password?: string): void;
  standing(identity: string): ForwardStanding;
  /** The middle relay of a station that is connected and forwarded. */
  relay(identity: string): ForwardRelay | null;
  hold(identity: string, rule: HoldRule): void;
  /** The Authorization header that goes up. */
  authorization(identity: string, settings: ForwardSettings, password?: string): string | undefined;
  /** Forgets how a station is forwarded; it is not connected. */
  forget(identity: string): void;
  attach(entry: StationEntry, port: StationPort, dialling: Dialling): Attachment;
};

/** Makes forward mode. */
export function createForwarding(options: ForwardingOptions): Forwarding {
  const { store, secrets, journal, clock, log } = options;
  const changed = createEmitter<string>(log);
  const all = store.all();
  const rules = new Map<string, HoldRule>();
  const attached = new Map<string, Attached>();

  function authorization(identity: string, settings: ForwardSettings, password = secrets.get(key(identity))) {
    if (settings.credentials !== "own") return undefined;
    return basic(settings.user ?? identity, password ?? "");
  }

  function begin(link: Attached): void {
    const { entry, port, dialling } = link;
    const { identity } = entry;
    const settings = all.get(identity);
    if (!settings?.on) return;
    const own = authorization(identity, settings);
    const address: UpstreamAddress = {
      url: stationAddress(settings.url, identity),
      subprotocol: dialling.subprotocol,
      userAgent: dialling.userAgent,
      authorization: settings.credentials === "station" ? dialling.authorization : own,
      ca: settings.ca,
      insecure: settings.insecure,
      messageLimit: options.messageLimit(),
    };
    let told: LegState["state"] = "idle";
    const relay = new ForwardRelay(port, address, {
      clock,
      dial: options.dial,
      whenAway: () => all.get(identity)?.whenAway ?? "silent",
      faults: () => options.faults(identity),
      answerMs: options.answerMs,
      onHeld: () => changed.emit(identity),
      onState(leg) {
        const url = settings.url;
        if (leg.state === "open") journal.write(entry, { kind: "forward-changed", state: "connected", url });
        // Try after try that fails is told once.
        if (leg.state === "away" && told !== "away") {
          const { problem, detail } = leg;
          journal.write(entry, { kind: "forward-changed", state: "away", url, why: problem, detail });
        }
        if (leg.state !== "connecting") told = leg.state;
        changed.emit(identity);
      },
    });
    link.relay = relay;
    relay.hold(rules.get(identity) ?? holdNothing);
    relay.dial();
  }

  function end(link: Attached): void {
    const { relay } = link;
    link.relay = null;
    relay?.end();
  }

  return {
    changed,
    settings: (identity) => all.get(identity),
    hasPassword: (identity) => secrets.get(key(identity)) !== undefined,
    set(entry, settings, password) {
      const { identity } = entry;
      stationAddress(settings.url, identity);
      if (settings.credentials !== "own") secrets.set(key(identity), undefined);
      else if (password !== undefined) secrets.set(key(identity), password);
      const before = all.get(identity);
      all.set(identity, settings);
      store.save(identity, settings);
      if (settings.on || before?.on) {
        journal.write(entry, { kind: "forward-changed", state: settings.on ? "on" : "off", url: settings.url });
      }
      const link = attached.get(identity);
      if (link) {
        end(link);
        begin(link);
      }
      changed.emit(identity);
    },
    standing(identity) {
      const relay = attached.get(identity)?.relay;
      return {
        leg: relay?.state ?? { state: "idle" },
        rule: rules.get(identity) ?? holdNothing,
        held: relay?.held ?? [],
      };
    },
    relay: (identity) => attached.get(identity)?.relay ?? null,
    hold(identity, rule) {
      rules.set(identity, rule);
      attached.get(identity)?.relay?.hold(rule);
      changed.emit(identity);
    },
    authorization,
    forget(identity) {
      secrets.set(key(identity), undefined);
      all.delete(identity);
      rules.delete(identity);
      changed.emit(identity);
    },
    attach(entry, port, dialling) {
      const { identity } = entry;
      const before = attached.get(identity);
      if (before) end(before);
      const link: Attached = { entry, port, dialling, relay: null };
      attached.set(identity, link);
      begin(link);
      return new Hold(link, () => {
        end(link);
        if (attached.get(identity) === link) attached.delete(identity);
        changed.emit(identity);
      });
    },
  };
}

/** A class, and no object with a getter: of those each is of a shape of its own to V8, and `relay` is asked for with every message. */
class Hold implements Attachment {
  readonly #link: Attached;
  readonly detach: () => void;

  constructor(link: Attached, detach: () => void) {
    this.#link = link;
    this.detach = detach;
  }

  get relay(): ForwardRelay | null {
    return this.#link.relay;
  }
}

function key(identity: string): string {
  return `forward:${identity}`;
}

/** HTTP Basic (RFC 7617), UTF-8. */
function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
}
