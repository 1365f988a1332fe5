import { expect, it } from "vitest";
import type { OwnAddress } from "../../../src/services/connection/contract.ts";
import { sortAddresses } from "./addresses.ts";

function own(address: string, likelihood: OwnAddress["likelihood"]): OwnAddress {
  const url = `ws://${address}/`;
  return { address, kind: "ethernet", linkLocal: false, family: 4, network: "n", likelihood, url };
}

it("parts the addresses that seldom help from the others, and keeps their order", () => {
  const all = [own("10.0.0.5", "likely"), own("169.254.7.3", "possible"), own("127.0.0.1", "unlikely")];
  expect(sortAddresses(all)).toEqual({ usable: all.slice(0, 2), rest: all.slice(2) });
});
