import { EventEmitter } from "node:events";
import type { networkInterfaces } from "node:os";
import { beforeEach, expect, test, vi } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { exceptionTrouble, ModbusTrouble } from "../../modbus/bus/trouble.ts";
import type { Answer, Request } from "../../modbus/codec/pdu.ts";
import { words } from "../../station/phrases.ts";
import type { ScanView } from "../../station/serial/modbus.ts";
import { hostsOf, ownAddresses, scanNetwork } from "./network-scan.ts";
import type { ModbusPlace } from "./place.ts";

/** What each host answers: to a unit and a question; null is silence. */
type Says = (unit: number, request: Request) => Answer | number | null;
const network = vi.hoisted(() => ({
  hosts: new Map<string, unknown>(),
  over: false,
  opened: [] as { place: unknown; answerMs: unknown; closed: boolean }[],
  asked: [] as string[],
  /** The addresses that let in, with their ports; the others are knocked at in vain. */
  open: new Set<string>(),
  refusing: new Set<string>(),
  mute: new Set<string>(),
  sockets: [] as { patience: number; destroyed: boolean }[],
}));
vi.mock("node:net", async (original) => ({
  ...(await original<typeof import("node:net")>()),
  connect({ host, port }: { host: string; port: number }) {
    const socket = Object.assign(new EventEmitter(), {
      patience: 0,
      destroyed: false,
      setTimeout(ms: number, over: () => void) {
        socket.patience = ms;
        socket.once("timeout", over);
      },
      destroy() {
        socket.destroyed = true;
      },
    });
    network.sockets.push(socket);
    const says = network.open.has(`${host}:${port}`) ? "connect" : network.refusing.has(host) ? "error" : "timeout";
    if (!network.mute.has(host)) setImmediate(() => socket.emit(says, new Error("ECONNREFUSED")));
    return socket;
  },
}));
vi.mock("./open-bus.ts", () => ({
  async openBus(place: Extract<ModbusPlace, { kind: "tcp" }>, { answerMs }: { answerMs?: number }) {
    const says = network.hosts.get(place.host) as Says | undefined;
    if (!says) throw new Error("ECONNREFUSED");
    const bus = { place, answerMs, closed: false };
    network.opened.push(bus);
    return {
      master: {
        over: network.over ? words("modbus-no-network") : null,
        async ask(unit: number, request: Request) {
          network.asked.push(`${unit} ${Object.values(request).join(" ")}`);
          const answer = says(unit, request);
          if (typeof answer === "number") throw exceptionTrouble(answer, Uint8Array.of(1));
          if (answer === null) throw new ModbusTrouble("no-answer", words("modbus-no-network"));
          return answer;
        },
      },
      close: async () => {
        bus.closed = true;
      },
    };
  },
}));

beforeEach(() =>
  Object.assign(network, {
    hosts: new Map(),
    over: false,
    opened: [],
    asked: [],
    open: new Set(),
    refusing: new Set(),
    mute: new Set(),
    sockets: [],
  }),
);

const value: Answer = { kind: "registers", registers: [7] };
const silence: Says = () => null;

async function scan(hosts: string[], port: number, more: Partial<Parameters<typeof scanNetwork>[1]> = {}) {
  const told: ScanView[] = [];
  const last = await scanNetwork(hosts, {
    open: () => Promise.reject(new Error("no port")),
    clock: createManualClock(),
    port,
    tell: (view) => told.push(view),
    signal: new AbortController().signal,
    ...more,
  });
  return { last, told };
}

test("a device is found at the first of its usual units that answers: 255, then 1, with a value or with a refusal", async () => {
  const hosts = ["127.0.0.10", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"];
  const port = 1502;
  for (const host of hosts) network.open.add(`${host}:${port}`);
  const tells: Says = (_unit, { kind }) =>
    kind === "device-id" ? ({ kind: "device-id", objects: new Map([[0, "Maker"]]) } as unknown as Answer) : null;
  network.hosts = new Map<string, unknown>([
    ["127.0.0.2", tells],
    ["127.0.0.3", ((unit, { kind }) => (unit === 255 && kind === "read" ? value : null)) satisfies Says],
    ["127.0.0.4", ((unit, { kind }) => (unit === 1 && kind === "read" ? 2 : null)) satisfies Says],
    ["127.0.0.5", ((unit) => (unit === 1 ? 11 : null)) satisfies Says],
    ["127.0.0.10", silence],
  ]);
  const { last, told } = await scan(hosts, port);
  expect(last).toEqual({
    done: 5,
    total: 5,
    over: true,
    cancelled: false,
    verdict: { kind: "found" },
    found: [
      { host: "127.0.0.2", port, unit: 255, words: { vendor: "Maker" } },
      { host: "127.0.0.3", port, unit: 255, words: {} },
      { host: "127.0.0.4", port, unit: 1, words: {} },
      { host: "127.0.0.5", port, unit: 1, words: {} },
      // It lets in and says nothing: told as that.
      { host: "127.0.0.10", port, words: {} },
    ],
  });
  expect(told.map(({ done, over }) => [done, over])).toEqual([
    [1, false],
    [2, false],
    [3, false],
    [4, false],
    [5, false],
    [5, true],
  ]);
  expect(told.at(-1)).toBe(last);
  expect(told[0]).not.toHaveProperty("verdict");
  expect(network.asked).toContain("255 read holding 0 1");
  expect(network.opened.every(({ closed, answerMs }) => closed && answerMs === 500)).toBe(true);
});

test("one that hangs up, or that lets in nobody after all, is no device", async () => {
  const port = 502;
  network.open = new Set(["127.0.0.2:502", "127.0.0.3:502"]);
  network.refusing.add("127.0.0.5");
  network.hosts.set("127.0.0.2", silence);
  network.over = true;
  const { last } = await scan(["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"], port);
  expect(last).toMatchObject({ done: 4, found: [], verdict: { kind: "nobody-on-network" } });
  expect(network.opened).toMatchObject([{ place: { kind: "tcp", host: "127.0.0.2", port }, closed: true }]);
  expect(network.sockets.map(({ patience, destroyed }) => [patience, destroyed])).toEqual(
    Array.from({ length: 4 }, () => [500, true]),
  );
});

test("who announces itself at another port is asked there, and its host at the usual one as well", async () => {
  const [port, other] = [502, 1502];
  network.open = new Set(["127.0.0.2:502", "127.0.0.2:1502"]);
  network.hosts.set("127.0.0.2", (() => value) satisfies Says);
  const announced = Promise.resolve([{ host: "127.0.0.2", port: other, name: "Box" }]);
  const { last } = await scan(["127.0.0.2"], port, { announced });
  expect(last).toMatchObject({ done: 2, total: 2 });
  expect(last.found).toHaveLength(2);
  expect(last.found.find((one) => one.port === other)).toMatchObject({ announced: "Box" });
  expect(last.found.find((one) => one.port === undefined)).not.toHaveProperty("announced");
});

test("a search that is broken off asks no further, and says so", async () => {
  network.open.add("127.0.0.2:502");
  const off = new AbortController();
  off.abort();
  const { last } = await scan(["127.0.0.2", "127.0.0.3"], 502, { signal: off.signal });
  expect(last).toEqual({
    done: 0,
    total: 2,
    found: [],
    over: true,
    cancelled: true,
    verdict: { kind: "nobody-on-network" },
  });
});

test("a search that is broken off while a host is knocked at waits for it no longer", async () => {
  network.mute.add("127.0.0.2");
  const off = new AbortController();
  const scanning = scan(["127.0.0.2"], 502, { signal: off.signal });
  await expect.poll(() => network.sockets, { interval: 0 }).toHaveLength(1);
  off.abort();
  expect((await scanning).last).toMatchObject({ done: 1, cancelled: true });
  expect(network.sockets[0]?.destroyed).toBe(true);
});

type Interfaces = ReturnType<typeof networkInterfaces>;
const at = (address: string, cidr: string | null, internal = false) =>
  [{ address, cidr, internal, netmask: "", mac: "00:11:22:33:44:55", family: "IPv4" }] as unknown as NonNullable<
    Interfaces[string]
  >;

test("the laptop's networks are looked through up to 1022 hosts each, every host once", () => {
  const interfaces = {
    lo: at("127.0.0.1", "127.0.0.1/8", true),
    eth0: at("10.1.0.5", "10.1.0.5/22"),
    eth1: at("10.2.0.5", "10.2.0.5/21"),
    wlan0: at("10.1.3.9", "10.1.3.9/24"),
    usb0: at("10.3.0.1", null),
  };
  const hosts = hostsOf(" network ", interfaces) ?? [];
  expect(hosts).toHaveLength(1020);
  expect([hosts[0], hosts.at(-1)]).toEqual(["10.1.0.1", "10.1.3.254"]);
  expect(hosts).not.toContain("10.1.3.9");
  expect(ownAddresses(interfaces).sort()).toEqual(["10.1.0.5", "10.1.3.9", "10.2.0.5", "10.3.0.1"]);
  expect(() => hostsOf("network", { eth1: interfaces.eth1 })).toThrow("no network");
});

test.each([
  ["200.201.202.203/30", ["200.201.202.201", "200.201.202.202"]],
  ["255.255.255.254/31", ["255.255.255.254", "255.255.255.255"]],
  ["0.0.0.0/30", ["0.0.0.1", "0.0.0.2"]],
  [" 255.255.255.255/32 ", ["255.255.255.255"]],
  ["10.0.0.1/", null],
  ["256.0.0.1/30", null],
  ["1.2.3.4/030", null],
  ["x1.2.3.4/30", null],
  ["", null],
])("the hosts of %j are %j", (given, hosts) => {
  expect(hostsOf(given)).toEqual(hosts);
});
