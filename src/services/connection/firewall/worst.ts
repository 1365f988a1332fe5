import type { FirewallState } from "../contract.ts";

const order: readonly FirewallState[] = ["blocked", "not-allowed", "unknown", "allowed", "off"];

/** Of several the one that keeps most stations out; unknown of none. */
export function worst(states: readonly FirewallState[]): FirewallState {
  return order.find((state) => states.includes(state)) ?? "unknown";
}
