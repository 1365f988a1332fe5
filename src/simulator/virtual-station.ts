import { type Clock, systemClock } from "../lib/clock.ts";
import { DisposableStore } from "../lib/disposable.ts";
import type { PeerAnswer } from "../ocpp/peer.ts";
import { loadSchemas } from "../ocpp/schemas.ts";
import type { QuirkName, ScenarioName, SimulatorAction, VirtualStation } from "../services/simulator/contract.ts";
import { failure } from "../station/failure.ts";
import type { OcppVersion } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { knownCards } from "./authorizer.ts";
import type { ClientCertificate } from "./certificates/own-certificate.ts";
import { findOutlet } from "./charging/outlet.ts";
import { type Conversation, createConversation } from "./communication/conversation.ts";
import { createLink, type Link } from "./communication/link.ts";
import { createOutbox, type Outbox } from "./communication/outbox.ts";
import { createRegistration, type Registration } from "./communication/registration.ts";
import { createSerialLink, type SerialPlace } from "./communication/serial-link.ts";
import { createMachine } from "./machine.ts";
import type { Mail, Request } from "./model.ts";
import { createMisbehaviour } from "./quirks/misbehaviour.ts";
import { createRandom, seedFrom } from "./random.ts";
import { createScaledClock } from "./scaled-clock.ts";
import { playScenario } from "./scenario-runner.ts";
import { scenarioSteps } from "./scenarios.ts";
import { holds, viewOutlet } from "./view.ts";

export type VirtualStationOptions = {
  /** Where it connects, without the identity, e.g. ws://127.0.0.1:9000/ */
  url?: string;
  /** The serial line that it speaks over, in place of a socket. */
  serial?: SerialPlace;
  identity: string;
  ocpp: OcppVersion;
  scenario?: ScenarioName;
  /** Station time runs this many times faster; timers and timestamps both. */
  speed?: number;
  seed?: number;
  connectors?: number;
  quirks?: readonly QuirkName[];
  clock?: Clock;
  /** For HTTP Basic authentication. */
  password?: string;
  /** Roots that it trusts over wss beside those that are installed in it, PEM; without any, those of the system. */
  ca?: string;
  /** For TLS with a certificate of its own (security profile 3). */
  clientCertificate?: ClientCertificate;
  onChange?: () => void;
  log?: (line: string) => void;
};

export type VirtualStationHandle = {
  state(): VirtualStation;
  /** Does what a hand would do.
   * @param value for tap the card, for fault OCPP's error code
   * @throws Error that says why it cannot be done now */
  act(action: SimulatorAction, evse: number, value?: string): void;
  /** Misbehaves in these ways from now on, and in no others. */
  misbehave(quirks: readonly QuirkName[]): void;
  /** Switches it off and resolves when its socket is closed. */
  stop(): Promise<void>;
};

/** Nowhere: it speaks over a serial line. */
const noUrl = "ws://serial.invalid/";
const tickMs = 1000;
/** However fast station time runs, the machine is looked at no more often than this in real time. */
const leastTickMs = 50;

/** Switches a virtual station on: an honest OCPP client over a real socket. It dials until it is stopped.
 * @throws Error for a URL that is none */
export function startVirtualStation(options: VirtualStationOptions): VirtualStationHandle {
  const { identity, ocpp, scenario = "idle", speed = 1, seed = 1, connectors = 1, log = () => {} } = options;
  const given = new URL(options.url ?? noUrl);

  /** Where it dials now: security profile 2 and above speak TLS. */
  function address(): string {
    const { url, profile } = machine.network;
    const place = new URL(url ?? given);
    if (profile >= 2) place.protocol = "wss:";
    place.hash = "";
    place.pathname = `${place.pathname.replace(/\/+$/, "")}/${encodeURIComponent(identity)}`;
    return place.href;
  }
  const base = options.clock ?? systemClock;
  const open = new DisposableStore();
  const clock = open.add(createScaledClock(base, speed));
  let dropped = false;
  let stopped = false;
  let conversation: Conversation | null = null;
  const changed = () => {
    if (!stopped) options.onChange?.();
  };

  const send = (request: Request): Promise<PeerAnswer> =>
    conversation?.ask(request) ?? Promise.resolve({ type: "closed" });
  const misbehaviour = createMisbehaviour({
    clock,
    sendLate: (request) => void send(request),
    restart: () => operations.power.restart("hard-reset"),
  });
  misbehaviour.set(options.quirks ?? []);
  open.add({ dispose: () => misbehaviour.stop() });

  const mail: Mail = {
    get ready() {
      return link.up && registration.accepted;
    },
    get linked() {
      return link.up;
    },
    get registered() {
      return registration.accepted;
    },
    get queued() {
      return outbox.length;
    },
    holds: (transaction) => outbox.holds(transaction),
    tell(request) {
      if (mail.ready) void mail.ask(request);
    },
    ask(request) {
      const said = misbehaviour.request(request);
      return said ? send(said) : Promise.resolve({ type: "result", payload: {}, plain: {} });
    },
    queue: (message) => outbox.add(message),
    flush: () => outbox.flush(),
  };

  const { machine, operations } = createMachine({
    has: (quirk) => misbehaviour.names.includes(quirk),
    identity,
    ocpp,
    connectors,
    seed,
    clock,
    password: options.password,
    clientCertificate: options.clientCertificate,
    secure: given.protocol === "wss:",
    mail,
    link: {
      open: () => {
        if (!dropped) link.open();
      },
      close: (abrupt) => link.close(abrupt),
      redial: () => link.redial(),
    },
    registration: {
      get status() {
        return registration.status;
      },
      bootNow: () => registration.bootNow(),
    },
    powerUp: (reason) => registration.powerUp(reason),
    rearmHeartbeat: () => registration.rearm(),
    onChange: changed,
    log,
  });

  const outbox: Outbox = createOutbox({
    clock,
    ready: () => mail.ready,
    ask: mail.ask,
    retry: () => {
      const { attempts, retrySeconds } = machine.speaker.knobs();
      return { attempts, seconds: retrySeconds };
    },
    changed,
    log,
  });

  const registration: Registration = createRegistration({
    clock,
    speaker: machine.speaker,
    ask: mail.ask,
    onAccepted() {
      for (const outlet of machine.outlets) outlet.told = null;
      machine.refresh();
      mail.tell(machine.speaker.securityEvent("StartupOfTheDevice", "power-up"));
      mail.flush();
    },
    onBack() {
      machine.refresh();
      mail.flush();
    },
    log,
  });

  const { subprotocol } = machine.speaker;
  const wire = {
    // Real time: neither a network nor a line runs faster because a station does.
    clock: base,
    onUp() {
      log("link up");
      conversation?.begin();
      registration.linkUp();
      changed();
    },
    onText: (text: string) => conversation?.receive(text),
    onDown() {
      conversation?.end();
      registration.linkDown();
      changed();
    },
    log,
  };
  const socket = (): Link =>
    createLink({
      ...wire,
      address,
      subprotocol,
      roots: () => [...(options.ca === undefined ? [] : [options.ca]), ...machine.certificates.roots()],
      // Profile 2 proves itself by its password, whatever certificate it may have got meanwhile.
      ownCertificate: () => (machine.network.profile === 2 ? null : machine.own.current),
      onFailed: (failures) => machine.speaker.unreachable(failures),
      authorization() {
        const { profile } = machine.network;
        // Profile 0 has no authentication, 3 has the certificate (security whitepaper, 2.1).
        if (machine.password === undefined || profile === 0 || profile === 3) return undefined;
        const bytes = Buffer.concat([Buffer.from(`${identity}:`), machine.speaker.passwordBytes(machine.password)]);
        return `Basic ${bytes.toString("base64")}`;
      },
      random: createRandom(seedFrom(identity, seed + 1)),
      pingSeconds: () => machine.speaker.knobs().pingSeconds,
    });
  const link = options.serial ? createSerialLink({ ...options.serial, ...wire, identity, subprotocol }) : socket();
  open.add(link);

  clock.every(Math.max(tickMs, leastTickMs * speed), () => {
    operations.charging.tick();
    operations.service.tick();
  });

  for (const [index, outlet] of machine.outlets.entries()) {
    const random = createRandom(seedFrom(`${identity}/${outlet.evse}`, seed));
    const steps = scenarioSteps[scenario]({ random, index, cards: knownCards });
    const play = playScenario(steps, {
      clock,
      act: (action, value) => act(action, outlet.evse, value),
      holds: (condition) => holds(condition, outlet, mail),
      log,
    });
    open.add({ dispose: () => play.stop() });
  }

  void loadSchemas(ocpp).then((schemas) => {
    if (stopped) return;
    conversation = createConversation({
      version: ocpp,
      schemas,
      clock: base,
      send: (text) => misbehaviour.texts(text).every((spoilt) => link.send(spoilt)),
      answer(frame) {
        const found = machine.speaker.answer(frame.action, frame.payload);
        if (found) return misbehaviour.answer(frame.action, found);
        const error = schemas.has(frame.action) ? "NotSupported" : "NotImplemented";
        return { error, description: `this station has no ${frame.action}` };
      },
      log,
    });
    if (machine.powered && !dropped) link.open();
  });

  function act(action: SimulatorAction, evse: number, value?: string): void {
    if (stopped) throw failure("conflict", words("virtual-off", { identity }));
    const outlet = findOutlet(machine, evse);
    if (!outlet) throw failure("conflict", words("virtual-no-evse", { identity, evse, count: connectors }));
    switch (action) {
      case "plug":
        return operations.visitor.plug(outlet);
      case "unplug":
        return operations.visitor.unplug(outlet);
      case "tap":
        return operations.visitor.tap(outlet, { value: value || knownCards[0] });
      case "fault":
        return operations.visitor.fault(outlet, value || "GroundFailure");
      case "clear-fault":
        return operations.visitor.clearFault(outlet);
      case "drop-link":
        return setDropped(true);
      case "restore-link":
        return setDropped(false);
    }
  }

  function setDropped(drop: boolean): void {
    if (dropped === drop) throw failure("conflict", words(drop ? "virtual-link-down" : "virtual-link-up"));
    dropped = drop;
    if (drop) link.close(true);
    else if (machine.powered && conversation) link.open();
    changed();
  }

  return {
    act,
    misbehave(quirks) {
      misbehaviour.set(quirks);
      changed();
    },
    state: () => ({
      identity,
      ocpp,
      scenario,
      speed,
      linked: link.up,
      dropped,
      queued: outbox.length,
      quirks: [...misbehaviour.names],
      connectors: machine.outlets.map(viewOutlet),
    }),
    async stop() {
      if (stopped) return;
      stopped = true;
      await open.dispose();
    },
  };
}
