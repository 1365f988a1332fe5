import type { Clock } from "../lib/clock.ts";
import type { OcppVersion } from "../station/model.ts";
import { createAuthorizer } from "./authorizer.ts";
import { createCertificateStore } from "./certificates/certificates.ts";
import { type ClientCertificate, createOwnCertificate } from "./certificates/own-certificate.ts";
import { createCharging } from "./charging/charging.ts";
import { createOutlet, statusOf } from "./charging/outlet.ts";
import { createPower } from "./charging/power.ts";
import type { Link } from "./communication/link.ts";
import { createJobs } from "./jobs/jobs.ts";
import type { ActiveTransaction, BootReason, Machine, Mail, Speaker } from "./model.ts";
import type { Operations } from "./operations.ts";
import { createRandom, seedFrom } from "./random.ts";
import { createService } from "./service.ts";
import { createSpeaker2 } from "./v2/speaker.ts";
import { createSpeaker16 } from "./v16/speaker.ts";
import { createVisitor } from "./visitor.ts";

export type MachineOptions = {
  identity: string;
  ocpp: OcppVersion;
  connectors: number;
  seed: number;
  /** Station time. */
  clock: Clock;
  password: string | undefined;
  /** The address given by hand is one of TLS. */
  secure: boolean;
  clientCertificate: ClientCertificate | undefined;
  mail: Mail;
  link: Pick<Link, "open" | "close" | "redial">;
  registration: Machine["registration"];
  powerUp(reason: BootReason): void;
  rearmHeartbeat(): void;
  has: Machine["has"];
  onChange(): void;
  log(line: string): void;
};

/** Puts the station's parts together: the machine, what can be done with it, and the version it speaks. */
export function createMachine(options: MachineOptions): { machine: Machine; operations: Operations } {
  const { clock, mail, link } = options;
  const random = createRandom(seedFrom(options.identity, options.seed));
  const outlets = Array.from({ length: options.connectors }, (_, at) => createOutlet(at + 1, random, clock.now()));
  let speaker: Speaker | null = null;
  let operations: Operations | null = null;
  let stationTold: string | null = null;

  /** Tells the statuses that are not what the central system was last told. */
  function tellStatuses(): void {
    if (!mail.ready || !machine.powered) return;
    const station = machine.operative ? "Available" : "Unavailable";
    if (station !== stationTold) {
      stationTold = station;
      for (const request of machine.speaker.status(null)) mail.tell(request);
    }
    for (const outlet of outlets) {
      const status = `${statusOf(outlet, machine)} ${outlet.fault?.code ?? ""}`;
      if (status === outlet.told) continue;
      outlet.told = status;
      for (const request of machine.speaker.status(outlet)) {
        void mail.ask(request).then((answer) => {
          // Not heard: it is told again when the link is back.
          if (answer.type === "closed" || answer.type === "no-answer") outlet.told = null;
        });
      }
    }
  }

  const machine: Machine = {
    identity: options.identity,
    clock,
    random,
    outlets,
    authorizer: createAuthorizer(clock),
    certificates: createCertificateStore(),
    own: createOwnCertificate(options.identity, clock, options.clientCertificate),
    mail,
    has: options.has,
    get speaker() {
      if (!speaker) throw new Error("the station is not put together yet");
      return speaker;
    },
    profiles: [],
    jobs: { firmware: { status: "Idle", signed: true }, log: { status: "Idle", signed: true } },
    operative: true,
    nextOperative: null,
    password: options.password,
    changePassword(password) {
      machine.password = password;
      // The answer goes out over the link as it is; the next connection has the new one (1.6 security A01).
      clock.after(500, link.redial);
    },
    network: { profile: firstProfile(options), url: null },
    changeNetwork(network, redial) {
      machine.network = network;
      if (redial) clock.after(500, link.redial);
    },
    registration: options.registration,
    powered: true,
    refresh() {
      tellStatuses();
      operations?.power.check();
      options.onChange();
    },
    rearm() {
      operations?.charging.rearm();
      options.rearmHeartbeat();
    },
    cardAnswered: (transaction: ActiveTransaction, info) => operations?.charging.answered(transaction, info),
    log: options.log,
  };

  const charging = createCharging(machine);
  const visitor = createVisitor(machine, charging);
  const service = createService(machine, charging, visitor);
  const jobs = createJobs(machine);
  const power = createPower(machine, charging, link, (reason) => {
    stationTold = null;
    options.powerUp(reason);
  });
  operations = { charging, visitor, service, power, jobs };
  speaker =
    options.ocpp === "1.6" ? createSpeaker16(machine, operations) : createSpeaker2(machine, operations, options.ocpp);
  return { machine, operations };
}

/** The security profile of the way in that was given by hand. */
function firstProfile({ secure, password, clientCertificate }: MachineOptions): number {
  if (secure && clientCertificate) return 3;
  if (password === undefined) return 0;
  return secure ? 2 : 1;
}
