import type { Random } from "../random.ts";

/** An electric car at the cable: what its battery holds, and what its charger on board takes. */
export type Vehicle = {
  /** Wh */
  capacity: number;
  /** Wh in the battery now. */
  stored: number;
  /** A per phase, what the charger on board takes at most. */
  maxCurrent: number;
};

/** IEC 61851: below this a car may not be offered current, so it pauses. A. */
export const leastOffer = 6;
/** Above this share of the battery the current tapers. Percent. */
const taperFrom = 80;

/** Of what the meter counts this share reaches the battery. */
const efficiency = 0.92;
/** The share of full current that is still taken just before the battery is full. */
const lastShare = 0.1;

/** A car as it drives up: 11 or 22 kW on board, arriving with 15 to 60 %. */
export function createVehicle(random: Random): Vehicle {
  const capacity = Math.round(random.between(40, 80)) * 1000;
  return { capacity, stored: capacity * random.between(0.15, 0.6), maxCurrent: random.pick([16, 16, 32]) };
}

/** State of charge, percent. */
export function stateOfCharge(vehicle: Vehicle): number {
  return Math.min(100, (vehicle.stored / vehicle.capacity) * 100);
}

export function isFull(vehicle: Vehicle): boolean {
  return vehicle.stored >= vehicle.capacity;
}

/** The share of its full current that a car takes at a state of charge: 1 on the plateau, then down in a straight line. */
export function acceptance(soc: number): number {
  if (soc <= taperFrom) return 1;
  return 1 - (1 - lastShare) * Math.min(1, (soc - taperFrom) / (100 - taperFrom));
}

/** What the car draws of an offer, A per phase: nothing when full or offered too little. */
export function wantedCurrent(vehicle: Vehicle, offered: number): number {
  if (offered < leastOffer || isFull(vehicle)) return 0;
  return Math.min(offered, vehicle.maxCurrent * acceptance(stateOfCharge(vehicle)));
}

/** Puts energy that the meter counted into the battery. */
export function fill(vehicle: Vehicle, energyWh: number): void {
  vehicle.stored = Math.min(vehicle.capacity, vehicle.stored + energyWh * efficiency);
}
