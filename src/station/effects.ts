import type { StationEvent } from "./events.ts";
import type { CommandEffect, CommandRecord, StationState } from "./model.ts";

/** What shows that a command was carried out, beyond its answer. */
type What = CommandEffect["what"];

/** What a message that is triggered comes as. */
const triggered: Readonly<Record<string, What>> = {
  BootNotification: "boot",
  StatusNotification: "status",
  MeterValues: "values",
  Heartbeat: "heartbeat",
  FirmwareStatusNotification: "firmware-status",
  DiagnosticsStatusNotification: "diagnostics-status",
  LogStatusNotification: "diagnostics-status",
  SignChargePointCertificate: "signing-requested",
  SignChargingStationCertificate: "signing-requested",
  SignV2GCertificate: "signing-requested",
  SignCombinedCertificate: "signing-requested",
};

/** What follows a call that is sent raw. */
const raw: Readonly<Record<string, What>> = {
  Reset: "restart",
  RemoteStartTransaction: "session-started",
  RequestStartTransaction: "session-started",
  RemoteStopTransaction: "session-ended",
  RequestStopTransaction: "session-ended",
  ChangeAvailability: "status",
  GetBaseReport: "report",
  GetReport: "report",
  GetMonitoringReport: "report",
  GetDiagnostics: "diagnostics-status",
  GetLog: "diagnostics-status",
  UpdateFirmware: "firmware-status",
  SignedUpdateFirmware: "firmware-status",
};

/** Later than this it is another story; what was put off may take as long as it likes. */
const longestEffectMs = 10 * 60_000;

/** What should follow a command; null where the answer is all that is ever told. */
export function expectedEffect({ name, args }: Pick<CommandRecord, "name" | "args">): What | null {
  switch (name) {
    case "reset":
      return "restart";
    case "start":
      return "session-started";
    case "stop":
      return "session-ended";
    case "availability":
      return "status";
    case "reserve":
      // Which outlet a reservation of any one is kept by is told of none (2.x H01).
      return args.evse ? "status" : null;
    case "trigger":
      return effectOf(triggered, String(args.message));
    case "read-configuration":
      return "report";
    case "raw":
      return effectOf(raw, String(args.action));
    default:
      return null;
  }
}

/** Null for a word of a person's that the table does not have. */
function effectOf(table: Readonly<Record<string, What>>, word: string): What | null {
  return (Object.hasOwn(table, word) ? table[word] : undefined) ?? null;
}

/** Whether a command waits for its effect: it was taken, or nobody knows whether it was. */
export function awaitsEffect(command: CommandRecord): boolean {
  const { result = "no-answer" } = command.outcome ?? {};
  const open = result !== "rejected" && result !== "unsupported" && result !== "offline";
  return open && command.effect === undefined && expectedEffect(command) !== null;
}

/** Notes with each command that waits for it what has just happened. Shares everything where nothing has. */
export function withEffects(state: StationState, event: StationEvent): StationState {
  if (!kinds.has(event.kind) || !state.commands.some(awaitsEffect)) return state;
  let changed = false;
  const commands = state.commands.map((command): CommandRecord => {
    const what = awaitsEffect(command) && isRecent(command, event.at) ? expectedEffect(command) : null;
    if (what === null || !shows(what, command, event, state)) return command;
    changed = true;
    return { ...command, effect: { what, at: event.at, frame: event.seq } };
  });
  return changed ? { ...state, commands } : state;
}

const kinds = new Set<StationEvent["kind"]>([
  "booted",
  "transaction-started",
  "transaction-ended",
  "status",
  "variables",
  "configuration",
  "firmware-status",
  "diagnostics-status",
  "signing-requested",
  "sampled",
  "heartbeat",
]);

function isRecent({ sentAt, outcome }: CommandRecord, at: number): boolean {
  return sentAt <= at && (outcome?.result === "scheduled" || at - sentAt <= longestEffectMs);
}

function shows(what: What, { name, args, sentAt }: CommandRecord, event: StationEvent, state: StationState): boolean {
  const here = (evse: number) => !args.evse || args.evse === evse;
  switch (event.kind) {
    case "booted":
      // One that restarts comes over a new link; one that only says again who it is has the link it had.
      return what === "boot" || (what === "restart" && (state.link.since ?? 0) >= sentAt);
    case "transaction-started":
      return what === "session-started" && !event.offline && here(event.evse);
    case "transaction-ended":
      return what === "session-ended" && (name === "raw" || args.transaction === event.id);
    case "status":
      if (what !== "status" || !here(event.evse)) return false;
      if (name === "reserve") return event.status === "Reserved";
      return name !== "availability" || (event.status === "Unavailable") === (args.operative === false);
    case "variables":
      return what === "report" && event.last;
    case "configuration":
      return what === "report";
    case "sampled":
      return what === "values" && here(event.evse);
    default:
      return what === event.kind;
  }
}
