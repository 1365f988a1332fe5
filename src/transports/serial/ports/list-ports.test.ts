import { mkdir, open, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../../../../test/harness/core.ts";
import { createManualClock } from "../../../lib/clock.ts";
import { silentLogger } from "../../../lib/logger.ts";
import { words } from "../../../station/phrases.ts";
import type { SerialBinding } from "../port.ts";
import { followPorts } from "./follow-ports.ts";
import { openFiles, realPath } from "./holders.ts";
import { knownAdapter, likelyKind } from "./known-adapters.ts";
import { listPorts, type PortListing } from "./list-ports.ts";

/** Programs that have ports, where a test says so: as Linux tells of all at once, and as a Mac tells of each. */
const held = vi.hoisted(() => ({
  files: null as Map<string, { name: string; ours: boolean }> | null,
  each: null as ((path: string) => { name: string; ours: boolean } | undefined) | null,
}));
vi.mock("./holders.ts", async (original) => {
  const real = await original<typeof import("./holders.ts")>();
  return {
    ...real,
    openFiles: (...given: Parameters<typeof real.openFiles>) => held.files ?? real.openFiles(...given),
    holderOf: async (path: string) => (held.each ? held.each(path) : real.holderOf(path)),
  };
});

async function put(root: string, files: Record<string, string>, links: Record<string, string> = {}) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await mkdir(join(root, target), { recursive: true });
    await symlink(join(root, target), join(root, path));
  }
}

const usb = "sys/devices/usb1/1-1";

/** A laptop with an FTDI adapter, a UART that is only reserved for, one of its own, a CH340 without a driver, and a USB network. */
async function laptop() {
  const root = await temporaryFolder();
  await put(
    root,
    {
      [`${usb}/idVendor`]: "0403\n",
      [`${usb}/idProduct`]: "6001\n",
      [`${usb}/manufacturer`]: "FTDI\n",
      [`${usb}/product`]: "USB-RS485 Cable\n",
      [`${usb}/serial`]: "FT1ABCDE\n",
      "sys/devices/usb1/1-2/idVendor": "1a86",
      "sys/devices/usb1/1-2/idProduct": "7523",
      "sys/class/tty/ttyS4/type": "0",
      "sys/class/tty/ttyS0/type": "4",
      "dev/ttyUSB0": "",
      "dev/ttyS0": "",
    },
    {
      [`${usb}/1-1:1.0/ttyUSB0/driver`]: "sys/bus/usb-serial/drivers/ftdi_sio",
      "sys/class/tty/ttyUSB0/device": `${usb}/1-1:1.0/ttyUSB0`,
      "sys/devices/platform/serial8250/driver": "sys/bus/platform/drivers/serial8250",
      "sys/class/tty/ttyS0/device": "sys/devices/platform/serial8250",
      "sys/class/tty/ttyS4/device": "sys/devices/platform/serial8250",
      "sys/class/tty/console/subsystem": "sys/class/tty",
      "sys/bus/usb/devices/1-1": usb,
      "sys/bus/usb/devices/1-2": "sys/devices/usb1/1-2",
      "sys/class/net/usb0/device/driver": "sys/bus/usb/drivers/rndis_host",
      "sys/class/net/eth0/device/driver": "sys/bus/pci/drivers/e1000e",
    },
  );
  return root;
}

const noUdev: SerialBinding = {
  list: () => Promise.reject(new Error("spawn udevadm ENOENT")),
  create: () => {
    throw new Error("not asked");
  },
};
const bare: PortListing = {
  platform: "win32",
  load: async () => noUdev,
  places: { sys: "/nowhere", dev: "/nowhere" },
  usbNetworks: () => [],
};

test.skipIf(process.platform === "win32")("Linux tells its ports without udev, and what has no driver", async () => {
  const root = await laptop();
  const places = { sys: join(root, "sys"), dev: join(root, "dev") };
  const report = await listPorts({ ...bare, platform: "linux", places });
  expect(report).toEqual({
    ports: [
      { path: join(root, "dev/ttyS0"), kind: "built-in" },
      {
        path: join(root, "dev/ttyUSB0"),
        kind: "rs485",
        chip: "FTDI FT232R",
        maker: "FTDI",
        product: "USB-RS485 Cable",
        serialNumber: "FT1ABCDE",
        vendorId: "0403",
        productId: "6001",
      },
      {
        kind: "bridge",
        chip: "WCH CH340",
        vendorId: "1a86",
        productId: "7523",
        trouble: expect.objectContaining({ phrase: "port-no-driver" }),
      },
    ],
    networks: [{ name: "usb0", driver: "RNDIS" }],
  });
});

test.skipIf(process.platform !== "linux")(
  "a port that we have open ourselves is told as ours, and is no trouble",
  async () => {
    const root = await laptop();
    const path = join(root, "dev/ttyUSB0");
    await rm(path);
    await symlink("/dev/zero", path);
    const opened = await open("/dev/zero");
    const { ports } = await listPorts({
      ...bare,
      platform: "linux",
      places: { sys: join(root, "sys"), dev: join(root, "dev") },
    });
    await opened.close();
    const own = ports.find((port) => port.path === path);
    expect([own?.ours, own?.heldBy, own?.trouble]).toEqual([true, undefined, undefined]);
  },
);

test.skipIf(process.platform === "win32")("a port that another program has is told with its name", async () => {
  const root = await laptop();
  const path = join(root, "dev/ttyUSB0");
  held.files = new Map([[realPath(path), { name: "picocom", ours: false }]]);
  onTestFinished(() => {
    held.files = null;
  });
  const places = { sys: join(root, "sys"), dev: join(root, "dev") };
  const { ports } = await listPorts({ ...bare, platform: "linux", places });
  expect(ports.map((port) => [port.path, port.heldBy, port.ours])).toEqual([
    [join(root, "dev/ttyS0"), undefined, undefined],
    [path, "picocom", undefined],
    [undefined, undefined, undefined],
  ]);
  expect(ports[1]?.trouble).toEqual(words("port-busy-by", { port: path, program: "picocom" }));
});

test("a Mac is asked about the first sixteen ports alone", async () => {
  const asked: string[] = [];
  held.each = (path) => {
    asked.push(path);
    return path.endsWith("-1") ? { name: "Plugside", ours: true } : { name: "screen", ours: false };
  };
  onTestFinished(() => {
    held.each = null;
  });
  const paths = Array.from({ length: 18 }, (_, at) => `/dev/tty.usbserial-${at}`);
  const load = async () => ({ ...noUdev, list: async () => paths.map((path) => ({ path })) });
  const { ports } = await listPorts({ ...bare, platform: "darwin", load });
  expect(asked).toEqual(paths.slice(0, 16));
  expect(ports.map(({ heldBy, ours }) => heldBy ?? ours)).toEqual([
    ...["screen", true, ...Array(14).fill("screen")],
    ...[undefined, undefined],
  ]);
  asked.length = 0;
  await listPorts({ ...bare, platform: "win32", load });
  expect(asked).toEqual([]);
});

test.each(["linux", "win32", "darwin"] as const)(
  "no ports, and no error, where %s cannot be asked",
  async (platform) => {
    const report = await listPorts({ ...bare, platform });
    expect(report).toMatchObject({ ports: [], hint: { phrase: expect.stringMatching(/^no-ports-/) } });
  },
);

test("what the library tells is put into our words", async () => {
  const listed = [
    { path: "COM3", vendorId: "10C4", productId: "EA60", manufacturer: "Silicon Labs", serialNumber: "0001" },
    { path: "COM1", pnpId: "ACPI\\PNP0501\\1" },
  ];
  const load = async () => ({ ...noUdev, list: async () => listed });
  const { ports, networks } = await listPorts({ ...bare, load, usbNetworks: () => ["Ethernet 4"] });
  expect(ports).toMatchObject([
    { path: "COM3", kind: "bridge", chip: "Silicon Labs CP2102, CP2104", vendorId: "10c4", serialNumber: "0001" },
    { path: "COM1", kind: "built-in" },
  ]);
  expect(networks).toEqual([{ name: "Ethernet 4" }]);
});

test.skipIf(process.platform === "win32")(
  "the program that has a port is found, and ours is told as ours",
  async () => {
    const root = await temporaryFolder();
    const links = { "7/exe": "/usr/bin/picocom", "7/fd/3": "/dev/ttyUSB0", [`${process.pid}/fd/4`]: "/dev/ttyUSB1" };
    for (const [path, target] of Object.entries(links)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await symlink(target, join(root, path));
    }
    const files = openFiles(root);
    expect(files.get("/dev/ttyUSB0")).toEqual({ name: "picocom", ours: false });
    expect(files.get("/dev/ttyUSB1")).toMatchObject({ ours: true });
  },
);

test("a kind is told by numbers, and by what it calls itself", () => {
  expect(knownAdapter("303A", "1001")?.kind).toBe("board");
  expect(knownAdapter(undefined, undefined)).toBeUndefined();
  expect(likelyKind(undefined, [undefined, "USB to RS485"])).toBe("rs485");
  expect(likelyKind(undefined, ["Bluetooth-Incoming-Port"])).toBe("bluetooth");
});

test("what is plugged in is told while somebody watches, and nobody looks else", async () => {
  const clock = createManualClock();
  const reports = [
    { ports: [], networks: [] },
    { ports: [], networks: [] },
    { ports: [{ path: "COM3", kind: "unknown" as const }], networks: [] },
  ];
  let looks = 0;
  const list = async () => reports[Math.min(looks++, 2)] ?? { ports: [], networks: [] };
  const ports = followPorts({ list, clock, log: silentLogger });
  const told: string[] = [];
  const watching = ports.watch((report) => told.push(String(report.ports.length)));
  for (let turn = 0; turn < 3; turn++) {
    clock.advance(1500);
    await ports.look();
  }
  expect(told).toEqual(["0", "1"]);
  await watching.dispose();
  const before = looks;
  clock.advance(60_000);
  expect(looks).toBe(before);
});

test("a look that fails is told as a bug, and the next one is made; two at once are one", async () => {
  const clock = createManualClock();
  const bugs: string[] = [];
  const empty = { ports: [], networks: [] };
  const looks: PromiseWithResolvers<typeof empty>[] = [];
  const ports = followPorts({
    list() {
      const look = Promise.withResolvers<typeof empty>();
      looks.push(look);
      return look.promise;
    },
    clock,
    log: { ...silentLogger, bug: (message) => void bugs.push(message) },
  });
  const told: unknown[] = [];
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  expect(ports.last).toBeNull();
  const watches = [1, 2].map((watch) => ports.watch(() => told.push(watch)));
  clock.advance(1499);
  expect(looks.length).toBe(0);
  clock.advance(1);
  ports.look().catch(() => undefined);
  expect(looks.length).toBe(1);
  looks[0]?.reject(new Error("a fault"));
  await turn();
  expect([bugs, ports.last]).toEqual([["the ports could not be listed"], null]);
  clock.advance(1500);
  looks[1]?.resolve(empty);
  await turn();
  expect([ports.last, told]).toEqual([empty, [1, 2]]);
  watches[0]?.dispose();
  clock.advance(1500);
  expect(looks.length).toBe(3);
  looks[2]?.resolve(empty);
  await turn();
  ports.dispose();
  clock.advance(60_000);
  expect([looks.length, told.length]).toEqual([3, 2]);
});
