import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { s3Account, startS3 } from "../harness/outbox/s3-stub.ts";
import { noBarriers, noOverflow } from "./checks.ts";
import { browserForFile, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

const log = 'boot at 10.1.1.1\n[2,"1","Authorize",{"idTag":"04A1B2C3"}]\npassword=hunter22\n';

test("a file is sent to a stick without what is not for others, once the stick is there", async () => {
  const home = mkdtempSync(join(tmpdir(), "plugside-stick-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const stick = join(home, "stick");
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "settings" });
  const destinations = page.getByRole("region", { name: "Destinations" });
  await destinations.getByText("None yet.").waitFor();
  await destinations.getByRole("button", { name: "Add a destination" }).click();
  await noBarriers(page);
  await destinations.getByLabel("Name").fill("stick");
  await destinations.getByLabel("Folder").fill(stick);
  await destinations.getByRole("button", { name: "Add a destination" }).click();
  await destinations.getByRole("listitem").getByText(stick).waitFor();
  await destinations.getByRole("button", { name: "Test" }).click();
  await destinations.getByText(`The folder ${stick} is not there. Plug in the stick`).waitFor();
  await noBarriers(page);

  await page.goto(`${page.url().split("#")[0]}#/files?station=CP-1`);
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "day.log", mimeType: "text/plain", buffer: Buffer.from(log) });
  await page.getByRole("row", { name: /^day\.log/ }).press("Enter");
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByLabel("Without secrets, tokens, serial numbers and addresses").check();
  const layer = (part: string) =>
    drawer.locator(`.mantine-Checkbox-${part}`).evaluate((one) => +getComputedStyle(one).zIndex);
  expect(await layer("icon"), "the tick above its box").toBeGreaterThan(await layer("input"));
  await drawer.getByRole("button", { name: "Show what is replaced" }).click();
  await drawer.getByText("Replaced: 1 secrets, 1 tokens, 0 serial numbers, 1 addresses.").waitFor();
  await drawer.getByRole("row", { name: /^04A1B2C3 card-[0-9a-f]{8} day\.log, line 2$/ }).waitFor();
  expect(await drawer.getByText("hunter22").count()).toBe(0);
  await noBarriers(page);
  await noOverflow(page);
  await drawer.getByRole("button", { name: "Send", exact: true }).click();
  const outbox = page.getByRole("table", { name: "On its way" });
  await outbox
    .getByRole("row", { name: /^day-redacted\.txt stick waits, tried next .* The folder .* is not there/ })
    .waitFor();
  await noBarriers(page);
  await noOverflow(page);
  expect(existsSync(stick)).toBe(false);
  mkdirSync(stick);
  await page.getByRole("button", { name: "Try all now" }).click();
  await outbox.getByRole("row", { name: /^day-redacted\.txt stick is there .*, whole there by its hash/ }).waitFor();
  expect(readdirSync(stick)).toEqual(["day-redacted.txt"]);
  expect(readFileSync(join(stick, "day-redacted.txt"), "utf8")).toMatch(
    /^boot at address-\w{8}\n\[2,"1","Authorize",\{"idTag":"card-\w{8}"\}\]\npassword=secret-\w{8}\n$/,
  );
});

test("a bucket with a wrong key is told of in the language on screen, and put right", async () => {
  const s3 = await startS3();
  onTestFinished(() => s3.close());
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const { region, bucket, accessKeyId, secret } = s3Account;
  const kept = { endpoint: s3.url, region, bucket, user: accessKeyId, site: "Depå" };
  await core.client.call("outbox.save", { name: "hk", kind: "s3", ...kept, secret: { password: "fel" } });
  const page = await screens.open(core, { at: "settings", locale: "sv-SE" });
  const destinations = page.getByRole("region", { name: "Mål" });
  await destinations.getByRole("button", { name: "Testa" }).click();
  await destinations.getByText("den hemliga nyckeln hör inte till det").waitFor();
  await noBarriers(page);
  await noOverflow(page);
  await core.client.call("outbox.save", { name: "hk", kind: "s3", ...kept, secret: { password: secret } });
  await destinations.getByRole("button", { name: "Testa" }).click();
  await destinations.getByText("Något skrevs där och togs bort igen.").waitFor();
  await destinations.getByRole("button", { name: "Lägg till ett mål" }).click();
  await destinations.getByRole("combobox", { name: "Slag" }).click();
  await page.getByRole("option", { name: "SFTP" }).click();
  await noBarriers(page);
  await noOverflow(page);
  await destinations.getByRole("button", { name: "Avbryt" }).click();
  await destinations.getByRole("button", { name: "Ta bort" }).click();
  await destinations.getByText("Glömmer hk och dess hemligheter.").waitFor();
  await destinations.getByRole("button", { name: "Ta bort" }).click();
  await destinations.getByText("Inga än.").waitFor();
  expect(readdirSync(join(core.folder, "keys")).filter((name) => name.startsWith("outbox-"))).toEqual([]);
});
