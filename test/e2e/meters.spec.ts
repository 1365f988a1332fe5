import { expect, test } from "vitest";
import { noBarriers } from "./checks.ts";
import { browserForFile, chargingStation, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

test("each quantity has a chart that says what it shows, with a line for each phase", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "meters" });
  const current = page.getByRole("img", { name: /^Current/ });
  await current.waitFor();
  await expect.poll(() => current.getAttribute("aria-label")).toMatch(/L1: .*\sA.*L2: .*\sA.*L3: .*\sA/);
  const power = page.getByRole("img", { name: /^Power/ });
  await expect.poll(() => power.getAttribute("aria-label")).toMatch(/total: .*\skW/);
  const canvas = power.locator("canvas");
  await expect
    .poll(() => canvas.evaluate((element) => element instanceof HTMLCanvasElement && element.width > 300))
    .toBe(true);
  // Something is drawn: not every point of the picture is empty.
  await expect
    .poll(() =>
      canvas.evaluate((element) => {
        if (!(element instanceof HTMLCanvasElement)) return 0;
        const picture = element.getContext("2d")?.getImageData(0, 0, element.width, element.height).data;
        return picture?.some((byte) => byte !== 0) ? 1 : 0;
      }),
    )
    .toBe(1);
});

test("the table has the latest value of each measurand and phase, and it lives", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1", speed: 60 });
  const page = await screens.open(core, { at: "meters" });
  const table = page.getByRole("table", { name: "Latest values" });
  const row = (name: RegExp) => table.getByRole("row", { name });
  const phases = page.getByRole("table", { name: "Phases" });
  await phases
    .getByRole("row", { name: /^L1 / })
    .getByText(/^2\d\d\.\d\u202fV$/)
    .waitFor();
  const amperes = phases.getByRole("row", { name: /^L3 / }).getByText(/^\d+\.\d\u202fA$/);
  await amperes.click();
  await page.getByRole("complementary", { name: "Details" }).getByText('"MeterValues"').first().waitFor();
  const energy = row(/Energy to the car/).getByText(/kWh$/);
  const first = await energy.textContent();
  await expect.poll(() => energy.textContent()).not.toBe(first);

  await row(/Energy to the car/).click();
  await page.getByRole("complementary", { name: "Details" }).getByText('"MeterValues"').first().waitFor();
});

test("the chart stands still when told to, and goes on", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "meters" });
  await page.getByRole("img", { name: /^Power/ }).waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page
    .getByRole("status")
    .getByText(/^Paused: \d\d:\d\d:\d\d to \d\d:\d\d:\d\d/)
    .waitFor();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByText(/^Paused:/).waitFor({ state: "hidden" });
  await page.getByText("24 h", { exact: true }).click();
  await expect.poll(() => page.getByRole("radio", { name: "24 h" }).isChecked()).toBe(true);
});

test("a station that has measured nothing says what would fill the screen", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "meters" });
  await page.getByText("No values yet").waitFor();
  await page.getByText("Charts appear with the first MeterValues or TransactionEvent.").waitFor();
});

test("one cursor over all charts goes by the keys, from sample to sample and mark to mark, and says what is there", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1", speed: 60 });
  const page = await screens.open(core, { at: "meters" });
  const cursor = page.getByRole("slider", { name: "Power: cursor" });
  const said = async () => (await cursor.getAttribute("aria-valuetext")) ?? "";
  const moment = async () => Number(await cursor.getAttribute("aria-valuenow"));
  const energy = page.getByRole("list", { name: /^Energy/ });
  await expect.poll(() => page.getByRole("slider").count()).toBeGreaterThan(2);
  await page.getByRole("button", { name: "Pause" }).click();
  await cursor.focus();
  await expect.poll(said).toMatch(/^\d\d:\d\d:\d\d\. total \d+\.\d\d\u202fkW/);
  const last = await moment();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => moment()).toBeLessThan(last);
  const quiet = await said();
  await noBarriers(page);
  await expect.poll(() => said()).toBe(quiet);

  await page.keyboard.press("Home");
  const first = await moment();
  expect(first).toBeLessThan(last);
  // The other charts point at the same moment, with their values beside their lines.
  const values = await energy.textContent();
  // What was measured before the pause may have come after it.
  await page.keyboard.press("End");
  const end = await moment();
  expect(end).toBeGreaterThanOrEqual(last);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => moment()).toBe(end);
  await expect.poll(() => energy.textContent()).not.toBe(values);

  await page.keyboard.press("Control+ArrowLeft");
  await expect.poll(said).toMatch(/(Status|Card|Command): |Transaction \d+ started/);
  await page.getByText(/^\d\d:\d\d:\d\d (Status|Card|Command): .|^\d\d:\d\d:\d\d Transaction \d+ started/).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => said()).toBe("The cursor points nowhere.");
  await expect.poll(() => cursor.evaluate((element) => element === document.activeElement)).toBe(true);
});

test("phases and marks are hidden and shown again in all charts", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "meters" });
  const current = page.getByRole("img", { name: /^Current/ });
  const said = () => current.getAttribute("aria-label");
  await expect.poll(said).toMatch(/L1: .*L2: .*L3: /);
  const chips = page.getByRole("group", { name: "What is shown" });
  const one = chips.getByRole("button", { name: "L1" });
  await one.click();
  await expect.poll(said).not.toMatch(/L1: /);
  await expect.poll(said).toMatch(/L2: .*L3: /);
  expect(await one.getAttribute("aria-pressed")).toBe("false");
  await chips.getByRole("button", { name: "Marks" }).click();
  await noBarriers(page);
  await one.click();
  await expect.poll(said).toMatch(/L1: .*L2: .*L3: /);
});
