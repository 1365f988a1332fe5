import { readFileSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../test/harness/core.ts";
import { words } from "../../../station/phrases.ts";
import { groupOf, holderOf, openFiles, realPath } from "./holders.ts";
import { knownAdapter, likelyKind } from "./known-adapters.ts";
import { listPorts } from "./list-ports.ts";

test("each adapter that is known by its numbers is what it is sold as", async () => {
  const told = new URL("told/adapters.txt", import.meta.url);
  const ids = readFileSync(told, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => line.slice(0, 9));
  const lines = ids.map((id) => {
    const { kind, driver, chip } = knownAdapter(id.slice(0, 4), id.slice(5).toUpperCase()) ?? {};
    return `${id} ${kind} ${driver} ${chip}\n`;
  });
  await expect(lines.join("")).toMatchFileSnapshot("told/adapters.txt");
  expect([knownAdapter("0403", "6002"), knownAdapter("0403", undefined)]).toEqual([undefined, undefined]);
});

test.each([
  [undefined, ["USB to RS-422"], "rs485"],
  [knownAdapter("0403", "6001"), ["Bluetooth"], "bluetooth"],
  [knownAdapter("0403", "6001"), [undefined, "x"], "bridge"],
  [knownAdapter("303a", "1001"), [], "board"],
  [undefined, ["COM3"], "unknown"],
] as const)("an adapter is by its numbers, or by what it calls itself: %j %j %s", (known, names, kind) => {
  expect(likelyKind(known, names)).toBe(kind);
});

const windows = (list: object[]) =>
  listPorts({
    ...{ platform: "win32", places: { sys: "/nowhere", dev: "/nowhere" }, usbNetworks: () => [] },
    load: async () => ({ list: async () => list as never, create: () => Promise.reject() as never }),
  });

test("what the library tells is cut, in four digits, and of built-in ports it is told that they are", async () => {
  const long = "x".repeat(300);
  const { ports, hint } = await windows([
    { path: "COM4", vendorId: "403", productId: "6001", manufacturer: long, friendlyName: "USB Serial Port (COM4)" },
    { path: "COM1", pnpId: "ACPI\\PNP0501\\1", vendorId: "10C4" },
    { path: "COM5", pnpId: "acpi rs485" },
    { path: "COM6" },
  ]);
  expect(ports).toEqual([
    {
      ...{
        path: "COM4",
        kind: "unknown",
        maker: expect.stringMatching(/^x{150,200}/),
        product: "USB Serial Port (COM4)",
      },
      ...{ vendorId: "0403", productId: "6001" },
    },
    { path: "COM1", kind: "built-in", vendorId: "10c4" },
    { path: "COM5", kind: "rs485" },
    { path: "COM6", kind: "unknown" },
  ]);
  expect([hint, ports[0]?.maker?.length]).toEqual([undefined, 200]);
});

test("256 ports are told at most", async () => {
  const { ports } = await windows(Array.from({ length: 300 }, (_, at) => ({ path: `COM${at}` })));
  expect([ports.length, ports.at(-1)?.path]).toEqual([256, "COM255"]);
});

const onUnix = test.skipIf(process.platform === "win32");

async function processes(links: Record<string, string>): Promise<string> {
  const root = await temporaryFolder();
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await symlink(target, join(root, path));
  }
  return root;
}

onUnix("who has a device open is told by its program, ours before any other", async () => {
  const root = await processes({
    ...{ "7/exe": "/usr/bin/pico\u0007com (deleted)", "7/fd/3": "/dev/ttyS0", "7/fd/4": "/etc/passwd" },
    ...{
      "8/fd/3": "/dev/ttyS1",
      "self/fd/3": "/dev/ttyS2",
      [`${process.pid}/fd/1`]: "/dev/ttyS3",
      "9/fd/1": "/dev/ttyS3",
    },
    [`${process.pid}/exe`]: "/usr/bin/node",
  });
  const found = openFiles(root);
  expect(found.get("/dev/ttyS0")?.name).toMatch(/^pico.+com$/);
  expect(found.get("/dev/ttyS0")?.name).not.toContain("\u0007");
  expect([found.get("/dev/ttyS1"), found.get("/dev/ttyS2"), found.has("/etc/passwd")]).toEqual([
    { name: "8", ours: false },
    undefined,
    false,
  ]);
  expect([found.get("/dev/ttyS3")?.ours, openFiles(join(root, "nowhere")).size]).toEqual([true, 0]);
});

onUnix("a port is of a group, by its name or by its number", async () => {
  const root = await temporaryFolder();
  const gid = process.getgid?.() ?? 0;
  await writeFile(join(root, "group"), `root:x:99999:\ndialout:x:${gid}:\n`);
  await writeFile(join(root, "none"), "root:x:99999:\n");
  await writeFile(join(root, "tty"), "");
  await symlink(join(root, "tty"), join(root, "link"));
  expect([
    groupOf(join(root, "tty"), join(root, "group")),
    groupOf(join(root, "tty"), join(root, "none")),
    groupOf(join(root, "away"), join(root, "group")),
    groupOf(join(root, "tty"), join(root, "away")),
  ]).toEqual(["dialout", String(gid), undefined, undefined]);
  expect([realPath(join(root, "link")), realPath(join(root, "away"))]).toEqual([
    realPath(join(root, "tty")),
    join(root, "away"),
  ]);
});

test.each([
  ["p123\ncminicom\n", { name: "minicom", ours: false }],
  [`p${process.pid}\ncnode\n`, { name: "node", ours: true }],
  ["", undefined],
])("on a Mac lsof is asked: %j", async (text, holder) => {
  const asked: unknown[] = [];
  const ask = async (...given: unknown[]) => {
    asked.push(given);
    return { text } as never;
  };
  expect(await holderOf("/dev/cu.x", { platform: "darwin", ask })).toEqual(holder);
  expect(asked).toEqual([["/usr/sbin/lsof", ["-w", "-Fpc", "/dev/cu.x"]]]);
  expect(await holderOf("COM3", { platform: "win32", ask })).toBeUndefined();
});

test.each([
  ["win32", "no-ports-windows"],
  ["darwin", "no-ports-mac"],
  ["linux", "no-ports-linux"],
] as const)("without a port %s is told what to do, and its networks", async (platform, phrase) => {
  const listing = { platform, places: { sys: "/nowhere", dev: "/nowhere" }, usbNetworks: () => ["Ethernet 4"] };
  const report = await listPorts({ ...listing, load: () => Promise.reject(new Error("none")) });
  const networks = platform === "linux" ? [] : [{ name: "Ethernet 4" }];
  expect(report).toEqual({ ports: [], networks, hint: words(phrase) });
});
