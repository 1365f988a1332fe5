import type { JsonObject } from "../../lib/json.ts";
import type { OwnCommand, StationCommand } from "../../station/commands.ts";
import { words } from "../../station/phrases.ts";
import type { Plan } from "../dialect.ts";
import { planLog16 } from "./diagnostics.ts";
import { transactionNumber } from "./place.ts";
import { planCertificates16 } from "./security/certificates.ts";
import { planSecurity16 } from "./security/security-plans.ts";

/** MessageTrigger (1.6 7.32). */
const triggers = new Set([
  "BootNotification",
  "DiagnosticsStatusNotification",
  "FirmwareStatusNotification",
  "Heartbeat",
  "MeterValues",
  "StatusNotification",
]);
/** What only the security whitepaper's ExtendedTriggerMessage has. */
const extendedTriggers = new Set(["LogStatusNotification", "SignChargePointCertificate"]);

/** The 1.6 request that carries out a command, or why there is none. */
export function plan(command: Exclude<StationCommand, { name: "raw" }> | OwnCommand): Plan {
  switch (command.name) {
    case "reset":
      if (command.evse) return { unsupported: words("resets-whole") };
      return { action: "Reset", payload: { type: command.kind === "hard" ? "Hard" : "Soft" } };
    case "unlock":
      return onConnector(command, (connectorId) => ({ action: "UnlockConnector", payload: { connectorId } }));
    case "start":
      return planStart(command);
    case "stop": {
      const transactionId = transactionNumber(command.transaction);
      if (transactionId === undefined) return { unsupported: words("transaction-number") };
      return { action: "RemoteStopTransaction", payload: { transactionId } };
    }
    case "availability": {
      const type = command.operative ? "Operative" : "Inoperative";
      return onConnector(command, (connectorId) => ({ action: "ChangeAvailability", payload: { connectorId, type } }));
    }
    case "trigger":
      return planTrigger(command);
    case "reserve":
      return planReserve(command);
    case "cancel-reservation":
      return { action: "CancelReservation", payload: { reservationId: command.reservation } };
    case "clear-cache":
      return { action: "ClearCache", payload: {} };
    case "read-configuration":
      return { action: "GetConfiguration", payload: {} };
    case "read-security":
    case "set-password":
    case "set-security-profile":
    case "prefer-network-profile":
      return planSecurity16(command);
    case "certificates-list":
    case "certificate-install":
    case "certificate-delete":
    case "certificate-signed":
      return planCertificates16(command);
    case "read-file-protocols":
    case "get-log":
      return planLog16(command);
  }
}

function planStart(command: Extract<StationCommand, { name: "start" }>): Plan {
  if (command.token.value.length > 20) return { unsupported: words("field-too-long", { field: "idTag", limit: 20 }) };
  const idTag = command.token.value;
  if (!command.evse) return { action: "RemoteStartTransaction", payload: { idTag } };
  return onConnector(command, (connectorId) => ({ action: "RemoteStartTransaction", payload: { connectorId, idTag } }));
}

/** Connector 0 is any one; a station may refuse it (1.6 5.13, ReserveConnectorZeroSupported). */
function planReserve({ token, until, reservation, evse }: Extract<StationCommand, { name: "reserve" }>): Plan {
  if (token.value.length > 20) return { unsupported: words("field-too-long", { field: "idTag", limit: 20 }) };
  const payload = { connectorId: evse ?? 0, expiryDate: until, idTag: token.value, reservationId: reservation };
  return { action: "ReserveNow", payload };
}

function planTrigger(command: Extract<StationCommand, { name: "trigger" }>): Plan {
  const extended = extendedTriggers.has(command.message);
  if (!extended && !triggers.has(command.message)) {
    return { unsupported: words("no-trigger", { message: command.message }) };
  }
  return onConnector(command, (connectorId) => {
    const payload: JsonObject = { requestedMessage: command.message };
    // connectorId is 1 or more here (1.6 6.51); without it the message is asked for all of them.
    if (connectorId > 0) payload.connectorId = connectorId;
    return { action: extended ? "ExtendedTriggerMessage" : "TriggerMessage", payload };
  });
}

/** Connector n of 1.6 is EVSE n, connector 1; there is no second one on an EVSE. */
function onConnector(place: { evse?: number; connector?: number }, make: (connectorId: number) => Plan): Plan {
  if (place.connector !== undefined && place.connector > 1) {
    return { unsupported: words("one-connector") };
  }
  return make(place.evse ?? 0);
}
