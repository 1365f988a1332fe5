import { expect, test } from "vitest";
import { screens as allScreens, screenGroups } from "../../renderer/app/screens.ts";
import { browserForFile, coreForTest, goTo, virtualStation } from "./harness.ts";

const screens = browserForFile();
/** What is open in the rail follows from the group of the screen in view. */
const oneOfEach = [...screenGroups, undefined].flatMap(
  (group) => allScreens.find((one) => one.place?.group === group) ?? [],
);

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

test.each([
  { theme: "light", width: 1366, height: 768 },
  { theme: "sunlight", width: 1366, height: 768 },
  { theme: "sunlight", width: 1024, height: 700 },
] as const)(
  "all that is open in the rail is seen at once: $theme, $width x $height",
  async ({ theme, width, height }) => {
    const core = await coreForTest();
    await core.client.call("settings.change", { theme });
    await virtualStation(core, { identity: "CP-1" });
    const page = await screens.open(core, { locale: "sv-SE", viewport: { width, height } });
    const rail = page.getByRole("region", { name: "Laddstationer och skärmar" });
    const beyond = () =>
      rail.evaluate((e) => [Math.max(0, e.scrollWidth - e.clientWidth), Math.max(0, e.scrollHeight - e.clientHeight)]);
    const lowest = () =>
      rail
        .getByRole("link")
        .evaluateAll((links) => Math.min(...links.map((link) => link.getBoundingClientRect().height)));
    await rail.getByRole("button", { name: /^CP-1/ }).waitFor();
    for (const { id } of oneOfEach) {
      await goTo(page, id);
      await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
      await expect.poll(beyond, { message: id }).toEqual([0, 0]);
      expect(await lowest(), id).toBeGreaterThanOrEqual(40);
    }
  },
);

test("where not all groups fit one is folded, and its head tells who was turned away", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { viewport: { width: 1366, height: 560 }, at: "faults" });
  const head = page.getByRole("button", { name: /^This laptop/ });
  await expect.poll(() => head.getAttribute("aria-expanded")).toBe("false");
  await core.client.call("access.setPassword", { identity: "NEW-3", form: "text", password: "0123456789abcdef" });
  new WebSocket(`${core.stations}NEW-3`, ["ocpp1.6"]);
  await page.getByRole("button", { name: /^This laptop 1 was turned away/ }).waitFor();
  await goTo(page, "overview");
  await expect.poll(() => head.getAttribute("aria-expanded")).toBe("true");
});
