import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { rawStation } from "../harness/stations/raw-station.ts";
import { noBarriers } from "./checks.ts";
import { browserForFile, coreForTest } from "./harness.ts";

const screens = browserForFile();
const rows = (page: Page) => page.getByRole("list", { name: /^Messages/ }).getByRole("listitem");
const drawerOf = (page: Page) => page.getByRole("complementary", { name: "Details" });

/** Messages with a station that has said a little. */
async function open() {
  const core = await coreForTest();
  const station = await rawStation(`${core.stations}CP-1`);
  await station.ask("BootNotification", { chargePointVendor: "Maker", chargePointModel: "Box" });
  const status = { connectorId: 1, errorCode: "NoError", status: "Available" };
  await station.ask("StatusNotification", status);
  await station.ask("StatusNotification", { ...status, connectorId: 2 });
  await station.ask("StatusNotification", { ...status, status: "Faulted", errorCode: "GroundFailure", info: "RCD" });
  await station.ask("Heartbeat", {});
  const page = await screens.open(core, { at: "messages?station=CP-1" });
  await rows(page).filter({ hasText: "Heartbeat" }).waitFor();
  return { core, page };
}

test("times are told from a message, by one key, and from the row before", async () => {
  const { page } = await open();
  const boot = rows(page).filter({ hasText: "BootNotification" }).getByRole("button").first();
  await boot.focus();
  await page.keyboard.press("r");
  await expect.poll(() => boot.textContent()).toMatch(/^\+0\.000/);
  await page.getByText(/^From message \d+, /).waitFor();
  const beat = rows(page).filter({ hasText: "Heartbeat" }).getByRole("button").first();
  await expect.poll(() => beat.textContent()).toMatch(/^\+\d+\.\d{3}/);
  await noBarriers(page);
  await page.getByRole("combobox", { name: "What the times tell" }).click();
  await page.getByRole("option", { name: "Since the row before" }).click();
  await expect.poll(() => boot.textContent()).toMatch(/^→?Boot|^[^+\d]/);
  await page.getByRole("combobox", { name: "What the times tell" }).click();
  await page.getByRole("option", { name: "Clock" }).click();
  await expect.poll(() => beat.textContent()).toMatch(/^\d\d:\d\d:\d\d\.\d{3}/);
});

test("a message tells what changed since the one before of its kind and place, and leads to its conversation", async () => {
  const { page } = await open();
  await rows(page).filter({ hasText: "GroundFailure" }).getByRole("button").first().click();
  const drawer = drawerOf(page);
  await drawer.getByText("What changed since the one before").click();
  // Connector 2 spoke in between: it is not the one before of connector 1.
  await drawer.getByText("/errorCode").waitFor();
  await expect
    .poll(() => drawer.locator("dl").filter({ hasText: "/info" }).textContent())
    .toMatch(/\/errorCode.*"NoError" → "GroundFailure".*\/status.*"Available" → "Faulted".*\/info.*new: "RCD"/);
  await noBarriers(page);
  await drawer.getByRole("link", { name: "connector 1" }).click();
  await expect.poll(() => rows(page).count()).toBe(2);
  await drawer.getByRole("link", { name: "every StatusNotification" }).click();
  await expect.poll(() => rows(page).count()).toBe(3);
  await page.goBack();
  await expect.poll(() => rows(page).count()).toBe(2);
});

test("a message is kept as a bookmark with a note, stands out in the list, and is found again by it and by its number", async () => {
  const { core, page } = await open();
  const boot = rows(page).filter({ hasText: "BootNotification" });
  await boot.getByRole("button").first().click();
  const drawer = drawerOf(page);
  await drawer.getByRole("button", { name: "Bookmark" }).click();
  await drawer.getByRole("textbox", { name: "Note to the bookmark" }).fill("where it began");
  await drawer.getByRole("button", { name: "Save" }).click();
  await boot.getByRole("img", { name: "bookmark" }).waitFor();
  await noBarriers(page);
  const [kept] = await core.client.call("messages.frames", { since: 0, limit: 1 });
  await page.getByRole("button", { name: "Bookmarks" }).click();
  await drawer.getByText("where it began").waitFor();
  await noBarriers(page);
  await page.getByRole("searchbox", { name: "Filter" }).fill(`#${kept?.seq}`);
  await expect.poll(() => boot.getAttribute("aria-current")).toBe("true");
  await boot.getByRole("button").first().click();
  await drawer.getByRole("button", { name: "Remove the bookmark" }).click();
  await boot.getByRole("img", { name: "bookmark" }).waitFor({ state: "detached" });
});
