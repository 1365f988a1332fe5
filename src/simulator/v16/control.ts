import { integer, object, text } from "../../ocpp/read.ts";
import { findOutlet } from "../charging/outlet.ts";
import { readProfile } from "../charging/profile-reader.ts";
import type { Answers, Machine } from "../model.ts";
import type { Operations } from "../operations.ts";

/** Reset, unlock, remote start and stop, availability, reservations. */
export function controlAnswers(machine: Machine, { charging, service, power }: Operations): Answers {
  return {
    Reset(request) {
      const cause = text(request, "type") === "Hard" ? "hard-reset" : "soft-reset";
      return { reply: { status: "Accepted" }, after: () => power.restart(cause) };
    },
    UnlockConnector(request) {
      const outlet = findOutlet(machine, integer(request, "connectorId"));
      if (!outlet) return { reply: { status: "NotSupported" } };
      if (outlet.fault?.code === "ConnectorLockFailure") return { reply: { status: "UnlockFailed" } };
      // A running transaction is ended first (1.6 5.18).
      return { reply: { status: "Unlocked" }, after: () => charging.end(outlet, "unlock") };
    },
    RemoteStartTransaction(request) {
      const card = { value: text(request, "idTag") ?? "" };
      const evse = integer(request, "connectorId");
      const sent = object(request, "chargingProfile");
      const profile = sent && readProfile(sent, evse ?? 0);
      if (typeof profile === "string" || (profile && profile.purpose !== "transaction")) {
        machine.log(
          `remote start refused: ${typeof profile === "string" ? profile : "a profile that is no TxProfile"}`,
        );
        return { reply: { status: "Rejected" } };
      }
      const found = service.findForStart({ evse, card });
      if ("why" in found) {
        machine.log(`remote start refused: ${found.why}`);
        return { reply: { status: "Rejected" } };
      }
      return { reply: { status: "Accepted" }, after: () => service.remoteStart(found, { card, profile }) };
    },
    RemoteStopTransaction(request) {
      const outlet = service.findTransaction(text(request, "transactionId") ?? "");
      if (!outlet) return { reply: { status: "Rejected" } };
      return { reply: { status: "Accepted" }, after: () => service.remoteStop(outlet) };
    },
    ChangeAvailability(request) {
      const connector = integer(request, "connectorId") ?? 0;
      const operative = text(request, "type") === "Operative";
      const status = service.availability(connector, operative);
      // 0 is the station and all its connectors (1.6 5.2): also one that was closed by itself is open again.
      if (connector === 0) for (const { evse } of machine.outlets) service.availability(evse, operative);
      return { reply: { status }, after: machine.refresh };
    },
    ReserveNow(request) {
      const status = service.reserve({
        id: integer(request, "reservationId") ?? 0,
        evse: integer(request, "connectorId") ?? 0,
        card: text(request, "idTag") ?? "",
        group: text(request, "parentIdTag"),
        until: Date.parse(text(request, "expiryDate") ?? ""),
      });
      return { reply: { status }, after: machine.refresh };
    },
    CancelReservation(request) {
      const done = service.cancelReservation(integer(request, "reservationId") ?? 0);
      return { reply: { status: done ? "Accepted" : "Rejected" }, after: machine.refresh };
    },
  };
}
