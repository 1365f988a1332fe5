import type { JsonObject } from "../../lib/json.ts";
import type { Words } from "../../lib/words.ts";
import type { LogKind, OwnCommand, StationCommand } from "../../station/commands.ts";
import type { StationState, Token } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import type { Plan } from "../dialect.ts";
import { planLog2 } from "./diagnostics.ts";
import { type CertificateForm, planCertificates2 } from "./security/certificates.ts";
import { planSecurity2, type SecurityForm } from "./security/security-plans.ts";
import { type TokenForm, typeOf } from "./tokens.ts";

/** What differs between the versions in the requests that we send. */
export type CommandForm = {
  token: TokenForm;
  /** MessageTriggerEnumType. */
  triggers: ReadonlySet<string>;
  /** 2.1 F06: a station may have triggers of its own. */
  customTrigger: boolean;
  security: SecurityForm;
  certificates: CertificateForm;
  /** LogEnumType. */
  logs: ReadonlySet<LogKind>;
};

/** The request that carries out a command (blocks B, E, F, G). */
export function planCommand(
  command: Exclude<StationCommand, { name: "raw" }> | OwnCommand,
  station: StationState,
  form: CommandForm,
): Plan {
  switch (command.name) {
    case "reset": {
      const payload: JsonObject = { type: command.kind === "hard" ? "Immediate" : "OnIdle" };
      if (command.evse) payload.evseId = command.evse;
      return { action: "Reset", payload };
    }
    case "unlock":
      return { action: "UnlockConnector", payload: { evseId: command.evse, connectorId: command.connector } };
    case "start":
      return planStart(command, station, form.token);
    case "stop":
      if (command.transaction.length > maxTransactionId) return tooLong("transactionId", maxTransactionId);
      return { action: "RequestStopTransaction", payload: { transactionId: command.transaction } };
    case "availability": {
      const payload: JsonObject = { operationalStatus: command.operative ? "Operative" : "Inoperative" };
      if (command.evse) payload.evse = evseOf(command.evse, command.connector);
      return { action: "ChangeAvailability", payload };
    }
    case "trigger":
      return planTrigger(command, station, form);
    case "reserve":
      return planReserve(command, form.token);
    case "cancel-reservation":
      return { action: "CancelReservation", payload: { reservationId: command.reservation } };
    case "clear-cache":
      return { action: "ClearCache", payload: {} };
    case "read-configuration":
      return { action: "GetBaseReport", payload: { requestId: ownNumber(station), reportBase: "FullInventory" } };
    case "read-security":
    case "set-password":
    case "set-security-profile":
    case "prefer-network-profile":
      return planSecurity2(command, form.security);
    case "certificates-list":
    case "certificate-install":
    case "certificate-delete":
    case "certificate-signed":
      return planCertificates2(command, form.certificates);
    case "read-file-protocols":
    case "get-log":
      return planLog2(command, form.logs);
  }
}

const maxTransactionId = 36;
const maxInt32 = 2_147_483_647;

/** A number that differs from command to command: the record's does, because each command is an entry of it. */
function ownNumber(station: StationState): number {
  return (station.seq % maxInt32) + 1;
}

/** F02. A connector is not named: in 2.x a transaction belongs to an EVSE. */
function planStart(command: Extract<StationCommand, { name: "start" }>, station: StationState, form: TokenForm): Plan {
  const idToken = planToken(command.token, form);
  if ("unsupported" in idToken) return idToken;
  const remoteStartId = ownNumber(station);
  const payload: JsonObject = { idToken, remoteStartId };
  if (command.evse) payload.evseId = command.evse;
  return { action: "RequestStartTransaction", payload, told: { remoteStartId } };
}

/** H01. */
function planReserve(command: Extract<StationCommand, { name: "reserve" }>, form: TokenForm): Plan {
  const idToken = planToken(command.token, form);
  if ("unsupported" in idToken) return idToken;
  const payload: JsonObject = { id: command.reservation, expiryDateTime: command.until, idToken };
  if (command.evse) payload.evseId = command.evse;
  return { action: "ReserveNow", payload };
}

/** IdTokenType, or why this version cannot say it. */
function planToken(token: Token, form: TokenForm): { idToken: string; type: string } | { unsupported: Words } {
  if (token.value.length > form.maxLength) return tooLong("idToken", form.maxLength);
  const type = typeOf(token, form);
  if (type !== undefined) return { idToken: token.value, type };
  const types = [...form.types].join(", ");
  return { unsupported: words("no-token-type", { type: token.type ?? "", types }) };
}

/** Words of 1.6 for what 2.x calls otherwise. */
const renamed: Readonly<Record<string, string>> = {
  DiagnosticsStatusNotification: "LogStatusNotification",
  SignChargePointCertificate: "SignChargingStationCertificate",
  StartTransaction: "TransactionEvent",
  StopTransaction: "TransactionEvent",
};

/** F06. */
function planTrigger(
  command: Extract<StationCommand, { name: "trigger" }>,
  station: StationState,
  form: CommandForm,
): Plan {
  const message = Object.hasOwn(renamed, command.message) ? renamed[command.message] : command.message;
  const payload: JsonObject = {};
  if (message !== undefined && form.triggers.has(message)) payload.requestedMessage = message;
  else if (form.customTrigger && command.message !== "" && command.message.length <= 50) {
    payload.requestedMessage = "CustomTrigger";
    payload.customTrigger = command.message;
  } else return { unsupported: words("no-trigger", { message: command.message }) };
  if (message === "StatusNotification") payload.evse = statusPlace(command, station);
  else if (command.evse) payload.evse = evseOf(command.evse, command.connector);
  return { action: "TriggerMessage", payload };
}

/** StatusNotification can only be asked of one connector (F06). Where none is named: the first one known, or else 1 of EVSE 1. */
function statusPlace(command: { evse?: number; connector?: number }, station: StationState): JsonObject {
  const known = station.evses.find((one) => (command.evse ? one.evse === command.evse : one.evse > 0));
  const first = known?.connectors.find((one) => one.connector > 0)?.connector;
  return evseOf(command.evse || (known?.evse ?? 1), command.connector || (first ?? 1));
}

function evseOf(id: number, connectorId: number | undefined): JsonObject {
  return connectorId ? { id, connectorId } : { id };
}

function tooLong(field: string, limit: number): { unsupported: Words } {
  return { unsupported: words("field-too-long", { field, limit }) };
}

const triggers201 = [
  "BootNotification",
  "FirmwareStatusNotification",
  "Heartbeat",
  "LogStatusNotification",
  "MeterValues",
  "PublishFirmwareStatusNotification",
  "SignChargingStationCertificate",
  "SignCombinedCertificate",
  "SignV2GCertificate",
  "StatusNotification",
  "TransactionEvent",
];

export const triggerWords201: ReadonlySet<string> = new Set(triggers201);
export const triggerWords21: ReadonlySet<string> = new Set([...triggers201, "SignV2G20Certificate"]);
