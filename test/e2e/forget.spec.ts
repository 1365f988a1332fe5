import { expect, test } from "vitest";
import { english } from "../../renderer/i18n/catalogue.ts";
import { swedish } from "../../renderer/i18n/swedish.ts";
import { until } from "../harness/client.ts";
import { noBarriers, noEnglish, noOverflow, noRawKeys } from "./checks.ts";
import { browserForFile, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

test.each([
  { locale: "en-GB", words: english.stations.forget, cancel: english.common.cancel },
  { locale: "sv-SE", words: swedish.stations.forget, cancel: swedish.common.cancel },
])("a station is forgotten in place, after it is said what goes and what stays ($locale)", async (language) => {
  const { locale, words, cancel } = language;
  const core = await coreForTest();
  await virtualStation(core, { identity: "STAYS" });
  await virtualStation(core, { identity: "GONE" });
  const page = await screens.open(core, { locale, at: "overview?station=GONE" });
  const button = page.getByRole("button", { name: words.verb });
  await expect.poll(() => button.isDisabled()).toBe(true);
  await core.client.call("simulator.stop", { identity: "GONE" });
  await expect.poll(() => button.isEnabled()).toBe(true);
  await button.click();
  await page.getByText(words.stays).waitFor();
  await page.getByText(words.sentence.replace("{{identity}}", "GONE")).waitFor();
  await noBarriers(page);
  await noOverflow(page);
  await noRawKeys(page);
  if (locale === "sv-SE") await noEnglish(page);
  await page.getByRole("button", { name: cancel }).click();
  expect(await page.getByText(words.stays).count()).toBe(0);
  await button.click();
  await page.getByText(words.stays).waitFor();
  await button.click();
  await page.getByRole("heading", { name: "STAYS", level: 1 }).waitFor({ state: "attached" });
  expect((await until(core.client, "stations.list", {}, () => true)).map(({ identity }) => identity)).toEqual([
    "STAYS",
  ]);
});
