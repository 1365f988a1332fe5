import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { noBarriers, noOverflow } from "./checks.ts";
import { browserForFile, coreForTest, startVirtual } from "./harness.ts";

const screens = browserForFile();

function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some((one) => one.family === "IPv4" && !one.internal));
}

test("without a station, the address to type is there to read and to copy", async () => {
  const core = await coreForTest("0.0.0.0:0");
  const page = await screens.open(core);
  await page.getByRole("heading", { name: "Waiting for a station", level: 1 }).waitFor();
  // A machine on no network has its own address only, folded away.
  if (!hasNetwork()) await page.getByText("more address").click();
  const address = page.getByRole("listitem").filter({ has: page.getByRole("code") });
  const text = await address.first().getByRole("code").textContent();
  const port = new URL(core.stations).port;
  expect(text).toMatch(new RegExp(`^ws://[0-9.]+:${port}/$`));

  await address.first().getByRole("button", { name: "Copy" }).click();
  await address.first().getByRole("button", { name: "Copied" }).waitFor();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  expect(
    await page
      .getByRole("main")
      .getByRole("listitem")
      .filter({ hasNot: page.getByRole("code") })
      .allTextContents(),
  ).toEqual([
    "Put the laptop and the station on the same network: a cable between them is enough.",
    "In the station's settings, choose OCPP 1.6 JSON, 2.0.1 or 2.1 and the security profile, and type the address above that goes with it.",
    "Save and restart the station. It appears here by itself.",
  ]);
  await noBarriers(page);
  await noOverflow(page);
});

test("one click on the virtual station gives a station that charges", async () => {
  const page = await screens.open(await coreForTest());
  await page.getByRole("button", { name: "Try it with the virtual station" }).click();
  const connector = page.getByRole("region", { name: "Connector 1" });
  await connector.getByText("Charging", { exact: true }).waitFor();
  await expect.poll(() => page.getByRole("heading", { name: "virtual-1", level: 2 }).count()).toBe(1);
});

test("a station that connects takes the waiting screen's place by itself", async () => {
  const core = await coreForTest();
  const page = await screens.open(core);
  await page.getByRole("heading", { name: "Waiting for a station" }).waitFor();
  await startVirtual(core, { identity: "CP-1", ocpp: "2.1" });
  await page.getByRole("heading", { name: "CP-1", level: 2 }).waitFor();
  await page.getByRole("banner").getByText("Available").waitFor();
});
