import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { rawStation } from "../harness/stations/raw-station.ts";
import { browserForFile, chargingStation, coreForTest, type RunningCore, virtualStation } from "./harness.ts";

const screens = browserForFile();

const rows = (page: Page) => page.getByRole("list", { name: /^Messages/ }).getByRole("listitem");
const filterLine = (page: Page) => page.getByRole("searchbox", { name: "Filter" });

/** Enough frames to scroll: each trigger is a call of ours and one of the station's. */
async function fill(core: RunningCore, identity: string): Promise<void> {
  for (let round = 0; round < 20; round++)
    await core.client.call("stations.command", { identity, command: { name: "trigger", message: "Heartbeat" } });
}

test("every frame is a row in words, question and answer together", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "messages" });
  const boot = rows(page).filter({ hasText: "BootNotification" });
  await boot.getByText(/\d\d:\d\d:\d\d\.\d{3}/).waitFor();
  await expect.poll(() => boot.textContent()).toMatch(/Plugside, .*ms/);
  await rows(page).filter({ hasText: "connector 1, Available" }).waitFor();

  await boot.getByRole("button", { name: "Show the answer" }).click();
  await boot.getByRole("button", { name: /Answer.*Accepted/ }).waitFor();
  await boot.getByRole("button", { name: "Hide the answer" }).click();
  await boot.getByRole("button", { name: /Answer.*Accepted/ }).waitFor({ state: "hidden" });
});

test("the filter takes an action, a direction, a text, and what is not to be seen", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  await core.client.call("stations.command", { identity: "CP-1", command: { name: "trigger", message: "Heartbeat" } });
  const page = await screens.open(core, { at: "messages" });
  const known = ["BootNotification", "Heartbeat", "SecurityEventNotification", "StatusNotification", "TriggerMessage"];
  const actions = async () => {
    const texts = await rows(page).allTextContents();
    return known.filter((action) => texts.some((text) => text.replace(/^.*?(in|out)/, "").startsWith(action)));
  };
  await expect.poll(actions).toContain("TriggerMessage");
  await filterLine(page).fill("action:Heartbeat");
  await expect.poll(actions).toEqual(["Heartbeat"]);
  await filterLine(page).fill("dir:out");
  await expect.poll(actions).toEqual(["TriggerMessage"]);
  await filterLine(page).fill("Virtual AC");
  await expect.poll(actions).toEqual(["BootNotification"]);
  await filterLine(page).fill("-action:Heartbeat -action:StatusNotification dir:in -action:SecurityEventNotification");
  await expect.poll(actions).toEqual(["BootNotification"]);

  await filterLine(page).fill("action:Nothing");
  await page.getByText("No message on record passes the filter").waitFor();
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect.poll(actions).toContain("TriggerMessage");
  await filterLine(page).fill("colour:red");
  await page.getByText("“colour” is no field").waitFor();
});

test("problems only, and a filter that is kept", async () => {
  const core = await coreForTest();
  const socket = new WebSocket(`${core.stations}CP-1`, ["ocpp1.6"]);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  socket.send('[2,"1","BootNotification",{"chargePointVendor":"Acme","chargePointModel":"One"}]');
  socket.send('[2,"2","OpenSesame",{}]');
  socket.send("half a mess");
  const page = await screens.open(core, { at: "messages" });
  await expect.poll(() => rows(page).count()).toBe(3);
  await page.getByRole("checkbox", { name: "Problems only" }).check();
  await expect.poll(() => rows(page).count()).toBe(2);
  await rows(page)
    .filter({ hasText: "OpenSesame" })
    .getByText(/Error Not(Implemented|Supported)/)
    .waitFor();
  await rows(page).filter({ hasText: "Cannot be read" }).getByText("1 finding").waitFor();

  await filterLine(page).fill("OpenSesame");
  await page.getByRole("button", { name: "Save filter" }).click();
  await page.reload();
  await page
    .getByRole("list", { name: "Saved filters" })
    .getByRole("button", { name: "OpenSesame", exact: true })
    .click();
  await expect.poll(() => rows(page).count()).toBe(1);
  socket.close();
});

test("a row opens its frame beside the list: laid out, raw to copy, its other half one click away", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "messages" });
  await rows(page).filter({ hasText: "BootNotification" }).getByRole("button").first().click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByText('"chargePointVendor": "Plugside"').waitFor();
  await drawer.getByText('"status": "Accepted"').waitFor();
  await drawer.getByRole("button", { name: "Copy the raw text" }).first().click();
  await drawer.getByRole("button", { name: "Copied" }).waitFor();
  const { rows: boots } = await core.client.call("messages.page", { filter: { action: "BootNotification" }, limit: 1 });
  const frame = await core.client.call("messages.frame", { seq: boots[0]?.seq ?? -1 });
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(frame.text);

  await drawer.getByRole("button", { name: `Frame ${frame.partner?.seq}` }).click();
  await drawer.getByRole("heading", { name: "The call that it answers" }).waitFor();
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "hidden" });
});

test("the tail is followed until one scrolls up; what comes then is counted, and one click leads back", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  await fill(core, "CP-1");
  const page = await screens.open(core, { at: "messages" });
  const newest = rows(page).last();
  await newest.waitFor();
  const toTail = page.getByRole("button", { name: "To the newest" });
  await expect.poll(() => toTail.count()).toBe(0);

  await newest.hover();
  await page.mouse.wheel(0, -600);
  await toTail.waitFor();
  await core.client.call("stations.command", {
    identity: "CP-1",
    command: { name: "trigger", message: "MeterValues" },
  });
  await page.getByRole("button", { name: /^\d+ new$/ }).click();
  await rows(page).filter({ hasText: "MeterValues" }).last().waitFor();
  await page.getByRole("button", { name: /^\d+ new$/ }).waitFor({ state: "hidden" });
});

test("the wire at the foot of the window leads to its place in the list", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  const wire = page.getByRole("region", { name: "Wire" });
  await wire.getByRole("button", { name: "Show 6 lines" }).click();
  await expect.poll(() => wire.getByRole("listitem").count()).toBe(6);
  await wire.getByRole("link").first().click();
  await page.getByRole("heading", { name: "Messages", level: 1 }).waitFor();
  await page
    .getByRole("list", { name: /^Messages/ })
    .locator("[aria-current=true]")
    .waitFor();
});

test("the list says the day, opens at a moment, and is narrowed by time", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "messages" });
  await rows(page).filter({ hasText: "BootNotification" }).waitFor();
  await page.getByText(/^[A-Z][a-z]+day \d{4}-\d\d-\d\d$/).waitFor();
  await filterLine(page).fill("day:2001-01-01");
  await page.getByText("No message on record passes the filter").waitFor();
  await filterLine(page).fill("since:1h");
  await rows(page).filter({ hasText: "BootNotification" }).waitFor();
  await filterLine(page).fill("at:2099-01-01");
  await rows(page).last().and(page.locator('[aria-current="true"]')).waitFor();
  await page.getByRole("button", { name: "To the newest" }).click();
  await expect.poll(() => filterLine(page).inputValue()).toBe("");
});

test("a long list reaches its beginning page by page; an error that answers stands in its row", async () => {
  const core = await coreForTest();
  const station = await rawStation(`${core.stations}CP-1`);
  await station.ask("BootNotification", { chargePointVendor: "Maker", chargePointModel: "Box" });
  station.send('[2,"odd","Reset",{"type":"Soft"}]');
  await station.next();
  for (let beat = 0; beat < 450; beat++) await station.ask("Heartbeat", {});
  const page = await screens.open(core, { at: "messages?station=CP-1" });
  await rows(page).last().waitFor();
  expect(await rows(page).filter({ hasText: "BootNotification" }).count()).toBe(0);
  const answered = rows(page)
    .filter({ hasText: "Reset" })
    .getByText(/Error Not(Implemented|Supported)/);
  // Each page that comes stands before what was in view.
  await expect
    .poll(
      async () => {
        await rows(page).first().getByRole("button").first().press("Home");
        return [await rows(page).getByText("BootNotification").count(), await answered.count()];
      },
      { timeout: 15_000 },
    )
    .toEqual([1, 1]);
});
