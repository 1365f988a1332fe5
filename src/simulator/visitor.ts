import type { FailureError } from "../lib/contract.ts";
import type { Words } from "../lib/words.ts";
import { failure } from "../station/failure.ts";
import { words } from "../station/phrases.ts";
import type { Card, CardInfo } from "./authorizer.ts";
import type { Charging } from "./charging/charging.ts";
import { createVehicle } from "./energy/vehicle.ts";
import { faultCodes, findFault } from "./faults.ts";
import type { Machine, Outlet, Presented } from "./model.ts";

/** What hands do at the station. Each throws an Error that says why when it cannot be done now. */
export type Visitor = {
  plug(outlet: Outlet): void;
  unplug(outlet: Outlet): void;
  tap(outlet: Outlet, card: Card): void;
  fault(outlet: Outlet, code: string): void;
  clearFault(outlet: Outlet): void;
  /** An accepted card: starts when a car is plugged, or waits for one as long as ConnectionTimeOut says. */
  admit(outlet: Outlet, presented: Presented, cause: "card" | "remote"): void;
  /** Asks the central system, or what is known here, for its word on a card. */
  authorise(card: Card): Promise<CardInfo>;
};

/** Makes the hands of a station. */
export function createVisitor(machine: Machine, charging: Charging): Visitor {
  const { clock, mail, authorizer } = machine;

  async function authorise(card: Card): Promise<CardInfo> {
    const knobs = machine.speaker.knobs();
    const use = { list: knobs.listEnabled, cache: knobs.cacheEnabled };
    const known = authorizer.known(card.value, use);
    if (mail.ready && !(knobs.localPreAuthorize && known?.status === "Accepted")) {
      const answer = await mail.ask(machine.speaker.authorize(card));
      if (answer.type === "result") {
        const info = machine.speaker.readAuthorization(answer.payload);
        if (knobs.cacheEnabled) authorizer.remember(card.value, info);
        return info;
      }
      if (answer.type === "error") return { status: "Invalid" };
    }
    if (known && (knobs.localAuthorizeOffline || mail.ready)) return known;
    return { status: knobs.unknownOffline ? "Accepted" : "Invalid" };
  }

  async function present(outlet: Outlet, card: Card): Promise<void> {
    outlet.asking = true;
    const info = await authorise(card);
    outlet.asking = false;
    const why = info.status === "Accepted" ? notFor(outlet, card, info) : info.status;
    if (why) machine.log(`EVSE ${outlet.evse}: card ${card.value} refused: ${why}`);
    else if (!outlet.transaction) admit(outlet, { card }, "card");
    machine.refresh();
  }

  function notFor(outlet: Outlet, card: Card, info: CardInfo): string | null {
    const { reservation } = outlet;
    if (outlet.fault) return `faulted (${outlet.fault.code})`;
    if (!machine.powered) return "restarting";
    if (!machine.operative || !outlet.operative) return "out of service";
    if (!reservation || reservation.card.toLowerCase() === card.value.toLowerCase()) return null;
    return reservation.group !== undefined && reservation.group === info.group ? null : "reserved for another card";
  }

  async function presentWhileCharging(outlet: Outlet, card: Card): Promise<void> {
    const running = outlet.transaction;
    if (!running) return;
    const own = authorizer.known(running.card.value, { list: true, cache: true })?.group;
    outlet.asking = true;
    const info = await authorise(card);
    outlet.asking = false;
    const sameGroup = info.status === "Accepted" && own !== undefined && info.group === own;
    if (sameGroup && outlet.transaction === running) charging.end(outlet, "local", { card });
    else machine.log(`EVSE ${outlet.evse}: card ${card.value} may not stop what another card started`);
  }

  function admit(outlet: Outlet, presented: Presented, cause: "card" | "remote"): void {
    if (outlet.vehicle) {
      charging.start(outlet, presented, cause);
      return;
    }
    outlet.presented = presented;
    machine.refresh();
    clock.after(machine.speaker.knobs().connectionTimeoutSeconds * 1000, () => {
      if (outlet.presented !== presented) return;
      machine.log(`EVSE ${outlet.evse}: nobody plugged in`);
      outlet.presented = null;
      machine.refresh();
    });
  }

  return {
    authorise,
    admit,
    plug(outlet) {
      if (outlet.vehicle) throw refused(words("virtual-plugged", { evse: outlet.evse }));
      outlet.vehicle = createVehicle(machine.random);
      const { presented } = outlet;
      const startable = presented && !outlet.transaction && !outlet.fault && machine.powered;
      if (startable) charging.start(outlet, presented, presented.remoteStartId === undefined ? "plug" : "remote");
      machine.refresh();
    },
    unplug(outlet) {
      if (!outlet.vehicle) throw refused(words("virtual-not-plugged", { evse: outlet.evse }));
      if (outlet.transaction && machine.speaker.knobs().stopOnUnplug) charging.end(outlet, "unplugged");
      outlet.vehicle = null;
      outlet.finished = false;
      machine.refresh();
    },
    tap(outlet, card) {
      const { longestCard } = machine.speaker;
      const { evse } = outlet;
      if (card.value.length > longestCard) throw refused(words("virtual-card-long", { most: longestCard }));
      if (!machine.powered) throw refused(words("virtual-restarting"));
      if (!mail.registered) throw refused(words("virtual-not-accepted"));
      if (outlet.fault) throw refused(words("virtual-faulted", { evse, code: outlet.fault.code }));
      if (outlet.asking) throw refused(words("virtual-asking", { evse }));
      const { transaction } = outlet;
      if (transaction) {
        const same = transaction.card.value.toLowerCase() === card.value.toLowerCase();
        if (same) charging.end(outlet, "local", { card });
        else void presentWhileCharging(outlet, card);
        return;
      }
      if (!machine.operative || !outlet.operative) throw refused(words("virtual-out-of-service", { evse }));
      if (outlet.presented) throw refused(words("virtual-card-taken", { evse }));
      void present(outlet, card);
    },
    fault(outlet, code) {
      const fault = findFault(code);
      if (!fault) throw refused(words("virtual-no-code", { code, codes: faultCodes.join(", ") }));
      if (outlet.fault) throw refused(words("virtual-faulted-already", { evse: outlet.evse, code: outlet.fault.code }));
      outlet.fault = fault;
      outlet.presented = null;
      charging.end(outlet, "fault", { fault });
      for (const request of machine.speaker.faultChanged(outlet, fault, false)) mail.tell(request);
      machine.refresh();
    },
    clearFault(outlet) {
      const { fault } = outlet;
      if (!fault) throw refused(words("virtual-no-fault", { evse: outlet.evse }));
      outlet.fault = null;
      for (const request of machine.speaker.faultChanged(outlet, fault, true)) mail.tell(request);
      machine.refresh();
    },
  };
}

/** What a hand cannot do as the station stands. */
function refused(why: Words): FailureError {
  return failure("conflict", why);
}
