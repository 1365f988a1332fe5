import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

test("an upload is cancelled, and what cannot be kept is said in the language on screen", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "files", locale: "sv-SE", expected: /status of 507/ });
  const table = page.getByRole("table", { name: "Filer" });
  // A slow network: so there is something to cancel.
  const network = await page.context().newCDPSession(page);
  const throttle = (uploadThroughput: number) =>
    network.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await throttle(100_000);
  const chosen = { name: "long.log", mimeType: "text/plain", buffer: Buffer.alloc(5_000_000) };
  await page.locator("input[type=file]").setInputFiles(chosen);
  await table.getByRole("row", { name: /^long\.log .* är på väg$/ }).waitFor();
  await noBarriers(page);
  await page.getByRole("button", { name: "Avbryt" }).click();
  await table.getByRole("row", { name: /^long\.log .* bröts av, en del finns$/ }).waitFor();
  expect(await page.getByRole("button", { name: "Avbryt" }).count()).toBe(0);

  await throttle(-1);
  rmSync(join(core.folder, "files"), { recursive: true });
  writeFileSync(join(core.folder, "files"), "in the way");
  await page.locator("input[type=file]").setInputFiles({ ...chosen, name: "next.log" });
  await page
    .getByRole("alert")
    .getByText(/^next\.log sparades inte: next\.log kan inte skrivas: /)
    .waitFor();
  await noBarriers(page);
});
