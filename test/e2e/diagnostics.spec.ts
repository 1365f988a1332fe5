import { expect, test } from "vitest";
import { noBarriers } from "./checks.ts";
import { browserForFile, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

test("one press fetches the log, tells what was seen at both ends, and leaves the file with the station", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "diagnostics" });
  await page.getByText("No log was asked for yet").waitFor();
  await noBarriers(page);
  await page.getByRole("button", { name: "Fetch the log" }).press("Enter");
  await page.getByText(/^The log is here: diagnostics-CP-1\.log, [\d,]+ bytes, by HTTP\.$/).waitFor();
  await page.getByText(/things seen$/).click();
  await page.getByText("It says: Uploaded.").waitFor();
  await noBarriers(page);
  await page
    .getByRole("button", { name: /^Message \d+|^Frame \d+/ })
    .first()
    .click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByText("GetDiagnostics").first().waitFor();
  await page.keyboard.press("Escape");
  const table = page.getByRole("table", { name: "Files" });
  await table.getByRole("row", { name: /^diagnostics-CP-1\.log .* whole/ }).press("Enter");
  await drawer.getByLabel("Name").waitFor();
  expect(await drawer.getByRole("button", { name: "Save a copy" }).isEnabled()).toBe(true);
});

test("what does not come is waited for, called off, and asked for by another protocol, in Swedish", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1", ocpp: "2.0.1", quirks: ["log-never-comes"] });
  const page = await screens.open(core, { at: "diagnostics", locale: "sv-SE" });
  await page.getByRole("button", { name: "Hämta loggen" }).click();
  await page.getByText("Den säger: Uploaded.").waitFor();
  await noBarriers(page);
  await page.getByRole("button", { name: "Sluta vänta" }).click();
  await page.getByText("Det som har kommit sparas.").waitFor();
  await page.getByRole("button", { name: "Sluta vänta" }).click();
  await page.getByText("Begäran avbröts här.").waitFor();
  await core.client.call("simulator.misbehave", { identity: "CP-1", quirks: [] });
  await page.getByText("Mer: vilken logg").click();
  await page.getByLabel("Från").fill("i går ungefär");
  expect(await page.getByRole("button", { name: "Hämta loggen" }).isDisabled()).toBe(true);
  await noBarriers(page);
  await page.getByLabel("Från").fill("2026-01-31 14:10");
  await page.getByRole("combobox", { name: "Protokoll" }).click();
  await page.getByRole("option", { name: "FTP", exact: true }).click();
  await page.getByRole("button", { name: "Hämta loggen" }).click();
  await page.getByText(/^Loggen är här: .* byte, med FTP\.$/).waitFor();
  await page.getByText("1 tidigare begäran").waitFor();
});
