import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { bound } from "../../harness/bound.ts";
import { jsonOf, runCli, startCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { freePort } from "../../harness/ports.ts";
import { mustSkip } from "../../harness/required.ts";
import { noPtys, ptyPair } from "../../harness/serial/pty-pair.ts";

/** Where nobody listens, and a folder where no core runs. */
async function setup() {
  const folder = await temporaryFolder();
  return { folder, data: ["--data", folder] };
}

/** Starts a virtual device, and waits until it serves. */
async function virtual(...args: string[]) {
  const device = startCli(["simulate", ...args]);
  const said = Promise.withResolvers<void>();
  device.child.stderr?.on("data", () => / as unit \d+ at /.test(device.stderr()) && said.resolve());
  void device.ended.then(() => said.reject(new Error(device.stderr())));
  await said.promise;
  return device;
}

type Reading = {
  profile: { name: string } | null;
  oneOf?: string[];
  values: { means: string; value: unknown; unit: string; words: string[] }[];
};

describe.skipIf(noPtys)("over a serial line", () => {
  test("a charger is read by its profile: status, current, energy", async () => {
    const [{ data }, wire] = await Promise.all([setup(), ptyPair()]);
    await virtual(
      "--modbus",
      `${wire.b},baud=19200`,
      "--profile",
      "heidelberg-energy-control",
      "--status",
      "Charging",
      "--amperes",
      "16",
    );
    const reading = (await jsonOf(
      "modbus",
      "read",
      `${wire.a},baud=19200`,
      "--profile",
      "heidelberg-energy-control",
      "--json",
      ...data,
    )) as Reading;
    const value = (means: string) => reading.values.find((one) => one.means === means);
    expect(reading.profile?.name).toBe("heidelberg-energy-control");
    expect(value("status")?.words).toEqual(["Charging"]);
    expect(value("Current.Import")).toMatchObject({ value: 16, unit: "A" });
    expect(value("Energy.Active.Import.Register")).toMatchObject({ unit: "Wh" });
  });

  test("a scan finds a device with its settings; where nobody answers it ends with 3 and says what to look at", async () => {
    const [{ data }, wire] = await Promise.all([setup(), ptyPair()]);
    await virtual("--modbus", `${wire.b},baud=9600`, "--profile", "eastron-sdm630", "--unit", "3");
    const at = `${wire.a},baud=9600`;
    expect(await jsonOf("modbus", "scan", at, "--units", "2-4", "--json", ...data)).toEqual([
      {
        unit: 3,
        words: { vendor: "Plugside", product: "eastron-sdm630", revision: "virtual" },
        baudRate: 9600,
        parity: "none",
        stopBits: 1,
      },
    ]);
    const none = await runCli("modbus", "scan", at, "--units", "8-9", "--json", ...data);
    expect(none).toMatchObject({ code: 3, stdout: "[]\n" });
    expect(none.stderr).toContain("Nobody answered.");
  });

  test("what moves is told, and what another master says is overheard", async () => {
    const [{ data }, wire] = await Promise.all([setup(), ptyPair()]);
    const device = await virtual("--modbus", wire.b, "--profile", "heidelberg-energy-control");
    const watching = startCli([
      "modbus",
      "watch",
      wire.a,
      "--profile",
      "heidelberg-energy-control",
      "--every",
      "0.2",
      "--json",
      ...data,
    ]);
    await expect.poll(() => watching.stderr(), { timeout: 20_000 }).toContain("values are watched");
    expect(await watching.end("SIGINT")).toMatchObject({ code: 0 });
    expect(await device.end("SIGTERM")).toMatchObject({ code: 0 });
    const listening = startCli(["modbus", "listen", wire.a, "--json"]);
    const line = listening.line();
    let heard: unknown;
    void line.then((text) => {
      heard = JSON.parse(text);
    });
    // It may take a moment until it listens.
    await expect
      .poll(
        async () => {
          await runCli("modbus", "read", wire.b, "--registers", "0-1", "--unit", "9", ...data);
          return heard;
        },
        { timeout: 20_000 },
      )
      .toBeDefined();
    expect(heard).toMatchObject({
      kind: "question",
      unit: 9,
      request: { kind: "read", table: "holding", address: 0, count: 2 },
    });
    await wire.unplug();
    await expect.poll(() => listening.stderr(), { timeout: 10_000 }).toMatch(/is gone|was lost|hung up/);
    await wire.replug();
    await expect.poll(() => listening.stderr(), { timeout: 10_000 }).toContain(": open again");
    expect(await listening.end("SIGINT")).toMatchObject({ code: 0 });
  });

  test("pulled out in the middle, a scan ends with a word, and a watch waits until the adapter is back", async () => {
    const [{ data }, wire] = await Promise.all([setup(), ptyPair()]);
    const scanning = startCli(["modbus", "scan", wire.a, "--json", ...data]);
    await expect.poll(() => scanning.stderr(), { timeout: 30_000 }).toContain(" questions, 0 found");
    await wire.unplug();
    expect(await scanning.ended).toEqual({ code: 1, signal: null });
    expect(scanning.stderr()).toMatch(/is gone|was lost|hung up|is not there/);
    await wire.replug();
    const device = () => virtual("--modbus", wire.b, "--profile", "eastron-sdm630");
    const first = await device();
    const watching = startCli(["modbus", "watch", wire.a, "--profile", "eastron-sdm630", "--every", "0.2", ...data]);
    await expect.poll(() => watching.stderr(), { timeout: 20_000 }).toContain("values are watched");
    await wire.unplug();
    await first.end("SIGTERM");
    await expect.poll(() => watching.stderr(), { timeout: 20_000 }).toMatch(/is gone|was lost|hung up|is not there/);
    await wire.replug();
    await device();
    await expect.poll(() => watching.stderr(), { timeout: 20_000 }).toContain("It answers again.");
    expect(await watching.end("SIGINT")).toMatchObject({ code: 0 });
  });

  test("nobody there is no answer, with 3", async () => {
    const [{ data }, wire] = await Promise.all([setup(), ptyPair()]);
    const { code, stderr } = await runCli("modbus", "read", wire.a, "--registers", "0-3", ...data);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining("Nothing answers as unit 1.") });
  });
});

test("a meter over TCP is found to be what it is, or one of those that share its registers", async () => {
  const { data } = await setup();
  const port = await freePort();
  await virtual("--modbus", `127.0.0.1:${port}`, "--profile", "eastron-sdm630", "--amperes", "10");
  const reading = (await jsonOf("modbus", "read", `127.0.0.1:${port}`, "--json", ...data)) as Reading;
  expect([reading.profile?.name, ...(reading.oneOf ?? [])]).toContain("eastron-sdm630");
  expect(reading.values.find(({ means }) => means === "Voltage")).toMatchObject({ value: 230, unit: "V" });
  const raw = await runCli(
    "modbus",
    "read",
    `127.0.0.1:${port}`,
    "--registers",
    "0-1",
    "--table",
    "input",
    "--json",
    ...data,
  );
  expect(JSON.parse(raw.stdout)).toMatchObject({ rows: [{ address: 0, hex: "4366", f32: 230 }, { address: 1 }] });
});

test("a profile of one's own is taken; its faults are told with their lines", async () => {
  const { folder, data } = await setup();
  const port = await freePort();
  const file = join(folder, "box.yaml");
  const text =
    "name: my-box\nmaker: Me\ndevice: Box\nkind: charger\nsource: a sheet of paper\nproven: document\nport: 502\nregisters:\n  - { at: 1, means: status, values: { 1: Available, 2: Charging } }\ncommands:\n  - { name: limit-current, at: 9, least: 6, most: 16, says: Sets the most current. }\n";
  writeFileSync(file, text);
  await virtual("--modbus", `127.0.0.1:${port}`, "--profile", file, "--status", "Charging");
  const reading = (await jsonOf(
    "modbus",
    "read",
    `127.0.0.1:${port}`,
    "--profile",
    file,
    "--json",
    ...data,
  )) as Reading;
  expect(reading.values).toMatchObject([{ means: "status", words: ["Charging"] }]);
  const asked = [
    "modbus",
    "write",
    `127.0.0.1:${port}`,
    "--profile",
    file,
    "--command",
    "limit-current",
    "--value",
    "10",
    ...data,
  ];
  const unsure = await runCli(...asked);
  expect(unsure).toMatchObject({ code: 5 });
  expect(unsure.stderr).toContain("Sets the most current. Value: 10.");
  expect(await runCli(...asked, "--yes")).toMatchObject({ code: 0, stdout: "Written.\n" });
  writeFileSync(file, text.replace("2: Charging", "2: Laddar"));
  const faulty = await runCli("modbus", "profiles", file);
  expect(faulty.code).toBe(5);
  expect(faulty.stderr).toContain("line 9, registers.0.values.2: 2: “Laddar” is no status");
});

test.each([
  [["modbus"], "modbus takes profiles, read, watch, scan, listen, write"],
  [["modbus", "read"], "A place is needed"],
  [["modbus", "read", "x y"], "is no place of a Modbus device"],
  [["modbus", "read", "h", "--unit", "300"], "--unit takes 0 to 255"],
  [["modbus", "read", "h", "--registers", "9-2"], "--registers takes FIRST-LAST"],
  [["modbus", "read", "h", "--registers", "1", "--table", "coils"], "--table takes holding, input, coil, discrete"],
  [["modbus", "profiles", "nothing-such"], "There is no profile nothing-such"],
  [["modbus", "listen", "127.0.0.1"], "listen takes a serial port"],
  [["simulate", "--modbus", "COM3"], "--modbus needs --profile"],
])("%j is refused in words", async (args, words) => {
  const { code, stderr } = await runCli(...args);
  expect(stderr).toContain(words);
  expect(code).not.toBe(0);
});

const noMaster = mustSkip("mbpoll", spawnSync("mbpoll", ["-V"]).error === undefined, "It asks as another master does.");
describe.skipIf(noMaster)("another master (mbpoll)", () => {
  test("reads our virtual device as any other", async () => {
    const port = await freePort();
    await virtual("--modbus", `127.0.0.1:${port}`, "--profile", "eastron-sdm630");
    const { stdout } = spawnSync(
      "mbpoll",
      ["-m", "tcp", "-p", String(port), "-a", "1", "-t", "3:float", "-B", "-r", "1", "-c", "3", "-1", "127.0.0.1"],
      { encoding: "utf8" },
    );
    expect(stdout.match(/\[\d\]:\s+230/g)).toHaveLength(3);
  });
});

const pythons = ["python3", "/usr/bin/python3"];
const python = pythons.find((one) => spawnSync(one, ["-c", "import pymodbus"]).status === 0);
const noSlave = mustSkip("pymodbus", python !== undefined, "It answers as another device does.");
describe.skipIf(noSlave)("a device of other software (pymodbus)", () => {
  test("is read, named by itself, and its refusals are told", async () => {
    const { data } = await setup();
    const port = await freePort();
    const script = `
from pymodbus.server import StartTcpServer
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.datastore import ModbusSequentialDataBlock as B, ModbusSlaveContext, ModbusServerContext
i = ModbusDeviceIdentification(); i.VendorName = 'Other'; i.ProductCode = 'P1'; i.MajorMinorRevision = '1.0'
s = ModbusSlaveContext(hr=B(0, [17] * 50), ir=B(0, [18] * 50), zero_mode=True)
StartTcpServer(context=ModbusServerContext(slaves={7: s}, single=False), identity=i, address=('127.0.0.1', ${port}))
`;
    const child = spawn(...bound(python ?? "", ["-c", script]), { stdio: "ignore" });
    onTestFinished(() => void child.kill("SIGKILL"));
    const read = (range: string) =>
      runCli("modbus", "read", `127.0.0.1:${port}`, "--unit", "7", "--registers", range, "--json", ...data);
    await expect.poll(async () => (await read("0-2")).code, { timeout: 20_000 }).toBe(0);
    expect(JSON.parse((await read("0-2")).stdout)).toMatchObject({
      rows: [{ u16: 17 }, { u16: 17 }, { u16: 17 }],
    });
    const beyond = await read("48-51");
    expect(beyond.stderr).toContain("holding 50 to 51: The device has no such register (exception 2).");
    expect(JSON.parse(beyond.stdout)).toMatchObject({
      rows: [{ address: 48, u16: 17, u32: 1_114_129 }, { address: 49 }],
    });
    expect(await jsonOf("modbus", "scan", `127.0.0.1:${port}`, "--units", "7-7", "--json", ...data)).toMatchObject([
      { unit: 7, words: { vendor: "Other", product: "P1" } },
    ]);
  });
});
