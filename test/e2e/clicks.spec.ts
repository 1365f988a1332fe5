import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { until } from "../harness/client.ts";
import { act, browserForFile, chargingStation, coreForTest, type RunningCore, virtualStation } from "./harness.ts";

const screens = browserForFile();
const sizes = [
  { width: 1366, height: 768 },
  { width: 1024, height: 700 },
];

/** Counts what a hand does: each click must hit something that is in view, without a scroll. */
function mouse(page: Page) {
  let clicks = 0;
  return {
    async click(what: Locator): Promise<void> {
      await inView(page, what);
      await what.click();
      clicks += 1;
    },
    clicks: () => clicks,
  };
}

/** Fails unless the whole of it is seen as the window stands. */
async function inView(page: Page, what: Locator): Promise<void> {
  await what.waitFor();
  const seen = () =>
    what.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const over = document.elementFromPoint(x + width / 2, y + height / 2);
      return y >= 0 && y + height <= window.innerHeight && (over === element || element.contains(over));
    });
  await expect.poll(seen, { message: `${what} in view` }).toBe(true);
  expect(await page.evaluate(() => document.querySelector("main")?.scrollTop)).toBe(0);
}

/** Walks by Tab from where the focus is until it is on something; fails after as many steps as there are. */
async function tabTo(page: Page, what: Locator, most: number): Promise<void> {
  for (let step = 0; step < most; step++) {
    await page.keyboard.press("Tab");
    if (await what.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${what} is further than ${most} Tabs away`);
}

async function resetSeen(core: RunningCore): Promise<void> {
  await expect
    .poll(async () => (await core.client.call("messages.page", { filter: { action: "Reset" }, limit: 1 })).rows.length)
    .toBe(1);
}

test.each(sizes)("the present error of 2.x and what to do, without a click: $width x $height", async (viewport) => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1", ocpp: "2.0.1" });
  await act(core, "CP-1", "fault", "GroundFailure");
  const page = await screens.open(core, { viewport });
  const box = page.getByRole("region", { name: "Connector 1" });
  await inView(page, box.getByText("Fault GroundFailure"));
  await inView(page, box.getByText("Take the car off. If the fault stays", { exact: false }));
});

test.each(sizes)("why a new one does not come in, without a click: $width x $height", async (viewport) => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "OLD-1" });
  await core.client.call("simulator.stop", { identity: "OLD-1" });
  await core.client.call("access.setPassword", { identity: "NEW-3", form: "text", password: "0123456789abcdef" });
  const page = await screens.open(core, { viewport });
  await page.getByRole("heading", { name: "Waiting for a station", level: 1 }).waitFor();
  new WebSocket(`${core.stations}NEW-3`, ["ocpp1.6"]);
  await inView(
    page,
    page.getByText("No user name and password were sent", { exact: false }).locator("visible=true").first(),
  );
});

test.each(sizes)("restart in two clicks, without a scroll: $width x $height", async (viewport) => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1", connectors: 2 });
  await act(core, "CP-1", "fault", "GroundFailure", 2);
  const page = await screens.open(core, { viewport });
  const hand = mouse(page);
  await hand.click(page.getByRole("button", { name: "Reset, soft", exact: true }));
  await page.getByText("Ends all sessions properly and restarts").waitFor();
  await hand.click(page.getByRole("button", { name: "Reset, soft", exact: true }));
  await resetSeen(core);
  expect(hand.clicks()).toBe(2);
});

test("restart by the keyboard alone", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "messages" });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("reset");
  await page.getByRole("option", { name: "Reset CP-1", selected: true }).waitFor();
  await page.keyboard.press("Enter");
  const reset = page.getByRole("button", { name: "Reset, soft", exact: true });
  await expect.poll(() => reset.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  await page.getByText("Ends all sessions properly and restarts").waitFor();
  // Cancel has the focus, so that a second Enter does no harm.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await resetSeen(core);
});

test.each(sizes)("a card is blocked in two clicks: $width x $height", async (viewport) => {
  const core = await coreForTest();
  await core.client.call("tokens.save", { value: "04FF", status: "Accepted" });
  await virtualStation(core, { identity: "CP-1" });
  await act(core, "CP-1", "plug");
  await act(core, "CP-1", "tap", "5EC2E7");
  const page = await screens.open(core, { viewport });
  const hand = mouse(page);
  await hand.click(page.getByRole("link", { name: /^Tokens/ }));
  await hand.click(page.getByRole("button", { name: "Block 5EC2E7" }).first());
  await page.getByRole("button", { name: "Let 5EC2E7 in again" }).first().waitFor();
  expect(hand.clicks()).toBe(2);
  await page.mouse.move(2, 2);
  await act(core, "CP-1", "tap", "5EC2E7");
  await act(core, "CP-1", "unplug");
  await act(core, "CP-1", "plug");
  await act(core, "CP-1", "tap", "5EC2E7");
  await inView(page, page.getByRole("row", { name: /CP-1 5EC2E7 Blocked/ }).first());
});

test("a card is blocked by the keyboard alone", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  await act(core, "CP-1", "plug");
  await act(core, "CP-1", "tap", "5EC2E7");
  const page = await screens.open(core);
  await page.keyboard.press("7");
  const block = page.getByRole("button", { name: "Block 5EC2E7" }).first();
  await block.waitFor();
  await page.getByRole("main").focus();
  await tabTo(page, block, 6);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Let 5EC2E7 in again" }).first().waitFor();
});

test("the errors of a station, to a day, in two clicks, and by two keys and a Tab", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  await act(core, "CP-1", "fault", "GroundFailure");
  await until(core.client, "stations.list", {}, (all) => all.some(({ status }) => status === "Faulted"));
  const page = await screens.open(core);
  const hand = mouse(page);
  await hand.click(page.getByRole("link", { name: /^History/ }));
  await hand.click(page.getByRole("button", { name: "Errors" }));
  const line = page.getByRole("region", { name: "Time line" });
  await line.getByText("GroundFailure").first().waitFor();
  await inView(page, line.getByText(/^\d{4}-\d\d-\d\d$/).first());
  await expect.poll(() => line.getByText("BootNotification").count()).toBe(0);
  expect(hand.clicks()).toBe(2);

  await page.keyboard.press("1");
  await page.keyboard.press("3");
  await page.getByRole("heading", { name: "History", level: 1 }).waitFor();
  const errors = page.getByRole("button", { name: "Errors" });
  await errors.waitFor();
  await page.getByRole("main").focus();
  await tabTo(page, errors, 4);
  await page.keyboard.press("Enter");
  await line.getByText("GroundFailure").first().waitFor();
});

test("a frame of a time of day: 4 / and the time", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  const now = new Date();
  const time = now.toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Stockholm" });
  await page.keyboard.press("4");
  await page.keyboard.press("/");
  await expect.poll(() => page.getByRole("searchbox").evaluate((input) => input === document.activeElement)).toBe(true);
  await page.keyboard.type(`at:${time}`);
  await page.keyboard.press("Enter");
  await page
    .getByRole("list", { name: /^Messages/ })
    .getByText("BootNotification")
    .waitFor();
});

test.each(sizes)("the help of a screen in one click: $width x $height", async (viewport) => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { viewport, at: "messages" });
  const hand = mouse(page);
  await hand.click(page.getByRole("button", { name: /^Help/ }));
  await inView(page, page.getByRole("complementary").getByRole("heading", { name: "Messages" }));
  expect(hand.clicks()).toBe(1);
});
