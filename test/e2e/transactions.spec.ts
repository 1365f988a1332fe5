import { expect, test } from "vitest";
import { noBarriers, noOverflow } from "./checks.ts";
import { act, browserForFile, chargingStation, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

test("a session stands in the table while it runs and when it has ended, and leads to its frames, messages and meters", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "transactions" });
  const table = page.getByRole("table", { name: "Transactions" });
  const row = table.getByRole("row", { name: /Connector 1 04A1B2C3/ });
  await row.getByText("running").waitFor();
  await expect.poll(() => row.textContent()).toMatch(/\d[\d.]*\s(k?Wh)/);
  await noBarriers(page);
  await noOverflow(page);

  await row.press("Enter");
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByRole("heading", { name: "What was told of it" }).waitFor();
  await noBarriers(page);
  await act(core, "CP-1", "tap", "04A1B2C3");
  await row.getByText("Local").waitFor();
  await drawer.getByRole("button", { name: /ended/ }).waitFor();

  await drawer.getByRole("link", { name: "Its messages" }).click();
  const list = page.getByRole("list", { name: /^Messages/ });
  await list.getByText("StopTransaction").waitFor();
  expect(await list.getByText("BootNotification").count()).toBe(0);
  await page.goBack();
  await row.press("Enter");
  await drawer.getByRole("link", { name: "Meters meanwhile" }).click();
  await page.getByRole("img", { name: /^Power/ }).waitFor();
  await page.getByText(/^Paused: /).waitFor();
});

test("no session on record says what would fill the table", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "transactions", locale: "sv-SE" });
  await page.getByText("Ingen transaktion finns sparad").waitFor();
  await noBarriers(page);
});

test("the meters go to a time that is typed", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "meters" });
  await page.getByRole("textbox", { name: "Go to a time" }).fill("2026-01-31 12:00");
  await page.keyboard.press("Enter");
  await page.getByText(/11:55.*12:05/).waitFor();
});
