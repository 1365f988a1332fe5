import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { sizeOf } from "../../modbus/codec/values.ts";
import { decode } from "../../modbus/profile/decode.ts";
import type { Profile } from "../../modbus/profile/model.ts";
import { placeOf, planBlocks } from "../../modbus/profile/plan.ts";
import { fitsSignature } from "../../modbus/profile/signature.ts";
import { tell } from "../../modbus/profile/told.ts";
import { isStatus } from "../../modbus/profile/words.ts";
import { shippedProfiles } from "../../modbus/profiles/shipped.ts";
import { VirtualDevice } from "./device.ts";

function toldOf(device: VirtualDevice) {
  const blocks = planBlocks(device.profile, device.profile.registers).map((block) => {
    const registers = Array.from({ length: block.count }, (_, i) => device.read(block.table, block.address + i) ?? 0);
    return { ...block, registers };
  });
  return tell(decode(device.profile, blocks));
}

/** What the register that tells the most of the status knows. */
function statusesOf({ registers }: Profile): string[] {
  const known = registers.filter(({ means }) => means === "status").map(({ values }) => Object.values(values ?? {}));
  return [...new Set(known.toSorted((a, b) => b.length - a.length)[0])].filter(isStatus);
}

test.each(shippedProfiles().map((profile) => [profile.name, profile] as const))(
  "a virtual %s tells what is set, in the registers of its profile",
  (_, profile) => {
    const device = new VirtualDevice(profile, createManualClock());
    device.set({ amperes: 16 });
    for (const status of statusesOf(profile).filter(isStatus)) {
      device.set({ status });
      expect(toldOf(device).statuses).toMatchObject([{ evse: 1, status }]);
    }
    expect(toldOf(device).unknown).toEqual([]);
    for (const signature of profile.identify) {
      const { table, address } = placeOf(profile, signature);
      const registers = Array.from({ length: sizeOf(signature) }, (_, i) => device.read(table, address + i) ?? 0);
      expect(fitsSignature(profile, signature, registers)).toBe(true);
    }
  },
);
