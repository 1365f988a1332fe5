import { expect, onTestFinished, test, vi } from "vitest";
import { DisposableStore } from "../lib/disposable.ts";
import { openServices } from "../services/testing/open-services.ts";
import type { LinkState, OcppVersion } from "../station/model.ts";
import type { SerialLinesOptions } from "../transports/serial/line/serial-lines.ts";
import type { PortListing } from "../transports/serial/ports/list-ports.ts";
import { openSerial, type SerialOptions } from "./serial.ts";

const lines = vi.hoisted(() => ({ options: null as unknown }));
vi.mock("../transports/serial/line/serial-lines.ts", () => ({
  createSerialLines: (options: unknown) => {
    lines.options = options;
    return { list: () => [], dispose: () => undefined };
  },
}));

vi.mock("../transports/serial/ports/list-ports.ts", () => ({
  listPorts: async ({ platform, usbNetworks }: PortListing) => ({ platform, networks: usbNetworks() }),
}));

async function setUp(version?: OcppVersion) {
  const bench = await openServices(version);
  const { context, database } = bench;
  const closing = new DisposableStore();
  onTestFinished(() => closing.dispose());
  const opened: unknown[] = [];
  const kinds = new Map([
    ["enp3s0", "ethernet"],
    ["enx001", "usb"],
    ["wlan0", "wifi"],
    ["enx002", "usb"],
  ]);
  const { ports } = openSerial(
    {
      adapters: { kinds: () => kinds },
      record: { registry: context.registry, database },
      central: { acceptor: { open: (link: unknown) => void opened.push(link) } },
      settings: context.settings,
      clock: bench.clock,
      log: context.log,
    } as unknown as SerialOptions,
    closing,
  );
  const options = lines.options as SerialLinesOptions;
  /** Makes a station known as one that was on a port. */
  function wasOn(identity: string, lastSeenAt: number, link: Partial<LinkState>): void {
    const entry = context.registry.ensure(identity, 0);
    entry.state = { ...entry.state, lastSeenAt, link: { ...entry.state.link, carrier: "serial", ...link } };
  }
  return { ...bench, options, opened, wasOn, ports };
}

test("who was last on a port is remembered there, with how its messages are framed", async () => {
  const { options, wasOn } = await setUp();
  expect(options.remembered("p")).toBeNull();
  wasOn("OTHER", 99, { port: "q" });
  wasOn("RADIO", 98, { port: "p", carrier: "modbus" });
  wasOn("OLD", 5, { port: "p", framing: "cobs" });
  wasOn("NEW", 7, { port: "p", framing: "slip" });
  wasOn("OLDEST", 1, { port: "p" });
  expect(options.remembered("p")).toEqual({ identity: "NEW", framing: "slip" });
  wasOn("PLAIN", 8, { port: "p" });
  expect(options.remembered("p")).toEqual({ identity: "PLAIN", framing: "lines" });
});

test("a station is silent by its own heartbeat, and a message over a line is a megabyte at most", async () => {
  const { options, context, tell } = await setUp();
  expect(options.quietSeconds("NOBODY")).toBe(630);
  tell("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  expect(options.quietSeconds("CP1")).toBe(630);
  const entry = context.registry.require("CP1");
  entry.state = { ...entry.state, boot: { ...entry.state.boot, intervalSeconds: 10 } as never };
  expect(options.quietSeconds("CP1")).toBe(50);
  for (const [limit, taken] of [
    [1024 * 1024 + 1, 1024 * 1024],
    [1024, 1024],
  ] as const) {
    context.settings.change({ frameLimit: limit });
    expect(options.frameLimit()).toBe(taken);
  }
});

test("a link that comes about is taken on, and what introduces itself is read by what the station spoke before", async () => {
  const { options, opened, tell } = await setUp("2.0.1");
  options.onLink("link" as never);
  expect(opened).toEqual(["link"]);
  tell("boot", "BootNotification", { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } });
  const heartbeat = '[2,"1","Heartbeat",{}]';
  expect(options.introduce(heartbeat, "CP1")).toEqual({ subprotocol: "ocpp2.0.1" });
  for (const identity of [undefined, "NOBODY"]) {
    expect(options.introduce(heartbeat, identity)).not.toEqual({ subprotocol: "ocpp2.0.1" });
  }
});

test("the ports are those of this system, looked at anew for a line, and a network of an adapter that is USB stands among them", async () => {
  const { ports, options } = await setUp();
  const told = { platform: process.platform, networks: ["enx001", "enx002"] };
  expect(ports.last).toBeNull();
  expect(await options.look()).toEqual(told);
  expect(ports.last).toEqual(told);
});
