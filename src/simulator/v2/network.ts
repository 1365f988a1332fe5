import { integer, object, text } from "../../ocpp/read.ts";
import type { Answers, Machine, Network } from "../model.ts";
import { listOf, type Setting } from "../settings.ts";
import { because } from "./payloads.ts";

/** The network profiles of a 2.x station (B09, B10): ways to connect, in slots, tried in the order of their priority. */
export type Networks = {
  answers: Answers;
  /** OCPPCommCtrlr.NetworkConfigurationPriority. */
  priority: Setting;
  /** SecurityCtrlr.AllowSecurityProfileDowngrade. */
  downgrade: Setting;
  /** The first of the order is used from the next connection on. */
  restarted(): void;
  /** After so many failures in a row the next of the order is tried. */
  unreachable(failures: number): void;
};

const delivered = 0;

/** OCPPCommCtrlr.NetworkProfileConnectionAttempts. */
export const networkAttempts = 3;

/** Makes the network profiles, with the way that was given by hand in slot 0. */
export function createNetworks(machine: Machine): Networks {
  const slots = new Map<number, Network>([[delivered, machine.network]]);
  let order = [delivered];
  let at = 0;
  let mayDowngrade = false;

  function use(place: number): void {
    at = place;
    const network = slots.get(order[place] ?? delivered);
    if (network) machine.changeNetwork(network, false);
  }

  const priority: Setting = {
    value: String(delivered),
    kind: "string",
    access: "both",
    max: 100,
    reboot: true,
    check(value) {
      const unknown = listOf(value).find((slot) => !/^\d+$/.test(slot) || !slots.has(Number(slot)));
      if (unknown !== undefined) return `slot ${unknown} is empty`;
      return listOf(value).length === 0 ? "it takes at least one slot" : null;
    },
    changed(value) {
      order = listOf(value).map(Number);
    },
  };

  const downgrade: Setting = {
    value: "false",
    kind: "boolean",
    access: "both",
    changed(value) {
      mayDowngrade = value === "true";
    },
  };

  return {
    priority,
    downgrade,
    restarted: () => use(0),
    unreachable(failures) {
      if (failures % networkAttempts === 0 && order.length > 1) use((at + 1) % order.length);
    },
    answers: {
      SetNetworkProfile(request) {
        const data = object(request, "connectionData");
        const profile = integer(data, "securityProfile") ?? 0;
        const url = text(data, "ocppCsmsUrl") ?? "";
        const rejected = (why: string, more: string) => ({ reply: { status: "Rejected", ...because(why, more) } });
        if (!URL.canParse(url) || !/^wss?:$/.test(new URL(url).protocol))
          return rejected("InvalidURL", "not ws or wss");
        // B09.FR.04: a lower profile is not taken but from 3 to 2, where that is allowed on purpose.
        const lower = profile < machine.network.profile;
        if (lower && !(profile === 2 && mayDowngrade))
          return rejected("NoSecurityDowngrade", "lower than the one in use");
        if (profile >= 1 && profile < 3 && machine.password === undefined)
          return rejected("InvalidNetworkConf", "no password");
        if (profile >= 2 && machine.certificates.roots().length === 0) {
          return rejected("InvalidNetworkConf", "no CSMSRootCertificate is installed");
        }
        if (profile === 3 && !machine.own.current) {
          return rejected("InvalidNetworkConf", "it has no certificate of its own");
        }
        slots.set(integer(request, "configurationSlot") ?? delivered, { profile, url });
        return { reply: { status: "Accepted" } };
      },
    },
  };
}
