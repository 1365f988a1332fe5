import type { VirtualStation } from "../services/simulator/contract.ts";
import { isFull } from "./energy/vehicle.ts";
import type { Mail, Outlet } from "./model.ts";
import type { Condition } from "./scenarios.ts";

/** An outlet as seen from outside. */
export function viewOutlet(outlet: Outlet): VirtualStation["connectors"][number] {
  const { evse, vehicle, fault, transaction, presented, reading } = outlet;
  const card = transaction?.card.value ?? presented?.card.value;
  return {
    evse,
    connector: 1,
    plugged: vehicle !== null,
    charging: transaction?.state === "Charging",
    ...(fault ? { fault: fault.code } : {}),
    power: Math.round(reading.power),
    energy: Math.floor(reading.register),
    ...(card === undefined ? {} : { card }),
  };
}

/** Whether what a scenario waits for is so. */
export function holds(condition: Condition, outlet: Outlet, mail: Mail): boolean {
  const { transaction, vehicle } = outlet;
  switch (condition) {
    case "registered":
      return mail.registered;
    case "linked":
      return mail.ready;
    case "running":
      return transaction !== null;
    case "charging":
      return transaction?.state === "Charging";
    case "over":
      return transaction === null || (vehicle !== null && isFull(vehicle));
  }
}
