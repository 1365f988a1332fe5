import type { Card } from "./authorizer.ts";
import type { Charging } from "./charging/charging.ts";
import { findOutlet, transactionId } from "./charging/outlet.ts";
import type { Profile } from "./energy/charging-profiles.ts";
import type { Machine, Outlet, Reservation } from "./model.ts";
import type { Visitor } from "./visitor.ts";

export type RemoteStart = { evse?: number; card: Card; remoteStartId?: number; profile?: Profile };

/** What the central system can ask for, in no version's words but those that all share. Effects come when `after` of the
 * answer runs, so that the answer goes out first. */
export type Service = {
  /** @returns why not, or the outlet that will be used */
  findForStart(wanted: RemoteStart): Outlet | { why: string };
  remoteStart(outlet: Outlet, wanted: RemoteStart): void;
  findTransaction(id: string): Outlet | undefined;
  remoteStop(outlet: Outlet): void;
  /** @param evse 0 = the whole station */
  availability(evse: number, operative: boolean): "Accepted" | "Scheduled" | "Rejected";
  reserve(wanted: Reservation): "Accepted" | "Faulted" | "Occupied" | "Rejected" | "Unavailable";
  cancelReservation(id: number): boolean;
  /** Ends reservations whose time is over. */
  tick(): void;
};

/** Makes the remote half of a station. */
export function createService(machine: Machine, charging: Charging, visitor: Visitor): Service {
  const { clock, mail } = machine;

  function whyNotStart(outlet: Outlet, card: Card): string | null {
    if (outlet.fault) return "Faulted";
    if (!machine.operative || !outlet.operative) return "Unavailable";
    if (outlet.transaction) return "TxInProgress";
    if (outlet.presented || outlet.asking) return "Occupied";
    const { reservation } = outlet;
    if (reservation && reservation.card.toLowerCase() !== card.value.toLowerCase()) return "Reserved";
    return null;
  }

  return {
    findForStart({ evse, card }) {
      // 2.0.1 B02.FR.05: nothing is started before the station is accepted.
      if (!mail.registered) return { why: "NotRegistered" };
      if (evse !== undefined) {
        const outlet = findOutlet(machine, evse);
        const why = outlet ? whyNotStart(outlet, card) : "UnknownEvse";
        return why === null && outlet ? outlet : { why: why ?? "UnknownEvse" };
      }
      const free = machine.outlets.filter((outlet) => whyNotStart(outlet, card) === null);
      return free.find((outlet) => outlet.vehicle) ?? free[0] ?? { why: "Occupied" };
    },
    remoteStart(outlet, wanted) {
      const presented = { card: wanted.card, remoteStartId: wanted.remoteStartId, profile: wanted.profile };
      if (!machine.speaker.knobs().authorizeRemote) {
        visitor.admit(outlet, presented, "remote");
        return;
      }
      outlet.asking = true;
      void visitor.authorise(wanted.card).then((info) => {
        outlet.asking = false;
        if (info.status === "Accepted" && whyNotStart(outlet, wanted.card) === null) {
          visitor.admit(outlet, presented, "remote");
        } else machine.log(`EVSE ${outlet.evse}: remote start refused: ${info.status}`);
      });
    },
    findTransaction: (id) =>
      machine.outlets.find((outlet) => outlet.transaction && transactionId(outlet.transaction) === id),
    remoteStop: (outlet) => charging.end(outlet, "remote"),
    availability(evse, operative) {
      const touched = evse === 0 ? [...machine.outlets] : machine.outlets.filter((outlet) => outlet.evse === evse);
      if (touched.length === 0) return "Rejected";
      const wait = !operative && touched.some((outlet) => outlet.transaction);
      const place = evse === 0 ? machine : touched[0];
      if (!place) return "Rejected";
      if (wait) place.nextOperative = operative;
      else {
        place.operative = operative;
        place.nextOperative = null;
      }
      return wait ? "Scheduled" : "Accepted";
    },
    reserve(wanted) {
      const outlet = findOutlet(machine, wanted.evse);
      if (!outlet || wanted.until <= clock.now()) return "Rejected";
      if (outlet.fault) return "Faulted";
      if (!machine.operative || !outlet.operative) return "Unavailable";
      const other = outlet.reservation && outlet.reservation.id !== wanted.id;
      if (outlet.vehicle || outlet.transaction || outlet.presented || other) return "Occupied";
      for (const each of machine.outlets) if (each.reservation?.id === wanted.id) each.reservation = null;
      outlet.reservation = wanted;
      return "Accepted";
    },
    cancelReservation(id) {
      const outlet = machine.outlets.find((each) => each.reservation?.id === id);
      if (!outlet) return false;
      outlet.reservation = null;
      return true;
    },
    tick() {
      for (const outlet of machine.outlets) {
        const { reservation } = outlet;
        if (!reservation || reservation.until > clock.now()) continue;
        outlet.reservation = null;
        for (const request of machine.speaker.reservationEnded(reservation, "Expired")) mail.tell(request);
        machine.refresh();
      }
    },
  };
}
