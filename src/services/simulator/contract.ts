import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";
import type { OcppVersion } from "../../station/model.ts";

export const scenarios = ["day", "idle", "fault", "offline"] as const;
export type ScenarioName = (typeof scenarios)[number];

/** What a hand can do to a virtual station. */
export const simulatorActions = ["plug", "unplug", "tap", "fault", "clear-fault", "drop-link", "restore-link"] as const;
export type SimulatorAction = (typeof simulatorActions)[number];

/** The ways in which a virtual station can misbehave, as real ones were seen to. */
export const quirkNames = [
  "late-values",
  "lost-values",
  "sequence-zero",
  "no-stop",
  "session-register",
  "kwh-as-wh",
  "start-overflow",
  "empty-values",
  "text-numbers",
  "local-time",
  "clock-1970",
  "clock-back",
  "trailing-comma",
  "sent-twice",
  "wrong-answer-id",
  "null-error",
  "accepts-only",
  "boot-loop",
  "log-wrong-protocol",
  "log-gives-up",
  "log-own-name",
  "log-after-uploaded",
  "log-silent",
  "log-never-comes",
] as const;
export type QuirkName = (typeof quirkNames)[number];
const quirkList = z.array(z.enum(quirkNames)).max(quirkNames.length);

/** A virtual station as seen from outside. */
export type VirtualStation = {
  identity: string;
  ocpp: OcppVersion;
  scenario: ScenarioName;
  speed: number;
  linked: boolean;
  /** The link is down on purpose. */
  dropped: boolean;
  queued: number;
  /** What it does wrong on purpose. */
  quirks: QuirkName[];
  connectors: {
    evse: number;
    connector: number;
    plugged: boolean;
    charging: boolean;
    fault?: string;
    /** W */
    power: number;
    /** Wh, the register. */
    energy: number;
    card?: string;
  }[];
};

/** The identity of a virtual station: what fits in a URL and in every version. */
export const virtualIdentity = z
  .string()
  .trim()
  .min(1)
  .max(48)
  .regex(/^[A-Za-z0-9*_=:+|@.-]+$/);

export const simulatorContract = {
  "simulator.list": feed(z.object({})).of<VirtualStation[]>(),
  /** Connects a virtual station to this core over a real socket. Fails with conflict when the identity is taken. */
  "simulator.start": call(
    z.object({
      identity: virtualIdentity,
      ocpp: z.enum(["1.6", "2.0.1", "2.1"]),
      scenario: z.enum(scenarios).default("idle"),
      speed: z.number().min(0.1).max(1000).default(1),
      seed: z.number().int().default(1),
      connectors: z.number().int().min(1).max(8).default(1),
      quirks: quirkList.default([]),
    }),
  ).returns<VirtualStation>(),
  /** Fails with not-found. */
  "simulator.stop": call(z.object({ identity: virtualIdentity })).returns<null>(),
  /** These quirks from now on and no others. Fails with not-found. */
  "simulator.misbehave": call(z.object({ identity: virtualIdentity, quirks: quirkList })).returns<VirtualStation>(),
  /** Fails with not-found, or conflict when the thing cannot be done now (tap without a connector, and so on). */
  "simulator.act": call(
    z.object({
      identity: virtualIdentity,
      action: z.enum(simulatorActions),
      evse: z.number().int().min(1).default(1),
      /** For tap: the card; for fault: OCPP's error code. */
      value: z.string().max(64).optional(),
    }),
  ).returns<VirtualStation>(),
};
