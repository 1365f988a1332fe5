import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { portPair } from "../../test/harness/serial/port-pair.ts";
import { DisposableStore } from "../lib/disposable.ts";
import { openServices } from "../services/testing/open-services.ts";
import { usualSettings } from "../transports/serial/settings.ts";
import { openConsoles } from "./consoles.ts";
import { openModbus } from "./modbus.ts";
import { openOutbox } from "./outbox.ts";

const system = vi.hoisted(() => ({ networks: null as object | null }));
vi.mock("node:os", async (original) => {
  const os = await original<typeof import("node:os")>();
  return { ...os, networkInterfaces: () => system.networks ?? os.networkInterfaces() };
});

async function setUp() {
  const bench = await openServices();
  const folder = mkdtempSync(join(tmpdir(), "plugside-wires-"));
  const closing = new DisposableStore();
  onTestFinished(async () => {
    await closing.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...bench, record: { ...bench.context, database: bench.database }, folder, closing, log: bench.context.log };
}

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

test("the secrets of the outbox lie beside the record and never in it", async () => {
  const { database, folder, clock, log } = await setUp();
  const outbox = openOutbox({ files: {} as never, database, dataFolder: folder, vault: undefined, clock, log });
  onTestFinished(() => outbox.dispose());
  await outbox.save({ name: "web", kind: "http", url: "https://a.example", method: "PUT" }, { password: "hunter22" });
  const [key] = readdirSync(join(folder, "keys"));
  expect(readFileSync(join(folder, "keys", key ?? ""), "utf8")).toContain("hunter22");
  expect(JSON.stringify(database.prepare("SELECT * FROM destinations").all())).not.toContain("hunter22");
});

test("where there is a key store the secrets of the outbox are sealed in it", async () => {
  const { database, folder, clock, log } = await setUp();
  const vault = {
    available: async () => true,
    seal: async (plain: string) => Buffer.from(plain).map((byte) => byte ^ 0xff),
    open: async () => "",
  };
  const outbox = openOutbox({ files: {} as never, database, dataFolder: folder, vault, clock, log });
  onTestFinished(() => outbox.dispose());
  await outbox.save({ name: "web", kind: "http", url: "https://a.example", method: "PUT" }, { password: "hunter22" });
  const [key] = readdirSync(join(folder, "keys"));
  expect([
    key?.endsWith(".sealed"),
    readFileSync(join(folder, "keys", key ?? ""), "utf8").includes("hunter22"),
  ]).toEqual([true, false]);
});

test("what waits to be sent is tried at once on another network, and not because the system tells the same in another order", async () => {
  const { database, folder, clock, log } = await setUp();
  const [cable, wifi] = [[{ cidr: "192.0.2.7/24" }], [{ cidr: "198.51.100.7/24" }]];
  system.networks = { eth0: cable, wlan0: wifi };
  onTestFinished(() => {
    system.networks = null;
  });
  const files = {
    require: (id: number) => ({ id, name: "a", state: "whole", bytes: 1, sha256: "ab" }),
    placeOf: () => folder,
  };
  const outbox = openOutbox({ files: files as never, database, dataFolder: folder, vault: undefined, clock, log });
  onTestFinished(() => outbox.dispose());
  await outbox.save({ name: "stick", kind: "folder", path: join(folder, "away") });
  outbox.add(1, "stick");
  const tries = async (ms: number) => {
    clock.advance(ms);
    for (let at = 0; at < 3; at++) await turn();
    return outbox.list()[0]?.tries;
  };
  expect([await tries(0), await tries(5000)]).toEqual([1, 2]);
  system.networks = { wlan0: wifi, eth0: cable };
  expect(await tries(10_000)).toBe(3);
  system.networks = { eth0: cable };
  expect(await tries(15_000)).toBe(1);
});

test("what a console prints is on record, its messages on a lane of their own, and it is there again after a restart", async () => {
  const { record, closing, clock, log, frames, context } = await setUp();
  const pair = portPair();
  const serial = { open: pair.open, ports: { look: async () => ({ ports: [], networks: [] }) } };
  const { consoles, kept, repository } = openConsoles({ record, serial, clock, log } as never, closing);
  await kept.open({ port: "a", settings: usualSettings, station: "CP1" });
  const device = await pair.open("b", usualSettings);
  clock.advance(20);
  await device.write(Buffer.from('ocpp: send [2,"7","Authorize",{"idTag":"04A1"}]\r\n'));
  await turn();
  clock.advance(20);
  expect(repository.ports()).toMatchObject([{ port: "a" }]);
  const heard = frames().find(({ lane }) => lane === "console");
  expect(heard).toMatchObject({ action: "Authorize", direction: "in", station: context.registry.require("CP1").id });
  await consoles.dispose();
  const again = openConsoles({ record, serial, clock, log } as never, closing);
  again.kept.restore([]);
  await turn();
  expect(again.consoles.list().map(({ setup }) => setup.port)).toEqual(["a"]);
});

test("devices that are named at the start are read beside those that were kept", async () => {
  const { record, closing, clock, log } = await setUp();
  const open = async () => Promise.reject(new Error("no port"));
  const setup = (identity: string) => ({ place: "192.0.2.7", profile: "auto", identity });
  const first = openModbus({ record, open, named: [], clock, log } as never, closing);
  await first.stations.attach(setup("KEPT"));
  const second = openModbus({ record, open, named: [setup("NAMED")], clock, log } as never, closing);
  await expect.poll(() => second.stations.list().map(({ setup: { identity } }) => identity)).toEqual(["NAMED", "KEPT"]);
  expect(second.buses.isOpen({ kind: "tcp", host: "192.0.2.99", port: 502 })).toBe(false);
});
