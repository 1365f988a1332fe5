import type { Page } from "playwright-core";
import { beforeAll, describe, test } from "vitest";
import { screens as allScreens } from "../../renderer/app/screens.ts";
import { noBarriers, noEnglish, noOverflow, noRawKeys } from "./checks.ts";
import {
  act,
  browserForFile,
  chargingStation,
  goTo,
  type RunningCore,
  runCore,
  settled,
  virtualStation,
} from "./harness.ts";

const screens = browserForFile();
const languages = [
  { language: "English", locale: "en-GB" },
  { language: "Swedish", locale: "sv-SE" },
] as const;
// Words do not depend on the theme, nor colours on the language: each is seen once.
const walks = [
  { ...languages[0], colorScheme: "light" },
  { ...languages[1], colorScheme: "dark" },
] as const;
const small = { width: 1366, height: 768 };
const large = { width: 1920, height: 1080 };

/** Reads the screen in both sizes. `barriersAt`: where it is looked at for barriers too, if at all, which takes as long as all the rest. */
async function check(page: Page, locale: string, barriersAt?: typeof small): Promise<void> {
  for (const size of [large, small]) {
    await page.setViewportSize(size);
    await noRawKeys(page);
    await noOverflow(page);
    if (barriersAt === size) await noBarriers(page);
    if (locale === "sv-SE") await noEnglish(page);
  }
}

describe("without a station", () => {
  let core: RunningCore;
  beforeAll(async () => {
    core = await runCore("0.0.0.0:0");
    return () => core.stop();
  });

  test.each(walks)("every screen in $language, $colorScheme, in both sizes", async ({ locale, colorScheme }) => {
    const page = await screens.open(core, { locale, colorScheme });
    for (const { id } of allScreens) {
      await goTo(page, id);
      await settled(page);
      await check(page, locale, colorScheme === "light" ? small : undefined);
    }
  });
});

describe("with one station that charges and one that is faulted", () => {
  let core: RunningCore;
  beforeAll(async () => {
    core = await runCore();
    await chargingStation(core, { identity: "SE-GBG-0042", connectors: 2 });
    await act(core, "SE-GBG-0042", "fault", "GroundFailure", 2);
    await virtualStation(core, { identity: "SE-GBG-0043", ocpp: "2.0.1" });
    await core.client.call("tokens.save", { value: "04A1B2C3", status: "Accepted", group: "G1" });
    await core.client.call("tokens.save", { value: "DEADBEEF", status: "Accepted", expiry: "2025-01-01T00:00:00Z" });
    for (const identity of ["SE-GBG-0042", "SE-GBG-0043"])
      await core.client.call("stations.command", { identity, command: { name: "trigger", message: "Heartbeat" } });
    return () => core.stop();
  });

  test.each(walks)("every screen in $language, $colorScheme, in both sizes", async ({ locale, colorScheme }) => {
    const page = await screens.open(core, { locale, colorScheme });
    for (const { id } of allScreens) {
      await goTo(page, `${id}?station=SE-GBG-0042`);
      await settled(page);
      await check(page, locale, colorScheme === "dark" ? large : small);
    }
  });

  test.each(languages)("drawers and palette in $language", async ({ locale }) => {
    const page = await screens.open(core, { locale });
    await page.keyboard.press("?");
    await check(page, locale, small);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await check(page, locale, small);
    await page.keyboard.press("Escape");
    await goTo(page, "messages?station=SE-GBG-0042&filter=BootNotification");
    await page
      .getByRole("list")
      .getByRole("button", { name: /BootNotification/ })
      .click();
    await page.getByText('"chargePointVendor": "Plugside"').waitFor();
    await check(page, locale, small);
  });
});
