import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder, testCore, until } from "../../test/harness/core.ts";
import { answeringStation } from "../../test/harness/stations/answering-station.ts";
import { type Clock, createManualClock } from "../lib/clock.ts";
import { findProfile } from "../services/modbus/profiles.ts";
import { VirtualDevice } from "../simulator/modbus/device.ts";
import { serveOnNetwork } from "../simulator/modbus/serve.ts";
import { printed } from "./testing/printed.ts";

/** One after the other, on one core: what is made is listed, and taken away again. */
const calls: string[][] = [
  ["stations"],
  ["stations", "--json", "--at", "#1"],
  ["stations", "NOBODY"],
  ["frames"],
  ["frames", "--since", "3", "--csv"],
  ["frames", "--station", "NOBODY"],
  ["command", "CP1", "reset", "--set", "kind=soft"],
  ["command", "CP1", "reset", "--set", "kind=soft", "--json", "--wait", "1"],
  ["command", "CP1", "clear-cache", "--wait", "1"],
  ["command", "CP1", "unlock", "--set", "evse=1", "--set", "connector=1"],
  ["command", "CP1", "unlock", "--set", "evse=1", "--set", "connector=1", "--wait", "--json"],
  ["command", "CP1", "unlock", "--set", "evse=", "--set", "connector=1"],
  ["command", "CP1", "availability", "--set", "operative=false", "--set", "evse=1", "--wait", "0.01"],
  ["command", "CP1", "availability", "--set", "operative=maybe", "--set", "evse=1"],
  ["command", "CP1", "trigger", "--set", "message=StatusNotification", "--set", "evse=1", "--wait=0.01"],
  ["command", "CP1", "certificate-delete", "--set", "hash=SHA256:aa:bb"],
  ["command", "CP1", "certificate-delete", "--set", "hash=SHA256:aa:bb:cc:dd"],
  ["command", "CP1", "start", "--set", "token=A1:Central", "--set", "evse=x"],
  ["command", "CP1", "read-configuration"],
  ["command", "NOBODY", "clear-cache"],
  ["command", "NOBODY", "clear-cache", "--wait"],
  ["call", "CP1", "GetConfiguration"],
  ["call", "CP1", "GetConfiguration", "{}", "--json"],
  ["call", "CP1", "Reset", '{"type":"Soft"}'],
  ["call", "CP1", "Reset", '{"type":"Soft"}', "--json"],
  ["call", "CP1", "Reset", '{"type":"Loud"}'],
  ["call", "CP1", "Reset", '{"type":"Loud","n":1}', "--force"],
  ["call", "NOBODY", "Reset", '{"type":"Soft"}'],
  ["calls", "save", "softly", "Reset", '{"type":"{{kind}}"}'],
  ["calls", "save", "caches", "ClearCache", "--json"],
  ["calls"],
  ["calls", "--json"],
  ["call", "CP1", "--saved", "caches"],
  ["call", "CP1", "--saved", "softly", "--set", "kind=Soft"],
  ["call", "CP1", "--saved", "softly"],
  ["call", "CP1", "--saved", "softly", "--set", "kind=Soft", "--set", "more=1"],
  ["call", "CP1", "--saved", "softly", "--set", "=Soft"],
  ["call", "CP1", "--saved", "softly", "--set", "kind=Soft=er"],
  ["call", "CP1", "--saved", "gone"],
  ["call", "CP1", "--saved", "softly", "Reset"],
  ["call", "CP1", "Reset", "--set", "kind=Soft"],
  ["calls", "remove", "caches"],
  ["calls", "remove", "caches"],
  ["calls"],
  ["bookmarks", "set", "#3", "--note", "the boot"],
  ["bookmarks", "set", "4", "--json"],
  ["bookmarks"],
  ["bookmarks", "--json"],
  ["bookmarks", "remove", "4"],
  ["bookmarks", "set", "999999"],
  ["bookmarks"],
  ["configuration", "CP1"],
  ["configuration", "CP1", "--csv"],
  ["configuration", "NOBODY"],
  ["findings"],
  ["findings", "--station", "CP1", "--ticket"],
  ["findings", "--station", "NOBODY"],
  ["history", "--last", "3"],
  ["history", "CP1", "--group", "commands", "--csv"],
  ["history", "NOBODY"],
  ["transactions"],
  ["attempts"],
  ["attempts", "--stopped"],
  ["attempts", "--stopped", "--lang", "sv"],
  ["attempts", "--stopped", "--csv"],
  ["access", "CP1"],
  ["access", "CP1", "--json"],
  ["access", "CP1", "--keep", "old"],
  ["access", "CP1", "--stop"],
  ["files", "add", "FOLDER/photo.txt", "CP1"],
  ["files", "add", "FOLDER/photo.txt", "--json"],
  ["files", "add", "FOLDER/none.txt"],
  ["files"],
  ["files", "CP1", "--json"],
  ["files", "change", "1", "--name", "plate.txt", "--note", "the plate"],
  ["files", "get", "1", "--out", "FOLDER/again.txt"],
  ["files", "get", "1", "--out", "FOLDER/again.txt"],
  ["files", "get", "9", "--out", "FOLDER/nine.txt"],
  ["outbox", "destination", "stick", "FOLDER/stick"],
  ["outbox", "destination", "web", "https://127.0.0.1:1/in", "--kind", "webdav", "--user", "u", "--json"],
  ["outbox", "destination", "bucket", "s3://logs/a/b", "--user", "key", "--region", "eu-north-1", "--site", "yard"],
  ["outbox", "destination", "old", "sftp://me@[::1]:2222//srv/in"],
  ["outbox", "destinations"],
  ["outbox", "destinations", "--json"],
  ["outbox", "test", "stick"],
  ["outbox", "test", "stick", "--json"],
  ["outbox", "preview", "1"],
  ["outbox", "preview", "1", "--json"],
  ["outbox", "add", "1", "stick"],
  ["outbox", "add", "1", "stick", "--redacted", "--json"],
  ["outbox", "run", "--wait", "0"],
  ["outbox", "run", "--wait", "0", "--json"],
  ["outbox"],
  ["outbox", "--json"],
  ["outbox", "remove", "1"],
  ["outbox", "forget", "web"],
  ["outbox", "forget", "nowhere"],
  ["outbox", "destinations"],
  ["files", "remove", "2"],
  ["files"],
  ["modbus", "attach", "127.0.0.1:DEVICE,unit=3,profile=eastron-sdm630,id=WALL1,reference=CP1:2"],
  ["modbus", "attach", "127.0.0.1:DEVICE,unit=4,profile=eastron-sdm630,id=WALL2", "--json"],
  ["modbus", "stations"],
  ["modbus", "write", "WALL1", "--command", "no-such"],
  ["modbus", "detach", "WALL2", "--json"],
  ["modbus", "detach", "WALL1"],
  ["modbus", "detach", "WALL1"],
  ["modbus", "write", "WALL1", "--command", "enable"],
  ["console"],
  ["api", "calls.list"],
  ["api", "messages.frames", '{"since":0,"limit":1}'],
  ["api", "messages.frames", '{"since":"x"}'],
  ["link"],
  ["forget", "CP1", "--yes"],
  ["forget", "NOBODY", "--yes"],
  ["diagnostics", "NOBODY"],
];

/** To a device, where no core runs. */
const device = "127.0.0.1:DEVICE";
const asked: string[][] = [
  ["modbus", "read", device, "--unit", "3", "--registers", "0-1", "--table", "input"],
  ["modbus", "read", device, "--unit", "3", "--registers", "0x7", "--table", "input", "--json"],
  ["modbus", "read", device, "--unit", "3", "--profile", "eastron-sdm630"],
  ["modbus", "read", device, "--unit", "3", "--registers", "9000"],
  ["modbus", "read", device, "--unit", "4", "--registers", "9000"],
  ["modbus", "scan", device, "--units", "3"],
  ["modbus", "scan", device, "--units", "3-3", "--json"],
  ["modbus", "write", device, "--profile", "wallbe", "--unit", "4", "--command", "limit-current", "--value", "10"],
  [
    "modbus",
    "write",
    device,
    "--profile",
    "wallbe",
    "--unit",
    "4",
    "--command",
    "limit-current",
    "--value",
    "10",
    "--yes",
  ],
  ["modbus", "write", device, "--profile", "wallbe", "--unit", "4", "--command", "no-such"],
];

/** Once the station is gone. */
const after: string[][] = [
  ["stations"],
  ["command", "CP1", "clear-cache"],
  ["call", "CP1", "ClearCache"],
  ["diagnostics", "CP1"],
  ["api", "access.setPassword", '{"identity":"CP1","password":"a-secret-of-16-b","form":"text"}'],
  ["access", "CP1"],
  ["forget", "CP1"],
  ["forget", "CP1", "--yes"],
  ["stations"],
];

/** A meter as unit 3 and a charger as unit 4, over Modbus TCP; gives the port. */
async function serveDevices(clock: Clock): Promise<number> {
  const [meter, charger] = [await findProfile("eastron-sdm630"), await findProfile("wallbe")];
  const units = new Map([
    [3, new VirtualDevice(meter, clock)],
    [4, new VirtualDevice(charger, clock)],
  ]);
  const serving = await serveOnNetwork(units, { host: "127.0.0.1", port: 0, clock });
  onTestFinished(() => serving.dispose());
  return serving.port;
}

async function printedOf(all: readonly string[][], folder: string, port: number): Promise<string> {
  const told: string[] = [];
  for (const args of all) {
    const given = args.map((word) => word.replace("FOLDER", folder).replace("DEVICE", String(port)));
    told.push(await printed(given, ["--data", folder]));
  }
  return told.join("\n").replaceAll(folder, "FOLDER").replaceAll(`:${port}`, ":DEVICE");
}

// A hundred commands.
test("what each command prints where a core runs", { timeout: 60_000 }, async () => {
  const clock = createManualClock(Date.UTC(2026, 5, 1, 8));
  const { folder, url, core, client } = await testCore({ clock });
  const port = await serveDevices(clock);
  writeFileSync(join(folder, "photo.txt"), "password=hunter22\nserial 0123456789\n");
  mkdirSync(join(folder, "stick"));
  // Somebody who is no station, twice.
  for (let time = 0; time < 2; time++) await (await fetch(`${url.replace("ws:", "http:")}CP9`)).text();
  const station = await answeringStation(`${url}CP1`);
  const online = await printedOf(calls, folder, port);
  await station.close();
  await until(client, "stations.state", { identity: "CP1" }, (state) => state?.link.state === "offline");
  const offline = await printedOf(after, folder, port);
  const steady = `${online}\n${offline}`
    .replaceAll(`:${new URL(core.ready.ocpp[0] ?? "").port}`, ":PORT")
    .replace(/[0-9a-f]{64}/g, "SHA256")
    .replace(/(?<=secret-)[0-9a-f]{8}/g, "NAME")
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "UUID");
  await expect(steady).toMatchFileSnapshot("told/core.txt");
});

test("what is read of a Modbus device, and written to it, where no core runs", async () => {
  const port = await serveDevices(createManualClock(0));
  const told = await printedOf(asked, await temporaryFolder(), port);
  await expect(told.replace(/"at":[\d.]+/g, '"at":NOW')).toMatchFileSnapshot("told/modbus.txt");
});
