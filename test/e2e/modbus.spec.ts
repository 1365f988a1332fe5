import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import { writeRtu } from "../../src/modbus/codec/framing.ts";
import { findProfile } from "../../src/services/modbus/profiles.ts";
import { VirtualDevice } from "../../src/simulator/modbus/device.ts";
import { serveOnNetwork } from "../../src/simulator/modbus/serve.ts";
import { noBarriers } from "./checks.ts";
import { browserForFile, coreForTest } from "./harness.ts";

const screens = browserForFile();

/** A wallbox over Modbus TCP. */
async function wallbox() {
  const profile = await findProfile("heidelberg-energy-control");
  const device = new VirtualDevice(profile, systemClock);
  const serving = await serveOnNetwork(new Map([[1, device]]), { host: "127.0.0.1", port: 0, clock: systemClock });
  onTestFinished(() => void serving.dispose());
  return { device, place: `127.0.0.1:${serving.port}` };
}

test("a wallbox without OCPP is read as a station, seen on Overview, written to after a sentence, and taken away", async () => {
  const { device, place } = await wallbox();
  const core = await coreForTest();
  const page = await screens.open(core, { at: "serial" });
  await page.getByRole("link", { name: "To Modbus" }).click();
  const form = page.getByRole("form", { name: "Read a device" });
  await form.getByRole("button", { name: "Read", exact: true }).click();
  await form.getByText("Name a port or a host.").waitFor();
  await form.getByLabel("Port or host").fill(place);
  await form.getByLabel("Device", { exact: true }).click();
  await page.getByRole("option", { name: "Heidelberg Energy Control" }).click();
  await form.getByText("not tried on a device").waitFor();
  await noBarriers(page);
  await form.getByLabel("Identity").fill("WALL1");
  await form.getByRole("button", { name: "Read", exact: true }).click();
  await page.getByText("answers since").waitFor();
  await noBarriers(page);
  await page.getByRole("button", { name: "Limit the current" }).click();
  await page.getByText("Writes to WALL1 the most current").waitFor();
  await page.getByLabel("Amperes (0 to 16)").fill("17");
  expect(await page.getByRole("button", { name: "Limit the current" }).isDisabled()).toBe(true);
  await page.getByLabel("Amperes (0 to 16)").fill("10");
  await page.getByRole("button", { name: "Limit the current" }).click();
  await page.getByText("Written, and confirmed").waitFor();
  expect(device.read("holding", 261)).toBe(100);
  device.set({ status: "Charging", amperes: 16 });
  await page.getByRole("link", { name: "WALL1" }).click();
  await page.getByText("Charging").first().waitFor();
  await page.getByRole("cell", { name: "10.0", exact: true }).first().waitFor();
  await noBarriers(page);
  await page.goBack();
  await page.getByRole("button", { name: "Read WALL1 no more" }).click();
  await page.getByText("answers since").waitFor({ state: "detached" });
});

test("devices are looked for; registers are read in every way, and what changes is marked", async () => {
  const { device, place } = await wallbox();
  const core = await coreForTest();
  const page = await screens.open(core, { at: "modbus" });
  const scan = page.getByRole("form", { name: "Look for devices" });
  await scan.getByLabel("Port or host").fill(place);
  await scan.getByRole("button", { name: "Look", exact: true }).click();
  await page.getByText("Unit 1", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText(/^Ended after/).waitFor();
  const registers = page.getByRole("form", { name: "Registers" });
  await registers.getByLabel("Port or host").fill(place);
  await registers.getByLabel("Unit").fill("1");
  await registers.getByLabel("Table", { exact: true }).click();
  await page.getByRole("option", { name: "input", exact: true }).click();
  await registers.getByLabel("First").fill("4");
  await registers.getByLabel("How many").fill("3");
  await registers.getByRole("button", { name: "Read them" }).click();
  const row = page.getByRole("row", { name: /^5/ });
  await row.waitFor();
  expect(await row.textContent()).toContain("0002");
  await page.getByLabel("Read every second").check();
  device.set({ status: "Charging", amperes: 16 });
  await page.getByRole("row", { name: /^5 changed/ }).waitFor();
  await noBarriers(page);
});

/** A line at a gateway, on which another master asks a wallbox for its status and its limit. */
async function busyLine() {
  const server = createServer((socket) => {
    const frames = [
      [1, 4, 0, 5, 0, 1],
      [1, 4, 2, 0, 7],
      [1, 3, 1, 5, 0, 1],
      [1, 0x83, 2],
    ].map(([unit = 0, ...pdu]) => writeRtu(unit, Uint8Array.from(pdu)));
    const timer = setInterval(() => {
      const [frame] = frames;
      if (frame) socket.write(frame);
      frames.push(...frames.splice(0, 1));
    }, 60);
    socket.on("error", () => socket.destroy()).once("close", () => clearInterval(timer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { place: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("another master is overheard: what it asks for, how often, and what is answered, by a profile", async () => {
  const { place } = await busyLine();
  const core = await coreForTest();
  const page = await screens.open(core, { at: "modbus" });
  const form = page.getByRole("form", { name: "Overhear another master" });
  await form.getByRole("button", { name: "Listen" }).click();
  await form.getByText("Name a port.").waitFor();
  await form.getByLabel("Port", { exact: true }).fill(place);
  await form.getByLabel("Profile", { exact: true }).click();
  await page.getByRole("option", { name: "Heidelberg Energy Control" }).click();
  await form.getByRole("button", { name: "Listen" }).click();
  const polls = page.getByRole("region", { name: "Questions of the other master" });
  await polls.getByRole("row", { name: /^1 input 5 0\.\d s .*Charging/ }).waitFor();
  await polls.getByRole("row", { name: /^1 holding 261 .*The device has no such register/ }).waitFor();
  await noBarriers(page);
  await page.getByRole("button", { name: "End listening" }).click();
  await polls.waitFor({ state: "detached" });
});
