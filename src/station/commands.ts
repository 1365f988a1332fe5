import type { CertificateCommand } from "./certificates.ts";
import type { Token } from "./model.ts";

export type { CommandOutcome } from "./model.ts";

/** What a technician can ask of a station, in one model for all versions. */
export type StationCommand =
  /** 1.6 Soft or Hard; 2.x OnIdle or Immediate. `evse` in 2.x only. */
  | { name: "reset"; kind: "soft" | "hard"; evse?: number }
  | { name: "unlock"; evse: number; connector: number }
  | { name: "start"; evse?: number; connector?: number; token: Token }
  | { name: "stop"; transaction: string }
  /** evse 0 = the whole station. */
  | { name: "availability"; evse: number; connector?: number; operative: boolean }
  /** `message` is OCPP's word, e.g. StatusNotification. */
  | { name: "trigger"; message: string; evse?: number; connector?: number }
  /** Any action; `payload` is JSON text and goes out digit for digit. `force` sends it although the schema or the version says no. */
  | { name: "raw"; action: string; payload: string; force?: boolean }
  | CertificateCommand;

/** The steps of guarded procedures: a station that got one of them wrong may not find back, so nothing else sends them. */
export type SecurityCommand =
  /** What the station tells of its profile and of its ways to connect. */
  | { name: "read-security" }
  /** 1.6 AuthorizationKey, 2.x BasicAuthPassword. `hex`: digits that the station turns into bytes. */
  | { name: "set-password"; password: string; form: PasswordForm }
  /** 1.6 SecurityProfile; 2.x a network profile in `slot`, which is not used before it is preferred.
   * @property url ours, without the identity */
  | { name: "set-security-profile"; profile: number; url: string; slot: number }
  /** 2.x: tries `slot` first, then those in `before`, a list as the station wrote it. */
  | { name: "prefer-network-profile"; slot: number; before?: string };

/** How a password is written: as text, or as the hex digits of its bytes. */
export type PasswordForm = "text" | "hex";

/** What a station says of its security: the profile in use, and the order of its network profiles (2.x). */
export type SecurityFacts = { profile?: number; priority?: string };

export type CommandName = StationCommand["name"];

/** A command with a button of its own on the overview. */
export type ButtonCommand = Exclude<CommandName, CertificateCommand["name"]>;

export const commandNames = [
  "reset",
  "unlock",
  "start",
  "stop",
  "availability",
  "trigger",
  "raw",
  "certificates-list",
  "certificate-install",
  "certificate-delete",
  "certificate-signed",
] as const satisfies readonly CommandName[];

export const securityCommandNames = [
  "read-security",
  "set-password",
  "set-security-profile",
  "prefer-network-profile",
] as const satisfies readonly SecurityCommand["name"][];
