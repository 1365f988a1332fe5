import { expect, test } from "vitest";
import { rawStation } from "../harness/stations/raw-station.ts";
import { noBarriers, noOverflow } from "./checks.ts";
import { browserForFile, coreForTest, goTo, type RunningCore } from "./harness.ts";

const screens = browserForFile();
const boot = { chargePointVendor: "Maker", chargePointModel: "Box" };

/** A station with a cut message, a long info at two connectors, and a setting whose value is no text. */
async function deviatingStation(core: RunningCore, identity = "CP-1") {
  const station = await rawStation(`${core.stations}${identity}`);
  await station.ask("BootNotification", boot);
  for (const connectorId of [1, 2]) {
    const info = `${connectorId}${"x".repeat(60)}`;
    await station.ask("StatusNotification", { connectorId, errorCode: "NoError", status: "Available", info });
  }
  station.send('[2,"cut","StatusNotif');
  await station.next();
  await station.ask("Heartbeat", {});
  return station;
}

test("the rail counts, the screen groups by rule, and each finding leads to its frames", async () => {
  const core = await coreForTest();
  await deviatingStation(core);
  const page = await screens.open(core);
  await page.getByRole("link", { name: "Findings 2 findings" }).click();
  await page.getByRole("heading", { name: "Error: The message is not JSON 1 time" }).waitFor();
  await page.getByRole("heading", { name: "Notice: A text is longer than allowed 2 times" }).waitFor();
  await noBarriers(page);
  await noOverflow(page);

  await page.getByRole("button", { name: "Frames of StatusNotification /info" }).click();
  const drawer = page.getByRole("complementary", { name: /./ });
  const frames = drawer.getByRole("listitem");
  await expect.poll(() => frames.count()).toBe(2);
  await expect.poll(() => frames.first().innerText()).toContain("2xxx");
  await frames.first().getByRole("button").click();
  await drawer.getByRole("heading", { name: /^Frame \d+$/ }).waitFor();
  await drawer.getByText('"connectorId": 2').waitFor();
});

test("severity, rule and words narrow the list, and say when nothing passes", async () => {
  const core = await coreForTest();
  await deviatingStation(core);
  const page = await screens.open(core, { at: "findings" });
  const heads = page.locator("main h2");
  await expect.poll(() => heads.count()).toBe(2);
  await page.getByRole("checkbox", { name: "1 notice" }).check();
  await expect.poll(() => heads.allInnerTexts()).toHaveLength(1);
  await page.getByRole("checkbox", { name: "1 notice" }).uncheck();
  await page.getByRole("searchbox", { name: "Words" }).fill("not json");
  await expect.poll(() => heads.allInnerTexts()).toHaveLength(1);
  await page.getByRole("searchbox", { name: "Words" }).fill("nothing like it");
  await page.getByText("No finding passes the filter").waitFor();
});

test("all stations: each by its name, each with a ticket of its own", async () => {
  const core = await coreForTest();
  await deviatingStation(core, "CP-1");
  await deviatingStation(core, "CP-2");
  const page = await screens.open(core, { at: "findings?station=CP-1" });
  await page.getByText("All stations", { exact: true }).click();
  await page.getByRole("heading", { name: "Error: The message is not JSON 2 times" }).waitFor();
  await page.getByRole("button", { name: "Vendor ticket for CP-2" }).waitFor();
});

test("a ticket is shown and copied in English or Swedish, with frames", async () => {
  const core = await coreForTest();
  await deviatingStation(core);
  const page = await screens.open(core, { at: "findings" });
  await page.getByRole("button", { name: "Vendor ticket", exact: true }).click();
  const text = page.locator("aside pre");
  await expect.poll(() => text.innerText()).toContain("# Deviations from OCPP: CP-1");
  await page.locator("aside").getByText("Svenska", { exact: true }).click();
  await expect.poll(() => text.innerText()).toContain("## 1. Meddelandet är inte JSON");
  await page.getByRole("button", { name: "Copy as a vendor ticket" }).click();
  await page.getByText("Copied").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('← [2,"cut","StatusNotif');
  expect(copied).toContain("# Avvikelser från OCPP: CP-1");
});

test("strict is chosen for a station, says what it does, and counts from the next message; the settings are the default", async () => {
  const core = await coreForTest();
  const station = await deviatingStation(core);
  const page = await screens.open(core, { at: "findings" });
  const treatment = page.locator("summary").getByText(/^How .+ is treated$/);
  await treatment.click();
  await page.getByText("What deviates is read as it is meant").waitFor();
  await page.getByText("Strict", { exact: true }).click();
  await page.getByText("What deviates is refused with the error").waitFor();
  station.send('[2,"now","StatusNotification",{"connectorId":1}]');
  expect(JSON.parse(await station.next())[2]).toBe("OccurenceConstraintViolation");
  await page.getByText("As in Settings (tolerant)").click();
  await page.getByText("What deviates is read as it is meant").waitFor();
  await goTo(page, "settings");
  await page.getByText("Take stations strictly").waitFor();
  await page.getByRole("switch", { name: "Take stations strictly" }).press("Space");
  await goTo(page, "findings");
  await treatment.click();
  await page.getByText("As in Settings (strict)").waitFor();
});

test("a station that behaves has nothing to show, and the screen says so", async () => {
  const core = await coreForTest();
  const station = await rawStation(`${core.stations}GOOD`);
  await station.ask("BootNotification", boot);
  const page = await screens.open(core, { at: "findings", locale: "sv-SE" });
  await page.getByText("Ingen laddstation avviker från specifikationen").waitFor();
  await noBarriers(page);
});
