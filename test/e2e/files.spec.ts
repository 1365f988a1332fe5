import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { noBarriers } from "./checks.ts";
import { browserForFile, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

test("a file is added, named, noted, saved and removed", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "files" });
  await page.getByText("No file is kept with this station").waitFor();
  const buffer = Buffer.alloc(5_000_000, "log ");
  await page.locator("input[type=file]").setInputFiles([
    { name: "station.log", mimeType: "text/plain", buffer },
    { name: "plate.jpg", mimeType: "image/jpeg", buffer: Buffer.from("jpeg") },
  ]);
  const table = page.getByRole("table", { name: "Files" });
  await table.getByRole("row", { name: /^plate\.jpg 4\sB .* whole/ }).waitFor();
  await noBarriers(page);
  await table.getByRole("row", { name: /^station\.log 5\.0\sMB .* whole/ }).press("Enter");
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByLabel("Name").fill("day 1.log");
  await drawer.getByLabel("Note").fill("before the reset");
  await drawer.getByRole("button", { name: "Save", exact: true }).click();
  await table.getByRole("row", { name: /^day 1\.log .* before the reset$/ }).waitFor();
  await noBarriers(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    drawer.getByRole("button", { name: "Save a copy" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("day 1.log");
  expect(readFileSync(await download.path()).equals(buffer)).toBe(true);
  await drawer.getByRole("button", { name: "Remove" }).click();
  await drawer.getByText("Takes the file out of the record for good.").waitFor();
  await drawer.getByRole("button", { name: "Remove" }).click();
  await table.getByRole("row", { name: /^day 1\.log/ }).waitFor({ state: "detached" });
  expect(await table.getByRole("row").count()).toBe(2);
});
