import { expect, test } from "vitest";
import { noBarriers } from "./checks.ts";
import { browserForFile, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

test("the configuration is read, filtered, and each value leads to the frame that told it", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "configuration" });
  await page.getByText("The station has told nothing yet").waitFor();
  await noBarriers(page);
  await page.getByRole("button", { name: "Read the configuration" }).click();
  const table = page.getByRole("table", { name: "Configuration" });
  await table.getByRole("row", { name: /^HeartbeatInterval 300 can be changed/ }).waitFor();
  await page
    .getByRole("status")
    .getByText(/^\d+ values$/)
    .waitFor();
  await page.getByRole("searchbox").fill("HEARTBEAT int");
  await page.getByText(/^1 of \d+ values$/).waitFor();
  await noBarriers(page);
  await table.getByRole("row", { name: /^HeartbeatInterval/ }).press("Enter");
  await page.getByRole("complementary").getByText("GetConfiguration").first().waitFor();
  await page.getByRole("searchbox").fill("no such");
  await page.getByText("No value fits “no such”").waitFor();
});

test("a large one of 2.x is folded by place", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-2", ocpp: "2.0.1" });
  const page = await screens.open(core, { at: "configuration" });
  await page.getByRole("button", { name: "Read the configuration" }).click();
  const place = page.getByRole("group").filter({ hasText: /^OCPPCommCtrlr/ });
  await place.waitFor();
  expect(await place.getByRole("row").count()).toBe(0);
  await place.locator("summary").click();
  await place.getByRole("row", { name: /^HeartbeatInterval 300/ }).waitFor();
  await place.locator("summary").click();
  await page.getByRole("searchbox").fill("heartbeat");
  await place.getByRole("row", { name: /^HeartbeatInterval 300/ }).waitFor();
  await noBarriers(page);
});
