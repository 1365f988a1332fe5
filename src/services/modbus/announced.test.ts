import type { ServiceConfig } from "bonjour-service";
import { Bonjour } from "bonjour-service";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { announcedDevices } from "./announced.ts";

const loopback = "127.0.0.1";
const never = () => new AbortController().signal;

/** Another device on the network of this machine alone, which announces itself. */
function responder(services: { name: string; type: string; port: number }[]) {
  const bonjour = new Bonjour({ interface: loopback, bind: "0.0.0.0" } as Partial<ServiceConfig>);
  onTestFinished(() => new Promise<void>((resolve) => bonjour.destroy(() => resolve())));
  for (const service of services) bonjour.publish({ ...service, probe: false });
}

test("who announces Modbus TCP is found where it speaks from, with its port and its name; other services are not", async () => {
  responder([
    { name: "Wallbox åäö", type: "modbus", port: 1502 },
    { name: "Meter", type: "mbap", port: 502 },
    { name: "Printer", type: "ipp", port: 631 },
  ]);
  const found = await announcedDevices([loopback], { clock: systemClock, log: silentLogger, signal: never() });
  expect(found.toSorted((a, b) => a.port - b.port)).toEqual([
    { host: loopback, port: 502, name: "Meter" },
    { host: loopback, port: 1502, name: "Wallbox åäö" },
  ]);
});

test("an address that is not ours any more finds nobody, and who calls it off waits no longer", async () => {
  const gone = await announcedDevices(["203.0.113.9"], { clock: systemClock, log: silentLogger, signal: never() });
  // A run of these tests beside this one announces on this machine too, and who listens on the port hears it.
  expect(gone.filter(({ host }) => host !== loopback)).toEqual([]);
  const patient = { ...systemClock, after: () => ({ stop: () => undefined }) };
  const off = AbortSignal.abort();
  expect(await announcedDevices([], { clock: patient, log: silentLogger, signal: off })).toEqual([]);
});
