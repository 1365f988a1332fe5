import { expect, it } from "vitest";
import type { OwnAddress } from "../../../src/services/connection/contract.ts";
import { sortAddresses, urlsFor } from "./address-list.ts";

function own(address: string, likelihood: OwnAddress["likelihood"]): OwnAddress {
  const url = `ws://${address}/`;
  return { address, kind: "ethernet", linkLocal: false, family: 4, network: "n", likelihood, url, urls: { ws: url } };
}

it("lists by ws and by wss the addresses that take it", () => {
  const plain = own("10.0.0.5", "likely");
  const both = { ...own("10.0.0.6", "likely"), urls: { ws: "ws://10.0.0.6/", wss: "wss://10.0.0.6/" } };
  expect(urlsFor([plain, both], "ws").map(({ text }) => text)).toEqual(["ws://10.0.0.5/", "ws://10.0.0.6/"]);
  expect(urlsFor([plain, both], "wss")).toEqual([{ text: "wss://10.0.0.6/", address: both }]);
});

it("parts the addresses that seldom help from the others, and keeps their order", () => {
  const all = [own("10.0.0.5", "likely"), own("169.254.7.3", "possible"), own("127.0.0.1", "unlikely")];
  expect(sortAddresses(all)).toEqual({ usable: all.slice(0, 2), rest: all.slice(2) });
});
