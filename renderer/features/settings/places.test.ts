import { describe, expect, test } from "vitest";
import type { Attempt } from "../../../src/station/attempts.ts";
import { nextPlace, outcomeOf, type Place, placesBySettings, readPlace, stationsThrough } from "./places.ts";

const here: Place = { host: "0.0.0.0", port: 9000, mode: "both" };

function connected(identity: string, localAddress: string, localPort: number): Attempt {
  return {
    id: localPort,
    at: 1,
    identity,
    remoteAddress: "10.0.0.9",
    remotePort: 1,
    localAddress,
    localPort,
    passed: "boot",
    state: "connected",
    causes: [],
    times: {},
    bytes: 0,
    repeats: 1,
    lastAt: 1,
  };
}

describe("a place as typed", () => {
  test("is read with or without brackets and spaces", () => {
    const typed = ["10.0.0.5", " [fe80::1%eth0] ", "::", "charge.local"];
    expect(typed.map((host) => readPlace({ host, port: " 9443 ", mode: "wss" }, [here]))).toEqual(
      ["10.0.0.5", "fe80::1%eth0", "::", "charge.local"].map((host) => ({ place: { host, port: 9443, mode: "wss" } })),
    );
  });

  test("names what is wrong with it", () => {
    const problem = (host: string, port: string) => readPlace({ host, port, mode: "ws" }, [here]).problem;
    expect(["", "ws://10.0.0.5", "two words", "-a"].map((host) => problem(host, "9001"))).toEqual(
      Array(4).fill("host"),
    );
    expect(["", "0", "65536", "9e3", "90.5"].map((port) => problem("10.0.0.5", port))).toEqual(Array(5).fill("port"));
    expect([problem("0.0.0.0", "9000"), problem("10.0.0.5", "9000"), problem("10.0.0.5", "9001")]).toEqual([
      "taken",
      "taken",
      undefined,
    ]);
  });

  test("is taken where the same address has its port, or one of both is every address", () => {
    const problem = (typed: string, ...hosts: string[]) =>
      readPlace(
        { host: typed, port: "9000", mode: "ws" },
        hosts.map((host) => ({ ...here, host })),
      ).problem;
    expect([problem("Charge.Local", "charge.local"), problem("::", "10.0.0.5"), problem("10.0.0.5", "::")]).toEqual(
      Array(3).fill("taken"),
    );
    expect(problem("10.0.0.5", "10.0.0.6", "fe80::1")).toBeUndefined();
  });

  test("begins with a port that no other has", () => {
    expect(nextPlace([here, { ...here, port: 9443 }]).port).toBe(9444);
    expect(nextPlace([{ ...here, port: 65_535 }]).port).toBe(1024);
    expect(nextPlace([{ ...here, port: 65_534 }])).toEqual({ ...here, port: 65_535 });
    expect(nextPlace([])).toEqual({ ...here, port: 1 });
  });
});

test("without named places it is one port on every network", () => {
  expect(placesBySettings({ port: 9100, listeners: [] })).toEqual([{ ...here, port: 9100 }]);
  const named: Place[] = [{ host: "10.0.0.5", port: 9443, mode: "wss" }];
  expect(placesBySettings({ port: 9100, listeners: named })).toEqual(named);
});

test("a place's outcome is that of the same address, port and mode, wherever the port went", () => {
  const moved = { ...here, port: 9001, wanted: 9000 };
  expect(outcomeOf(here, [moved])).toEqual(moved);
  expect(outcomeOf({ ...here, mode: "ws" }, [moved])).toBeUndefined();
  expect(outcomeOf({ ...here, host: "10.0.0.5" }, [moved])).toBeUndefined();
  expect(outcomeOf({ ...here, port: 9001 }, [moved])).toBeUndefined();
});

test("the stations of a place are those connected at its port and address", () => {
  const rows = [
    connected("B", "10.0.0.5", 9001),
    connected("A", "10.0.0.6", 9001),
    connected("A", "10.0.0.6", 9001),
    connected("C", "10.0.0.5", 9000),
    { ...connected("D", "10.0.0.5", 9001), state: "ended" as const },
  ];
  expect(stationsThrough({ ...here, port: 9001, wanted: 9000 }, rows)).toEqual(["A", "B"]);
  expect(stationsThrough({ host: "10.0.0.5", port: 9001, wanted: 9001, mode: "ws" }, rows)).toEqual(["B"]);
  expect(stationsThrough({ ...here, host: "::", port: 9000, wanted: 9000 }, rows)).toEqual(["C"]);
  expect(stationsThrough({ ...here, host: "localhost", port: 9001, wanted: 9001 }, rows)).toEqual(["A", "B"]);
  expect(stationsThrough(undefined, rows)).toEqual([]);
});
