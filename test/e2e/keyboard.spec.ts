import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { screens as allScreens } from "../../renderer/app/screens.ts";
import { english } from "../../renderer/i18n/catalogue.ts";
import { noBarriers } from "./checks.ts";
import { browserForFile, chargingStation, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();
const hasFocus = (what: Locator) => what.evaluate((element) => element === document.activeElement);

test("digits switch screens, but not while one types", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  for (const { id, digit } of allScreens.filter((screen) => screen.digit !== "")) {
    await page.keyboard.press(digit);
    await page.locator("[aria-current=page]").filter({ hasText: english.common.screens[id] }).waitFor();
  }
  await page.keyboard.press("4");
  await page.keyboard.press("/");
  const filter = page.getByRole("searchbox", { name: "Filter" });
  await expect.poll(() => hasFocus(filter)).toBe(true);
  await page.keyboard.type("1");
  await expect.poll(() => filter.inputValue()).toBe("1");
  await page.getByRole("heading", { name: "Messages", level: 1 }).waitFor();
});

test("the filter takes what is typed although its screen was still loading", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  const asked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  await page.route(/MessagesScreen[^/]*\.js$/, async (route) => {
    asked.resolve();
    await goOn.promise;
    await route.continue();
  });
  await page.keyboard.press("4");
  await page.keyboard.press("/");
  await asked.promise;
  goOn.resolve();
  await expect.poll(() => hasFocus(page.getByRole("searchbox", { name: "Filter" }))).toBe(true);
});

test("the palette takes what is typed although it was still loading, and no digit of it leads away", async () => {
  const core = await coreForTest();
  const page = await screens.open(core, { at: "settings" });
  const goOn = Promise.withResolvers<void>();
  await page.route(/PaletteDialog[^/]*\.js$/, async (route) => {
    await goOn.promise;
    await route.continue();
  });
  await page.reload();
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("ocpp 1.6x");
  await page.keyboard.press("Backspace");
  goOn.resolve();
  await expect.poll(() => page.getByRole("combobox", { name: "Find" }).inputValue()).toBe("ocpp 1.6");
  await page.getByRole("option", { name: "Start a virtual station, OCPP 1.6", selected: true }).waitFor();
  expect(new URL(page.url()).hash).toMatch(/^#\/settings/);
});

test("Ctrl+K finds a screen, a command and a station; Esc closes it and the focus is where it was", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1" });
  await virtualStation(core, { identity: "CP-2" });
  const page = await screens.open(core, { at: "settings" });
  const link = page.getByRole("link", { name: /^Tokens/ });
  await link.focus();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Find" });
  await palette.getByRole("option", { name: /Go to Messages/ }).waitFor();
  await page.keyboard.press("Escape");
  await palette.waitFor({ state: "hidden" });
  await expect.poll(() => hasFocus(link)).toBe(true);

  await page.keyboard.press("Control+k");
  await palette.getByRole("combobox").click();
  await page.mouse.click(5, 5);
  await palette.waitFor({ state: "hidden" });

  await page.keyboard.press("Control+k");
  await page.keyboard.type("messag");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Messages", level: 1 }).waitFor();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("CP-2");
  await palette.getByRole("option", { name: /Bring CP-2 into focus/ }).waitFor();
  await page.keyboard.type(" focus");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^CP-2/ }).waitFor();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("reset");
  await page.keyboard.press("Enter");
  await expect.poll(() => hasFocus(page.getByRole("button", { name: "Reset, soft" }))).toBe(true);
});

test("? and F1 show the help of the screen, which follows one to the next; Esc closes it, and the focus returns", async () => {
  const page = await screens.open(await coreForTest());
  const offer = page.getByRole("button", { name: "Try it with the virtual station" });
  await offer.focus();
  await page.keyboard.press("?");
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByRole("heading", { name: "Keys on the keyboard" }).waitFor();
  await drawer.getByRole("heading", { name: "Overview" }).waitFor();
  await noBarriers(page);
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "hidden" });
  await expect.poll(() => hasFocus(offer)).toBe(true);

  await page.keyboard.press("F1");
  await page.keyboard.press("4");
  await drawer.getByRole("heading", { name: "Messages" }).waitFor();
  await drawer.getByText("Every frame between the station and this laptop").waitFor();
  // The help is there before the screen has loaded.
  await page.getByRole("heading", { level: 1, name: "Messages" }).waitFor();
  await drawer.getByRole("button", { name: "All words" }).click();
  await drawer.getByRole("heading", { name: "All words" }).waitFor();
  await noBarriers(page);
});

test("a word of the glossary is found by Ctrl+K, in the language on screen", async () => {
  const page = await screens.open(await coreForTest(), { locale: "sv-SE" });
  await page.getByRole("button", { name: /^Hjälp/ }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("mätarställning");
  await page.getByRole("option", { name: /^Ord: Mätarställning/, selected: true }).waitFor();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary");
  await drawer.getByText("Mätarens tal som bara räknar uppåt.", { exact: false }).waitFor();
});

test("arrows walk the messages, Enter opens one, Esc leads back to its row", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "messages" });
  const rows = page.getByRole("list", { name: /^Messages/ }).getByRole("listitem");
  const last = rows.last().getByRole("button").first();
  await last.focus();
  await page.keyboard.press("Home");
  const boot = rows.filter({ hasText: "BootNotification" }).getByRole("button").first();
  await expect.poll(() => hasFocus(boot)).toBe(true);
  await page.keyboard.press("ArrowRight");
  await rows
    .filter({ hasText: "BootNotification" })
    .getByRole("button", { name: /Answer.*Accepted/ })
    .waitFor();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByText('"chargePointVendor": "Plugside"').waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => hasFocus(boot)).toBe(true);
});

test("the first Tab offers the way past the rail", async () => {
  const page = await screens.open(await coreForTest());
  await page.keyboard.press("Tab");
  const skip = page.getByRole("button", { name: "To the content" });
  await expect.poll(() => hasFocus(skip)).toBe(true);
  await page.keyboard.press("Enter");
  await expect.poll(() => hasFocus(page.getByRole("main"))).toBe(true);
});

test("each screen begins at its top, wherever one was on the one before", async () => {
  const page = await screens.open(await coreForTest(), { at: "settings" });
  const main = page.getByRole("main");
  const top = () => main.evaluate((element) => element.scrollTop);
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  const scrolled = () =>
    main.evaluate((element) => {
      element.scrollTo({ top: 300 });
      return element.scrollTop;
    });
  await expect.poll(scrolled).toBe(300);
  await page.getByRole("link", { name: /^Connection/ }).click();
  await page.getByRole("heading", { name: "Connection", level: 1 }).waitFor();
  const room = () => main.evaluate((element) => element.scrollHeight - element.clientHeight);
  await expect.poll(room).toBeGreaterThan(300);
  await expect.poll(top).toBe(0);
});
