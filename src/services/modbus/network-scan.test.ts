import type { networkInterfaces } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../lib/clock.ts";
import { VirtualDevice } from "../../simulator/modbus/device.ts";
import { serveOnNetwork } from "../../simulator/modbus/serve.ts";
import type { ScanView } from "../../station/serial/modbus.ts";
import { createOpener } from "../../transports/serial/open-port.ts";
import { hostsOf, scanNetwork } from "./network-scan.ts";
import { findProfile } from "./profiles.ts";

function adapter(
  address: string,
  cidr: string,
  internal = false,
): NonNullable<ReturnType<typeof networkInterfaces>[string]> {
  return [{ address, cidr, netmask: "", mac: "00:11:22:33:44:55", internal, family: "IPv4" }];
}

test("the laptop's own networks are looked through, without its own addresses, its insides and what is too large", () => {
  const interfaces = {
    lo: adapter("127.0.0.1", "127.0.0.1/8", true),
    eth0: adapter("192.168.7.2", "192.168.7.2/30"),
    docker0: adapter("172.17.0.1", "172.17.0.1/24"),
    eth1: adapter("169.254.3.4", "169.254.3.4/16"),
  };
  expect(hostsOf("network", interfaces)).toEqual(["192.168.7.1"]);
  expect(() => hostsOf("network", { lo: interfaces.lo })).toThrow("no network");
});

test("a network by its prefix has its hosts; one that is too large is refused, and what is none is none", () => {
  expect(hostsOf("10.0.0.9/30")).toEqual(["10.0.0.9", "10.0.0.10"]);
  expect(hostsOf("10.0.0.9/32")).toEqual(["10.0.0.9"]);
  expect(hostsOf("10.0.0.0/22")).toHaveLength(1022);
  expect(() => hostsOf("10.0.0.0/21")).toThrow("22");
  for (const none of ["10.0.0.1", "10.0.0.256/24", "10.0.0.0/33", "wallbox", "/dev/ttyUSB0"])
    expect(hostsOf(none)).toBeNull();
});

test("who lets in at the port is asked what it is; nobody is told as nobody", async () => {
  const device = new VirtualDevice(await findProfile("eastron-sdm630"), systemClock);
  const serving = await serveOnNetwork(new Map([[1, device]]), { host: "127.0.0.1", port: 0, clock: systemClock });
  onTestFinished(() => void serving.dispose());
  const told: ScanView[] = [];
  const options = {
    open: createOpener(),
    clock: systemClock,
    tell: (view: ScanView) => told.push(view),
    signal: new AbortController().signal,
  };
  const found = await scanNetwork(["127.0.0.2", "127.0.0.1"], { ...options, port: serving.port });
  expect(found).toMatchObject({
    over: true,
    done: 2,
    total: 2,
    verdict: { kind: "found" },
    found: [{ host: "127.0.0.1", unit: 1, words: { vendor: "Plugside" } }],
  });
  expect(told.at(0)).toMatchObject({ over: false, total: 2 });
  const nobody = await scanNetwork(["127.0.0.3"], { ...options, port: serving.port });
  expect(nobody).toMatchObject({ found: [], verdict: { kind: "nobody-on-network" } });
});

test("who announces itself is asked first, at its own port, and told by the name it gives; nobody is asked twice", async () => {
  const device = new VirtualDevice(await findProfile("eastron-sdm630"), systemClock);
  const serving = await serveOnNetwork(new Map([[1, device]]), { host: "127.0.0.1", port: 0, clock: systemClock });
  onTestFinished(() => void serving.dispose());
  const announced = [{ host: "127.0.0.1", port: serving.port, name: "Meter in the hall" }];
  const found = await scanNetwork(["127.0.0.1"], {
    open: createOpener(),
    clock: systemClock,
    port: serving.port,
    announced: Promise.resolve(announced),
    tell: () => undefined,
    signal: new AbortController().signal,
  });
  expect(found).toMatchObject({ done: 1, total: 1, verdict: { kind: "found" } });
  expect(found.found).toMatchObject([
    { host: "127.0.0.1", port: serving.port, announced: "Meter in the hall", unit: 1 },
  ]);
});
