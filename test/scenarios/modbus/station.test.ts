import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { CallInput } from "../../../src/api/contract.ts";
import { systemClock } from "../../../src/lib/clock.ts";
import { findProfile } from "../../../src/services/modbus/profiles.ts";
import { VirtualDevice } from "../../../src/simulator/modbus/device.ts";
import { serveOnNetwork } from "../../../src/simulator/modbus/serve.ts";
import { startVirtualStation } from "../../../src/simulator/virtual-station.ts";
import type { StationState } from "../../../src/station/model.ts";
import { jsonOf, runCli, serveCli, startCli } from "../../harness/cli.ts";
import { connectTo } from "../../harness/client.ts";
import { temporaryFolder, testCore, until } from "../../harness/core.ts";
import { noPtys, ptyPair } from "../../harness/serial/pty-pair.ts";

const profileText = `name: test-charger
maker: Maker
device: Box
kind: charger
source: this test
proven: simulator
unit: 7
every: 0.2
registers:
  - { at: 0, means: status, values: { 1: Available, 2: Preparing, 3: Charging, 9: Faulted } }
  - { at: 1, means: error, values: { 0: none, 5: "GroundFailure: residual current", 6: fan } }
  - { at: 2, type: u32, means: Energy.Active.Import.Register }
  - { at: 4, type: u32, means: Power.Active.Import }
  - { at: 6, means: Current.Import, phase: L1, scale: 0.1 }
  - { at: 10, type: text, length: 4, means: serial }
commands:
  - { name: limit-current, at: 6, scale: 0.1, least: 6, most: 16, says: Sets the most current. }
`;

/** A charger over Modbus TCP, on a port that stays the same when it goes and comes back. */
async function charger() {
  const device = new VirtualDevice(await findProfile({ text: profileText }), systemClock);
  let serving = await serveOnNetwork(new Map([[7, device]]), { host: "127.0.0.1", port: 0, clock: systemClock });
  const { port } = serving;
  onTestFinished(() => void Promise.resolve(serving.dispose()).catch(() => undefined));
  return {
    device,
    place: `127.0.0.1:${port}`,
    go: () => serving.dispose(),
    async comeBack() {
      serving = await serveOnNetwork(new Map([[7, device]]), { host: "127.0.0.1", port, clock: systemClock });
    },
  };
}

const connector = (state: StationState | null) => state?.evses[0]?.connectors[0];

test("a charger over Modbus charges, faults and recovers: the state tells it right, and again after a restart", async () => {
  const { device, place } = await charger();
  const first = await testCore();
  await first.client.call("modbus.attach", { place, profile: { text: profileText }, identity: "WALL1" });
  const watch = (check: (state: StationState | null) => boolean) =>
    until(first.client, "stations.state", { identity: "WALL1" }, check);
  const available = await watch(
    (state) => connector(state)?.status === "Available" && state?.info.serialNumber !== undefined,
  );
  expect(available).toMatchObject({
    link: { state: "online", carrier: "modbus", port: place, unit: 7, profile: "test-charger" },
    info: { serialNumber: "V000001" },
    findings: [],
  });
  expect(available?.ocpp).toBeUndefined();
  device.set({ status: "Charging", amperes: 16 });
  const charging = await watch((state) => connector(state)?.status === "Charging");
  const live = charging?.evses[0]?.live ?? [];
  expect(live.find(({ measurand }) => measurand === "Current.Import")).toMatchObject({
    value: 16,
    unit: "A",
    phase: "L1",
  });
  expect(live.find(({ measurand }) => measurand === "Power.Active.Import")?.value).toBe(11_040);
  device.set({ status: "Faulted", errors: ["residual current"] });
  const faulted = await watch((state) => connector(state)?.status === "Faulted");
  expect(connector(faulted)).toMatchObject({
    errorCode: "GroundFailure",
    vendorErrorCode: "5",
    info: "residual current",
  });
  device.set({ status: "Available", errors: [] });
  const well = await watch((state) => connector(state)?.status === "Available");
  expect(connector(well)?.errorCode).toBeUndefined();

  const history = await first.client.call("history.page", { station: "WALL1", limit: 100 });
  const statuses = history.entries.flatMap(({ event }) => (event.kind === "status" ? event.status : []));
  expect(statuses).toEqual(["Available", "Charging", "Faulted", "Available"]);
  const kinds = new Set(history.entries.map(({ event }) => event.kind));
  expect(kinds).toEqual(new Set(["link-opened", "identified", "status"]));

  const frames = await first.client.call("messages.frames", { station: "WALL1", since: 0, limit: 1000 });
  expect(frames[0]).toMatchObject({ action: "Modbus", direction: "in", carrier: "modbus" });
  expect(JSON.parse(frames[0]?.text ?? "")).toMatchObject({
    unit: 7,
    reads: [{ table: "holding", address: 0 }, { address: 10 }],
  });
  const frame = connector(faulted)?.frame ?? 0;
  const raw = frames.find(({ seq }) => seq === frame);
  expect(JSON.parse(raw?.text ?? "").reads[0].registers).toMatch(/^0009 0005 /);

  const again = await first.restart();
  const restored = await until(
    again.client,
    "stations.state",
    { identity: "WALL1" },
    (state) => state?.link.state === "online",
  );
  expect(connector(restored)?.status).toBe("Available");
  expect(restored?.info.serialNumber).toBe("V000001");
});

test("a device that falls silent is offline, and not unplugged or refused; it is taken up again when it answers", async () => {
  const { place, go, comeBack } = await charger();
  const { client } = await testCore();
  await client.call("modbus.attach", { place, profile: { text: profileText }, identity: "WALL2" });
  await until(client, "stations.state", { identity: "WALL2" }, (state) => state?.link.state === "online");
  await go();
  const offline = await until(
    client,
    "stations.state",
    { identity: "WALL2" },
    (state) => state?.link.state === "offline",
  );
  expect(offline?.link.closed?.cause).toMatch(/^(silent|lost)$/);
  const troubled = await until(client, "modbus.stations", {}, ([view]) => view?.state === "trouble");
  expect(troubled[0]?.trouble).toBeDefined();
  await comeBack();
  await until(client, "stations.state", { identity: "WALL2" }, (state) => state?.link.state === "online");
  const outcome = await client.call("stations.command", {
    identity: "WALL2",
    command: { name: "reset", kind: "soft" },
  });
  expect(outcome).toMatchObject({ result: "unsupported", why: { phrase: "modbus-no-commands" } });
  await client.call("modbus.detach", { identity: "WALL2" });
  const ended = await until(
    client,
    "stations.state",
    { identity: "WALL2" },
    (state) => state?.link.state === "offline",
  );
  expect(ended?.link.closed).toMatchObject({ code: 1000, cause: "asked" });
  await expect(client.call("modbus.detach", { identity: "WALL2" })).rejects.toMatchObject({ code: "not-found" });
});

test("a gateway that reaches the device no more is silence, and no station that is there without values", async () => {
  let reaches = true;
  const server = createServer((socket) => {
    socket.on("data", (bytes) => {
      for (let at = 0; at + 12 <= bytes.length; at += 12) {
        const [head, code, count] = [bytes.subarray(at, at + 7), bytes[at + 7] ?? 0, bytes[at + 11] ?? 0];
        const pdu = reaches ? [code, 2 * count, ...Array(2 * count).fill(1)] : [code | 0x80, 11];
        const length = Uint8Array.of(0, pdu.length + 1);
        socket.write(Buffer.concat([head.subarray(0, 4), length, head.subarray(6), Uint8Array.from(pdu)]));
      }
    });
    socket.on("error", () => socket.destroy());
    onTestFinished(() => void socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { client } = await testCore();
  const text = profileText.replace("values: { 1: Available", "values: { 257: Available");
  await client.call("modbus.attach", { place: `127.0.0.1:${port}`, profile: { text }, identity: "WALL8" });
  const isIn = (state: string) => (one: StationState | null) => one?.link.state === state;
  const online = await until(client, "stations.state", { identity: "WALL8" }, isIn("online"));
  expect(connector(online)?.status).toBe("Available");
  reaches = false;
  const offline = await until(client, "stations.state", { identity: "WALL8" }, isIn("offline"));
  expect(offline?.link.closed?.cause).toBe("silent");
  const [view] = await until(client, "modbus.stations", {}, ([one]) => one?.state === "silent");
  expect(view?.trouble).toEqual({ phrase: "modbus-exception-target" });
  reaches = true;
  await until(client, "stations.state", { identity: "WALL8" }, isIn("online"));
});

test("what a profile does not know is a finding, and no status is made up; a refused register is told once", async () => {
  const { device, place } = await charger();
  const { client } = await testCore();
  const text = profileText.replace("1: Available, ", "").replace("at: 10", "at: 600");
  await client.call("modbus.attach", { place, profile: { text }, identity: "WALL3" });
  const state = await until(
    client,
    "stations.state",
    { identity: "WALL3" },
    (one) => (one?.findings.length ?? 0) >= 2 && (one?.frames.in ?? 0) > 3,
  );
  expect(state?.findings.map(({ rule, where, count }) => [rule, where, rule === "modbus-refused" ? count : 0])).toEqual(
    [
      ["modbus-unknown-value", "status register 0", 0],
      ["modbus-refused", "holding 600 to 603", 1],
    ],
  );
  expect(connector(state)).toBeUndefined();
  device.set({ status: "Charging", amperes: 6 });
  const charging = await until(
    client,
    "stations.state",
    { identity: "WALL3" },
    (one) => connector(one)?.status === "Charging",
  );
  expect(charging?.evses[0]?.live.length).toBeGreaterThan(0);
});

test("one identity is one station, one port has one setting, and a profile with faults is refused with their lines", async () => {
  const { place } = await charger();
  const { client } = await testCore();
  const profile = { text: profileText };
  await client.call("modbus.attach", { place, profile, identity: "WALL4" });
  await expect(client.call("modbus.attach", { place, profile, identity: "WALL4" })).rejects.toMatchObject({
    code: "conflict",
  });
  await client.call("modbus.attach", { place: "/dev/ttyNONE,baud=9600", profile, identity: "WALL5" });
  const other = client.call("modbus.attach", { place: "/dev/ttyNONE,baud=19200", profile, identity: "WALL6" });
  await expect(other).rejects.toMatchObject({ code: "conflict" });
  expect(await client.call("modbus.checkProfile", profile)).toMatchObject({ name: "test-charger", registers: 6 });
  const faulty = { text: profileText.replace("at: 2,", "at: two,") };
  await expect(client.call("modbus.checkProfile", faulty)).rejects.toMatchObject({ code: "invalid-input" });
  await expect(client.call("modbus.attach", { place, profile: faulty, identity: "WALL7" })).rejects.toMatchObject({
    code: "invalid-input",
    message: expect.stringContaining("line 12"),
  });
});

test("one device is one station, and an own profile that one is read by serves others", async () => {
  const { place } = await charger();
  const { client } = await testCore();
  const attach = (setup: Omit<CallInput<"modbus.attach">, "place">) =>
    client.call("modbus.attach", { place, ...setup });
  await attach({ profile: { text: profileText }, identity: "WALL1" });
  for (const twice of [
    { profile: { text: profileText }, identity: "WALL2" },
    { profile: "auto", unit: 7, identity: "WALL2" },
    { profile: { of: "WALL1" }, identity: "WALL2" },
  ])
    await expect(attach(twice)).rejects.toMatchObject({
      code: "conflict",
      words: { phrase: "modbus-same-device", values: { identity: "WALL1" } },
    });
  expect(await attach({ profile: { of: "WALL1" }, unit: 8, identity: "WALL8" })).toMatchObject({
    setup: { profile: "", identity: "WALL8", unit: 8 },
  });
  const own = (await client.call("modbus.profiles", {})).filter(({ ownOf }) => ownOf !== undefined);
  expect(own).toMatchObject([{ name: "test-charger", ownOf: "WALL1", source: "this test", registers: 6 }]);
  const read = await client.call("modbus.read", { place, profile: { of: "WALL1" } });
  expect(read).toMatchObject({ unit: 7, profile: { name: "test-charger" } });
  await expect(client.call("modbus.read", { place, profile: { of: "WALL9" } })).rejects.toMatchObject({
    code: "not-found",
  });
  await attach({ profile: "keba-p30", unit: 9, identity: "KEBA" });
  await expect(client.call("modbus.read", { place, profile: { of: "KEBA" } })).rejects.toMatchObject({
    code: "invalid-input",
  });
  await client.call("modbus.detach", { identity: "WALL1" });
  await attach({ profile: { of: "WALL8" }, identity: "WALL2" });
});

describe.skipIf(noPtys)("by the command line, over a serial line", () => {
  test("serve reads a charger as a station beside the others, survives a kill, and stations tells it in the same shape", async () => {
    const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
    const file = join(folder, "box.yaml");
    writeFileSync(file, profileText);
    const device = startCli([
      "simulate",
      "--modbus",
      `${wire.b},baud=19200`,
      "--profile",
      file,
      "--status",
      "Charging",
      "--amperes",
      "8",
    ]);
    const args = ["--listen", "127.0.0.1:0", "--modbus", `${wire.a},baud=19200,unit=7,profile=${file},id=WALL1`];
    const core = await serveCli(folder, args);
    const client = connectTo(folder);
    const state = await until(
      client,
      "stations.state",
      { identity: "WALL1" },
      (one) => connector(one)?.status === "Charging",
    );
    expect(state?.link).toMatchObject({ carrier: "modbus", baudRate: 19_200, frame: "8N1" });
    const told = await client.call("messages.frames", { station: "WALL1", since: 0, limit: 1000 });
    client.close();
    core.kill();
    await core.ended;
    expect(await jsonOf("stations", "WALL1", "--json", "--data", folder)).toMatchObject([
      { identity: "WALL1", link: { carrier: "modbus" } },
    ]);
    const next = await serveCli(folder, args);
    const after = connectTo(folder);
    onTestFinished(() => after.close());
    const kept = await after.call("messages.frames", { station: "WALL1", since: 0, limit: 1000 });
    expect(kept.slice(0, told.length).map(({ text }) => text)).toEqual(told.map(({ text }) => text));
    expect(await jsonOf("modbus", "stations", "--json", "--data", folder)).toMatchObject([
      { setup: { identity: "WALL1", unit: 7 } },
    ]);
    const profiles = (await jsonOf("modbus", "profiles", "--json", "--data", folder)) as { ownOf?: string }[];
    expect(profiles.filter(({ ownOf }) => ownOf)).toMatchObject([{ name: "test-charger", ownOf: "WALL1" }]);
    const twice = await runCli("modbus", "attach", `${wire.a},baud=19200,unit=7,id=WALL2`, "--data", folder);
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining("WALL1 is read there already")]);
    const write = ["modbus", "write", "WALL1", "--command", "limit-current", "--value", "12", "--data", folder];
    const unsure = await runCli(...write);
    expect([unsure.code, unsure.stderr]).toEqual([5, expect.stringContaining("Sets the most current. Value: 12.")]);
    expect(await runCli(...write, "--yes")).toMatchObject({ code: 0, stdout: "Written.\n" });
    const call = await runCli("call", "WALL1", "Heartbeat", "--data", folder);
    expect([call.code, call.stderr]).toEqual([2, expect.stringContaining("It speaks Modbus, and takes no OCPP.")]);
    const log = await runCli("diagnostics", "WALL1", "--data", folder);
    expect([log.code, log.stderr]).toEqual([2, expect.stringContaining("The station does not have this function.")]);
    const strange = await runCli("modbus", "write", "WALL2", "--command", "limit-current", "--data", folder);
    expect(strange.stderr).toContain("WALL2 is not read over Modbus.");
    await wire.unplug();
    const gone = await until(after, "stations.state", { identity: "WALL1" }, (one) => one?.link.state === "offline");
    expect(gone?.link.closed?.cause).toMatch(/^(unplugged|silent|lost)$/);
    await wire.replug();
    const back = await until(after, "stations.state", { identity: "WALL1" }, (one) => one?.link.state === "online");
    expect(back?.link.carrier).toBe("modbus");
    expect(device.stderr()).toMatch(/Plug it in again|hung up|was lost/);
    expect(await device.end("SIGTERM")).toMatchObject({ code: 0 });
    await until(after, "stations.state", { identity: "WALL1" }, (one) => one?.link.state === "offline");
    expect(await next.end("SIGTERM")).toMatchObject({ code: 0 });
  });
});

test.each([
  [["serve", "--modbus", "127.0.0.1"], "--modbus needs id=ID"],
  [["serve", "--modbus", "127.0.0.1,id=A,speed=1"], "--modbus knows no speed"],
  [["modbus", "detach"], "detach takes the station's identity"],
])("%j is refused in words", async (args, words) => {
  const { code, stderr } = await runCli(...args);
  expect({ code, said: stderr.includes(words) }).toEqual({ code: 5, said: true });
});

test("a meter that is held beside a station stands on its charts, live and from the record, and stays a station of its own", async () => {
  const { client, url } = await testCore();
  const meterText = profileText.replace("kind: charger", "kind: meter").replace(/ {2}- \{ at: [01], .*\n/g, "");
  const device = new VirtualDevice(await findProfile({ text: meterText }), systemClock);
  device.set({ amperes: 10 });
  const serving = await serveOnNetwork(new Map([[7, device]]), { host: "127.0.0.1", port: 0, clock: systemClock });
  onTestFinished(() => void serving.dispose());
  const station = startVirtualStation({
    url,
    identity: "CP1",
    ocpp: "1.6",
    scenario: "idle",
    speed: 1,
    seed: 1,
    connectors: 2,
    quirks: [],
    log: () => undefined,
  });
  onTestFinished(() => station.stop());
  await until(client, "stations.state", { identity: "CP1" }, (state) => state?.boot !== undefined);
  const live: { evse: number; samples: { location?: string }[] }[] = [];
  const watching = client.watch("metering.live", { station: "CP1" }, (points) => live.push(...points));
  onTestFinished(() => watching.stop());
  const place = `127.0.0.1:${serving.port}`;
  const reference = { station: "CP1", evse: 2 };
  await client.call("modbus.attach", { place, profile: { text: meterText }, identity: "METER1", reference });
  await until(client, "stations.state", { identity: "METER1" }, (state) => (state?.frames.in ?? 0) > 2);
  const range = (name: string) => client.call("metering.range", { station: name, from: 0, to: Date.now() + 1000 });
  const beside = (await range("CP1")).filter(({ location }) => location === "Reference");
  expect(beside.map(({ evse, measurand }) => [evse, measurand])).toContainEqual([2, "Energy.Active.Import.Register"]);
  expect(beside.find(({ measurand }) => measurand === "Current.Import")?.points.at(-1)?.[1]).toBe(10);
  expect((await range("METER1")).every(({ location, evse }) => location === undefined && evse === 1)).toBe(true);
  await expect
    .poll(() => live.some(({ evse, samples }) => evse === 2 && samples[0]?.location === "Reference"))
    .toBe(true);
  await client.call("modbus.detach", { identity: "METER1" });
  expect((await range("CP1")).some(({ location }) => location === "Reference")).toBe(false);
});
