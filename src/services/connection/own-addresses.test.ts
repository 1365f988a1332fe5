import { expect, test } from "vitest";
import type { LocalAddress } from "../../transports/addresses.ts";
import type { ListeningPlace } from "./contract.ts";
import { ownAddresses } from "./own-addresses.ts";

const wire: LocalAddress = { address: "10.0.0.5", family: 4, network: "eth0", kind: "ethernet", linkLocal: false };
const six: LocalAddress = { address: "2001:db8::5", family: 6, network: "eth0", kind: "ethernet", linkLocal: false };

function place(host: string, mode: ListeningPlace["mode"], problem?: string): ListeningPlace {
  return { host, port: 9000, wanted: 9000, mode, ...(problem === undefined ? {} : { problem }) };
}

test("an address has a URL for each way that its place takes, and for wss only while TLS is spoken", () => {
  const urls = (mode: ListeningPlace["mode"], secure: boolean) =>
    ownAddresses([place("0.0.0.0", mode)], secure, [wire, six]).map((own) => [own.url, own.urls]);
  const ws = "ws://10.0.0.5:9000/";
  const wss = "wss://10.0.0.5:9000/";
  expect([urls("both", true), urls("both", false), urls("ws", true), urls("wss", true), urls("wss", false)]).toEqual([
    [[ws, { ws, wss }]],
    [[ws, { ws }]],
    [[ws, { ws }]],
    [[wss, { wss }]],
    [[wss, {}]],
  ]);
});

test("a place leads to the addresses it is open on, and one that is shut to none", () => {
  const addresses = (...places: ListeningPlace[]) =>
    ownAddresses(places, false, [wire, six]).map(({ address }) => address);
  expect([
    addresses(place("::", "both")),
    addresses(place("2001:db8::5", "ws")),
    addresses(place("10.0.0.9", "ws")),
    addresses(place("0.0.0.0", "both", "EADDRINUSE")),
  ]).toEqual([["10.0.0.5", "2001:db8::5"], ["2001:db8::5"], [], []]);
});

test("a place named localhost is reached at the loopback, and an address that a cable gives is the likeliest", () => {
  const lo: LocalAddress = { address: "127.0.0.1", family: 4, network: "lo", kind: "loopback", linkLocal: false };
  const told = (host: string) => ownAddresses([place(host, "both")], false, [wire, six, lo]);
  expect(told("localhost").map(({ address }) => address)).toEqual(["127.0.0.1"]);
  expect(told("0.0.0.0").map(({ address, likelihood }) => [address, likelihood])).toEqual([
    ["10.0.0.5", "likely"],
    ["127.0.0.1", "unlikely"],
  ]);
});
