import { expect, test } from "vitest";
import { browserForFile, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

test("what is done on purpose and this laptop fold away, stay so, and never hide the screen in view", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  const rail = page.getByRole("region", { name: "Stations and screens" });
  const laptop = rail.getByRole("navigation", { name: "This laptop" });
  const fold = laptop.getByRole("button", { name: "This laptop" });
  // The station's own screens always show.
  await rail
    .getByRole("navigation", { name: "This station" })
    .getByRole("link", { name: /^Meters/ })
    .waitFor();
  expect(await rail.getByRole("button", { name: "This station" }).count()).toBe(0);

  await fold.click();
  expect([await fold.getAttribute("aria-expanded"), await laptop.getByRole("link").count()]).toEqual(["false", 0]);
  await page.reload();
  await rail.getByRole("link", { name: /^Meters/ }).waitFor();
  expect(await laptop.getByRole("link").count()).toBe(0);

  await page.goto(`${page.url().split("#")[0]}#/settings`);
  await laptop.locator("[aria-current=page]").filter({ hasText: "Settings" }).waitFor();
  expect(await fold.isDisabled()).toBe(true);
  await rail.getByRole("link", { name: /^Overview/ }).click();
  await expect.poll(() => laptop.getByRole("link").count()).toBe(0);
  await fold.click();
  await laptop.getByRole("link", { name: /^Connection/ }).waitFor();
});
