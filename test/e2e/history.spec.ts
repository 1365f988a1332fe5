import type { Locator, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { agreeingStation } from "../harness/stations/agreeing-station.ts";
import { boot } from "../harness/stations/answering-station.ts";
import { noBarriers } from "./checks.ts";
import { act, browserForFile, chargingStation, coreForTest, goTo, runCore, virtualStation } from "./harness.ts";

const screens = browserForFile();
const timeline = (page: Page) => page.getByRole("region", { name: "Time line, newest last" });

test("what happens becomes sentences in one line of time, and each leads to its frame", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "history" });
  const line = timeline(page);
  await line.getByText(/^Connected from 127\.0\.0\.1 with OCPP 1\.6/).waitFor();
  await line.getByText(/^Booted: Plugside .*, answered Accepted$/).waitFor();
  await line.getByText("Card 04A1B2C3: Accepted").first().waitFor();
  await line.getByText(/^Transaction \d+ started/).waitFor();

  await act(core, "CP-1", "fault", "OverVoltage");
  await line.getByText("Connector 1: Faulted, OverVoltage").waitFor();
  await core.client.call("stations.command", { identity: "CP-1", command: { name: "trigger", message: "Heartbeat" } });
  await line.getByText("Trigger Heartbeat: accepted").waitFor();

  await line.getByRole("button", { name: /Booted: Plugside/ }).click();
  await page.getByRole("complementary", { name: "Details" }).getByText('"chargePointVendor": "Plugside"').waitFor();
});

test("the drawer of a frame tells how the station was at that moment", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "history" });
  await timeline(page)
    .getByRole("button", { name: /^\d.*Transaction \d+ started/ })
    .click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  const past = drawer.getByText("The station at this moment");
  await past.click();
  await drawer.getByText(/^Transaction \d+$/).waitFor();
  await drawer.getByText(/^running, 0/).waitFor();
  await drawer.getByText("Preparing", { exact: true }).waitFor();
  await drawer.getByText("Connected", { exact: true }).waitFor();
  await noBarriers(page);

  await core.client.call("settings.change", { language: "sv" });
  await page.getByText("Laddstationen i detta ögonblick").waitFor();
});

test("chips narrow the line to kinds of events", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "history" });
  await timeline(page)
    .getByText(/^Transaction \d+ started/)
    .waitFor();
  const chips = page.getByRole("group", { name: "Show" });
  await chips.getByRole("button", { name: "Boots" }).click();
  await expect.poll(() => timeline(page).getByRole("listitem").count()).toBe(1);
  await timeline(page)
    .getByText(/^Booted: /)
    .waitFor();
  await chips.getByRole("button", { name: "Cards" }).click();
  await timeline(page).getByText("Card 04A1B2C3: Accepted").first().waitFor();
  await chips.getByRole("button", { name: "All" }).click();
  await timeline(page)
    .getByText(/^Transaction \d+ started/)
    .waitFor();

  await chips.getByRole("button", { name: "Commands" }).click();
  await page.getByText("Nothing of this kind on record").waitFor();
});

test("a core that was killed shows the same history when it is back", async () => {
  const first = await runCore();
  await virtualStation(first, { identity: "CP-1" });
  await first.client.call("stations.command", { identity: "CP-1", command: { name: "trigger", message: "Heartbeat" } });
  const page = await screens.open(first, { at: "history", expected: /WebSocket connection|Failed to load resource/ });
  await timeline(page).getByText("Trigger Heartbeat: accepted").waitFor();
  const before = await timeline(page).getByRole("listitem").allTextContents();
  await first.kill();

  const second = await runCore("127.0.0.1:0", first.folder);
  onTestFinished(() => second.stop());
  await page.goto(await second.link());
  await goTo(page, "history");
  await timeline(page)
    .getByText(/^Disconnected: /)
    .waitFor();
  expect((await timeline(page).getByRole("listitem").allTextContents()).slice(0, before.length)).toEqual(before);
});

/** A station that tells `count` statuses, numbered from `from`, as fast as they are answered. */
async function tellStatuses(url: string, from: number, count: number): Promise<void> {
  const socket = new WebSocket(`${url}CP-1`, ["ocpp1.6"]);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  const told = new Promise<void>((resolve) => {
    let answers = 0;
    socket.addEventListener("message", ({ data }) => {
      if (String(data).startsWith("[3")) answers++;
      if (answers === count + 1) resolve();
    });
  });
  socket.send(JSON.stringify([2, "0", "BootNotification", { chargePointVendor: "Acme", chargePointModel: "One" }]));
  for (let number = from; number < from + count; number++) {
    const status = { connectorId: 1, errorCode: "NoError", status: "Available", vendorErrorCode: `N${number}` };
    socket.send(JSON.stringify([2, String(number), "StatusNotification", status]));
  }
  await told;
  socket.close();
}

const many = 8000;

/** Scrolls to an edge of what is there, again and again, until `wanted` is in view. */
async function scrollUntil(region: Locator, edge: "top" | "bottom", wanted: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        await region.evaluate((box, top) => box.scrollTo({ top: top ? 0 : box.scrollHeight }), edge === "top");
        return wanted.isVisible();
      },
      { timeout: 30_000 },
    )
    .toBe(true);
}

test("of a long record both ends are reached by scrolling, and only what is seen is drawn", async () => {
  const core = await coreForTest();
  await tellStatuses(core.stations, 1, many);
  const page = await screens.open(core, { at: "history" });
  const line = timeline(page);
  const told = (number: number) => line.getByText(`vendor code N${number}`, { exact: true });
  await told(many).waitFor();
  await expect.poll(() => line.getByRole("listitem").count()).toBeLessThan(80);
  await noBarriers(page);

  await scrollUntil(line, "top", told(1));
  await line.getByText("The record begins here.").waitFor();
  await expect.poll(() => line.getByRole("listitem").count()).toBeLessThan(80);
  await expect.poll(() => line.getByRole("listitem").first().getAttribute("aria-setsize")).toBe("-1");
  await scrollUntil(line, "bottom", told(many));
});

test("of a long record both ends are a key away, and the focus stays on an entry", async () => {
  const core = await coreForTest();
  await tellStatuses(core.stations, 1, many);
  const page = await screens.open(core, { at: "history" });
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  await timeline(page).getByText(`vendor code N${many}`, { exact: true }).waitFor();
  await timeline(page)
    .getByRole("button", { name: new RegExp(`N${many}`) })
    .focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(focused).toContain(`N${many - 1}`);
  await page.keyboard.press("PageUp");
  await expect.poll(focused).toMatch(/N79[0-9]{2}/);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getBoundingClientRect().top ?? 0))
    .toBeGreaterThan(100);

  await page.keyboard.press("Home");
  await expect.poll(focused).toContain("Booted: Acme One");
  await timeline(page).getByText("The record begins here.").waitFor();
  await page.keyboard.press("ArrowDown");
  await expect.poll(focused).toMatch(/N1(?!\d)/);
  await page.keyboard.press("End");
  await expect.poll(focused).toContain(`N${many}`);
});

test("a time leads to what happened then, and on in both directions", async () => {
  const core = await coreForTest();
  await tellStatuses(core.stations, 1, 1500);
  // The field takes whole seconds.
  const second = Math.ceil(Date.now() / 1000) * 1000;
  await expect.poll(() => Date.now()).toBeGreaterThanOrEqual(second);
  await tellStatuses(core.stations, 1501, 1500);
  const page = await screens.open(core, { at: "history" });
  const line = timeline(page);
  await line.getByText("vendor code N3000", { exact: true }).waitFor();
  const local = await page.evaluate(
    (at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString(),
    second,
  );
  const field = page.getByRole("textbox", { name: "Go to a time" });
  await field.fill("soon");
  await field.press("Enter");
  await page.getByText("No such time. Write it as 14:10 or 2026-11-26 14:10.").waitFor();
  await noBarriers(page);
  await field.fill(local.slice(0, 19));
  await field.press("Enter");
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  await expect.poll(focused).toContain("Booted: Acme One");
  await line.getByText("vendor code N1501", { exact: true }).waitFor();
  await noBarriers(page);
  await page.keyboard.press("ArrowUp");
  await expect.poll(focused).toMatch(/N1500(?!\d)/);
  expect(await line.getByText("vendor code N3000", { exact: true }).count()).toBe(0);
  await field.fill("2037-01-01");
  await page.getByRole("button", { name: "Go there" }).click();
  await expect.poll(focused).toContain("N3000");
  await field.fill(local.slice(0, 19));
  await field.press("Enter");
  await expect.poll(focused).toContain("Booted: Acme One");
  await scrollUntil(line, "bottom", line.getByText("vendor code N3000", { exact: true }));
});

test("what one reads stays in its place when older and newer entries come", async () => {
  const core = await coreForTest();
  await tellStatuses(core.stations, 1, 1500);
  const page = await screens.open(core, { at: "history" });
  const line = timeline(page);
  const read = line.getByText("vendor code N1440", { exact: true });
  await line.getByText("vendor code N1500", { exact: true }).waitFor();
  await line.hover();
  await page.mouse.wheel(0, -2700);
  await line.getByText("vendor code N1440", { exact: true }).waitFor();
  const top = async () => Math.round((await read.boundingBox())?.y ?? -1);
  let before = -1;
  // The wheel's last turn is still on its way.
  await expect
    .poll(async () => {
      const last = before;
      before = await top();
      return before === last;
    })
    .toBe(true);
  await tellStatuses(core.stations, 1501, 20);
  await page.getByRole("button", { name: /^2\d new$/ }).waitFor();
  await expect.poll(() => top()).toBe(before);
  await page.getByRole("button", { name: /^2\d new$/ }).click();
  await line.getByText("vendor code N1520", { exact: true }).waitFor();
});

test("what Plugside asked for by itself says so, and why, in the time line and beside the message, in both languages", async () => {
  const core = await coreForTest();
  await core.client.call("settings.change", { bootStatus: "Pending" });
  const station = await agreeingStation(`${core.stations}CP-1`);
  station.send(JSON.stringify([2, "boot", "BootNotification", boot]));
  await station.next();
  await core.client.call("settings.change", { bootStatus: "Accepted" });
  const page = await screens.open(core, { at: "history" });
  const because = "because the station was held and is accepted now: accepted";
  await timeline(page).getByText(`Plugside asked for BootNotification by itself, ${because}`).waitFor();
  await goTo(page, "messages");
  const told = "Plugside asked by itself: the station was held and is accepted now";
  await page.getByRole("listitem").getByText(told).waitFor();
  await noBarriers(page);

  const swedish = await screens.open(core, { at: "history", locale: "sv-SE" });
  const why = "för laddstationen hölls kvar och är nu accepterad";
  await swedish.getByText(`Plugside bad självt om BootNotification, ${why}`).waitFor();
  await goTo(swedish, "messages");
  const mark = "Plugside frågade självt: laddstationen hölls kvar och är nu accepterad";
  await swedish.getByRole("listitem").getByText(mark).waitFor();
});
