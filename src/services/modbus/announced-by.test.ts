import { beforeEach, expect, test, vi } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { words } from "../../station/phrases.ts";
import { announcedDevices } from "./announced.ts";

type Service = { name: string; port: number; addresses?: string[]; referer?: { address: string } };
const mdns = vi.hoisted(() => ({
  asked: [] as unknown[],
  tell: [] as ((service: Service) => void)[],
  destroyed: 0,
  guarded: [] as unknown[],
  refuses: null as Error | null,
}));
vi.mock("bonjour-service", () => ({
  Bonjour: class {
    readonly #options: unknown;
    constructor(options: unknown) {
      if (mdns.refuses) throw mdns.refuses;
      this.#options = options;
    }
    find({ type }: { type: string }, told: (service: Service) => void) {
      mdns.asked.push([this.#options, type]);
      mdns.tell.push(told);
    }
    destroy(done: () => void) {
      mdns.destroyed++;
      done();
    }
  },
}));
vi.mock("../connection/guard-mdns.ts", () => ({
  guardMdns: () => mdns.guarded.push("socket"),
  // What answers is guarded is there only once it is asked for.
  guardAnswers: () => mdns.guarded.push(`answers of ${mdns.asked.length} questions`),
}));
beforeEach(() => Object.assign(mdns, { asked: [], tell: [], destroyed: 0, guarded: [], refuses: null }));

function ask(signal = new AbortController().signal, warn = vi.fn()) {
  const clock = createManualClock();
  const found = announcedDevices(["192.0.2.7", "198.51.100.7"], { clock, log: { ...silentLogger, warn }, signal });
  return { clock, found, warn };
}

const asking = () => expect.poll(() => mdns.tell).toHaveLength(4);

test("each network is asked for both names of the service, for a second and a half, and then let go", async () => {
  const { clock, found } = ask();
  await asking();
  const on = (address: string) => ({ interface: address, bind: "0.0.0.0" });
  expect(mdns.asked).toEqual([
    [on("192.0.2.7"), "modbus"],
    [on("192.0.2.7"), "mbap"],
    [on("198.51.100.7"), "modbus"],
    [on("198.51.100.7"), "mbap"],
  ]);
  // What goes wrong on the network, or comes damaged, must not end the core.
  expect(mdns.guarded).toEqual(["socket", "answers of 2 questions", "socket", "answers of 4 questions"]);
  mdns.tell[0]?.({ name: "x".repeat(70), port: 502, referer: { address: "192.0.2.9" }, addresses: ["10.0.0.1"] });
  mdns.tell[1]?.({ name: "six", port: 1502, referer: { address: "fe80::1" }, addresses: ["fe80::1", "10.0.0.2"] });
  mdns.tell[1]?.({ name: "again", port: 1502, addresses: ["10.0.0.2"] });
  for (const [port, addresses] of [
    [0, ["10.0.0.3"]],
    [65_536, ["10.0.0.3"]],
    [502, ["fe80::2"]],
    [502, undefined],
  ] as const)
    mdns.tell[2]?.({ name: "none", port, addresses: addresses && [...addresses] });
  mdns.tell[3]?.({ name: "last", port: 1, addresses: ["10.0.0.4"] });
  let over = false;
  void found.then(() => {
    over = true;
  });
  clock.advance(1499);
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).toBe(false);
  clock.advance(1);
  expect(await found).toEqual([
    { host: "192.0.2.9", port: 502, name: "x".repeat(63) },
    { host: "10.0.0.2", port: 1502, name: "again" },
    { host: "10.0.0.4", port: 1, name: "last" },
  ]);
  expect(mdns.destroyed).toBe(2);
});

test("sixty-four are told at most, and who calls it off waits no longer", async () => {
  const stop = new AbortController();
  const { found } = ask(stop.signal);
  await asking();
  for (let at = 1; at <= 65; at++) mdns.tell[0]?.({ name: "d", port: at, addresses: ["10.0.0.1"] });
  stop.abort();
  expect(await found).toHaveLength(64);
});

test("a network that cannot be asked is logged, and finds nobody", async () => {
  mdns.refuses = new Error("no multicast");
  const { found, warn } = ask(AbortSignal.abort());
  expect(await found).toEqual([]);
  expect(warn.mock.calls).toEqual([
    ["devices could not be asked for by mDNS", { why: words("system-says", { error: "no multicast" }) }],
    ["devices could not be asked for by mDNS", { why: words("system-says", { error: "no multicast" }) }],
  ]);
});
