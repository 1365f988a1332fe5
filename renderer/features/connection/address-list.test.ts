import { expect, it } from "vitest";
import type { OwnAddress } from "../../../src/services/connection/contract.ts";
import { placeText, problemText, sortAddresses, urlsFor } from "./address-list.ts";

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

it("writes a place as one types it, and why it cannot be opened in words where there are some", () => {
  const places = ["0.0.0.0", "::", "fe80::1%eth0", "2001:db8:0:1:1:1:1:1", "localhost"];
  expect(places.map((host) => placeText({ host, port: 9000 }))).toEqual([
    "0.0.0.0:9000",
    "[::]:9000",
    "[fe80::1%eth0]:9000",
    "[2001:db8:0:1:1:1:1:1]:9000",
    "localhost:9000",
  ]);
  const t = ((key: string) => key) as never;
  const codes = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND", "EODD", undefined];
  expect(codes.map((code) => problemText(t, code))).toEqual([
    ...codes.slice(0, 4).map((code) => `network.problem.${code}`),
    "EODD",
    "",
  ]);
});
