import type { JsonObject } from "../../lib/json.ts";
import { integer, object, text } from "../../ocpp/read.ts";
import { findOutlet } from "../charging/outlet.ts";
import { readProfile } from "../charging/profile-reader.ts";
import type { Answer, Answers, Machine } from "../model.ts";
import type { Operations } from "../operations.ts";
import { because, readToken } from "./payloads.ts";

/** Reset, unlock, remote start and stop, availability, reservations, transaction status. */
export function controlAnswers(machine: Machine, { service, power }: Operations): Answers {
  const running = () => machine.outlets.some((outlet) => outlet.transaction);
  const rejected = (why: string, more?: string): Answer => ({ reply: { status: "Rejected", ...because(why, more) } });

  function start(request: JsonObject): Answer {
    const evse = integer(request, "evseId");
    const sent = object(request, "chargingProfile");
    const profile = sent && readProfile(sent, evse ?? 0);
    if (typeof profile === "string") return rejected("InvalidProfile", profile);
    if (profile && profile.purpose !== "transaction") return rejected("InvalidProfile", "not a TxProfile");
    const card = readToken(object(request, "idToken"));
    const found = service.findForStart({ evse, card });
    if ("why" in found) return rejected(found.why);
    const wanted = { card, remoteStartId: integer(request, "remoteStartId"), profile };
    return { reply: { status: "Accepted" }, after: () => service.remoteStart(found, wanted) };
  }

  return {
    Reset(request) {
      const type = text(request, "type");
      // EVSE.AllowReset is false, and nothing is resumed after a reset (2.0.1 B11, B12; 2.1 ImmediateAndResume).
      if (integer(request, "evseId")) return rejected("UnsupportedParam", "only the whole station restarts");
      if (type === "ImmediateAndResume") return rejected("UnsupportedParam", "transactions are not resumed");
      if (type === "OnIdle" && running()) {
        return { reply: { status: "Scheduled" }, after: () => power.restartWhenIdle() };
      }
      return { reply: { status: "Accepted" }, after: () => power.restart("soft-reset") };
    },
    UnlockConnector(request) {
      const outlet = findOutlet(machine, integer(request, "evseId"));
      if (!outlet || integer(request, "connectorId") !== 1) return { reply: { status: "UnknownConnector" } };
      if (outlet.transaction) return { reply: { status: "OngoingAuthorizedTransaction" } };
      const stuck = outlet.fault?.code === "ConnectorLockFailure";
      return { reply: { status: stuck ? "UnlockFailed" : "Unlocked" } };
    },
    RequestStartTransaction: start,
    RequestStopTransaction(request) {
      const outlet = service.findTransaction(text(request, "transactionId") ?? "");
      if (!outlet) return rejected("TxNotFound");
      return { reply: { status: "Accepted" }, after: () => service.remoteStop(outlet) };
    },
    ChangeAvailability(request) {
      const evse = object(request, "evse");
      const connector = integer(evse, "connectorId");
      if (connector !== undefined && connector !== 1) return rejected("UnknownConnectorId");
      const operative = text(request, "operationalStatus") === "Operative";
      const status = service.availability(integer(evse, "id") ?? 0, operative);
      return { reply: { status, ...(status === "Rejected" ? because("UnknownEvse") : {}) }, after: machine.refresh };
    },
    GetTransactionStatus(request): Answer {
      const id = text(request, "transactionId");
      if (id === undefined) return { reply: { messagesInQueue: machine.mail.queued > 0 } };
      const ongoing = service.findTransaction(id) !== undefined;
      return { reply: { ongoingIndicator: ongoing, messagesInQueue: machine.mail.holds(id) } };
    },
    ReserveNow(request) {
      const card = readToken(object(request, "idToken"));
      const wanted = integer(request, "evseId");
      const free = machine.outlets.find((outlet) => !outlet.vehicle && !outlet.fault && !outlet.reservation);
      const evse = wanted ?? free?.evse;
      if (evse === undefined) return { reply: { status: "Occupied" } };
      const status = service.reserve({
        id: integer(request, "id") ?? 0,
        evse,
        card: card.value,
        group: text(object(request, "groupIdToken"), "idToken"),
        until: Date.parse(text(request, "expiryDateTime") ?? ""),
      });
      return { reply: { status }, after: machine.refresh };
    },
    CancelReservation(request) {
      const done = service.cancelReservation(integer(request, "reservationId") ?? 0);
      return { reply: { status: done ? "Accepted" : "Rejected" }, after: machine.refresh };
    },
  };
}
