import { z } from "zod";
import { certificateUses, rootUses } from "./certificates.ts";

export type { CommandOutcome } from "./model.ts";

const evse = z.number().int().min(0);
const connector = z.number().int().min(0);
const token = z
  .object({ value: z.string().min(1).max(255), type: z.string().max(20).optional() })
  .describe("VALUE[:TYPE]");
/** An integer of OCPP, chosen by who reserves. */
const reservation = z.number().int().min(0).max(2_147_483_647);
/** PEM; what it holds is checked by who takes it. */
const pem = z.string().min(1).max(65_536).describe("PEM|@FILE");
const hex = (longest: number) => z.string().max(longest);

/** What a technician can ask of a station, in one model for all versions: each command with its input. The types, the names, the check of
 * what comes in and the help of the command line follow from this table. `describe` says what the command line takes for a text. */
export const commandInputs = {
  /** 1.6 Soft or Hard; 2.x OnIdle or Immediate. `evse` in 2.x only. */
  reset: z.object({ kind: z.enum(["soft", "hard"]), evse: evse.optional() }),
  unlock: z.object({ evse: evse.min(1), connector: connector.min(1) }),
  start: z.object({
    token,
    evse: evse.optional(),
    connector: connector.optional(),
  }),
  stop: z.object({ transaction: z.string().min(1).max(64).describe("ID") }),
  /** evse 0 = the whole station. */
  availability: z.object({
    evse: evse.describe("N (0: the whole station)"),
    operative: z.boolean(),
    connector: connector.min(1).optional(),
  }),
  /** `message` is OCPP's word, e.g. StatusNotification. */
  trigger: z.object({
    message: z.string().min(1).max(100).describe("NAME"),
    evse: evse.optional(),
    connector: connector.optional(),
  }),
  /** Keeps an outlet for a card until a time (1.6 5.13; 2.x H01); without `evse` any one. A reservation of the same number is replaced. */
  reserve: z.object({
    reservation,
    token,
    until: z.iso.datetime({ offset: true }).describe("TIME"),
    evse: evse.optional(),
  }),
  /** 1.6 5.2; 2.x H02. */
  "cancel-reservation": z.object({ reservation }),
  /** The station's authorization cache (1.6 5.4; 2.x C11). */
  "clear-cache": z.object({}),
  /** All that it is set up with: 1.6 5.8 GetConfiguration; 2.x B07 GetBaseReport of the full inventory. */
  "read-configuration": z.object({}),
  /** Any action; `payload` is JSON text and goes out digit for digit. `force` sends it although the schema or the version says no. */
  raw: z.object({
    action: z.string().min(1).max(100).describe("NAME"),
    payload: z.string().max(1_000_000).describe("JSON"),
    force: z.boolean().optional(),
  }),
  /** Without `use` all of them; in 1.6, where one is asked at a time, those of the central system. */
  "certificates-list": z.object({ use: z.enum(certificateUses).optional() }),
  "certificate-install": z.object({ use: z.enum(rootUses), certificate: pem }),
  "certificate-delete": z.object({
    hash: z
      .object({
        hashAlgorithm: z.enum(["SHA256", "SHA384", "SHA512"]),
        issuerNameHash: hex(128),
        issuerKeyHash: hex(128),
        serialNumber: hex(40),
      })
      .describe("ALGORITHM:NAMEHASH:KEYHASH:SERIAL"),
  }),
  /** The answer to a signing request: PEM, the station's own certificate first. */
  "certificate-signed": z.object({
    chain: pem,
    certificateType: z.string().max(50).describe("NAME").optional(),
    requestId: z.number().int().optional(),
  }),
} as const satisfies Record<string, z.ZodObject>;

type Inputs = typeof commandInputs;
export type CommandName = keyof Inputs;

/** The input of a command; an empty object would let nothing stand beside it. */
type InputOf<Name extends CommandName> = keyof Inputs[Name]["shape"] extends never ? unknown : z.infer<Inputs[Name]>;

/** A command with its input. */
export type StationCommand = { [Name in CommandName]: { name: Name } & InputOf<Name> }[CommandName];

export const commandNames = Object.keys(commandInputs) as CommandName[];

/** A command as it comes in. */
export const stationCommand = z.discriminatedUnion(
  "name",
  commandNames.map((name) => commandInputs[name].extend({ name: z.literal(name) })) as never,
) as unknown as z.ZodType<StationCommand, StationCommand>;

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

/** Which log: of what happens in the station, of its security, or the samples of 2.1's data collector. */
export const logKinds = ["diagnostics", "security", "data-collector"] as const;
export type LogKind = (typeof logKinds)[number];

/** Asking for a log. Only the service of diagnostics sends it: the place is ours, and holds a login that is good for one request. */
export type LogCommand =
  /** Which ways to upload the station says it has (1.6 SupportedFileTransferProtocols, 2.x OCPPCommCtrlr.FileTransferProtocols). */
  | { name: "read-file-protocols" }
  /** 1.6 5.9 GetDiagnostics and GetLog of the security whitepaper; 2.x N01 GetLog. Times in ISO 8601, UTC.
   * @property way 0, or 1 for the other way in which a version can ask for the same */
  | {
      name: "get-log";
      kind: LogKind;
      way: 0 | 1;
      location: string;
      requestId: number;
      from?: string;
      to?: string;
      retries?: number;
      retrySeconds?: number;
    };

/** What services ask of a station that nobody else does. */
export type OwnCommand = SecurityCommand | LogCommand;

/** How a password is written: as text, or as the hex digits of its bytes. */
export type PasswordForm = "text" | "hex";

/** What a station says of its security: the profile in use, and the order of its network profiles (2.x). */
export type SecurityFacts = { profile?: number; priority?: string };

/** The commands that have to do with certificates on the station. */
export type CertificateCommand = Extract<StationCommand, { name: `certificate${string}` }>;

/** A command with a button of its own on the overview. */
export type ButtonCommand = "reset" | "unlock" | "start" | "stop" | "availability" | "trigger" | "raw";
