import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
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
  const page = await screens.open(first, { at: "history", expected: /WebSocket connection|ERR_CONNECTION_REFUSED/ });
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
