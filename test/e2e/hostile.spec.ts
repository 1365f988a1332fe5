import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { rawStation } from "../harness/stations/raw-station.ts";
import { noOverflow } from "./checks.ts";
import { browserForFile, coreForTest, goTo } from "./harness.ts";

const screens = browserForFile();

/** Signs that turn the writing round or cannot be seen, markup, and letters that are written from right to left. */
const hostile = "\u202eevil\u2066\u200b\x1b[2J<img src=x onerror=alert(1)>\u{e0041} שלום";
const unseen = /[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const secret = "Hunter2Hunter2";

/** Everything on the page that is read, also the names for those who do not see it. */
function allTexts(page: Page): Promise<string> {
  return page.evaluate(() => {
    const told = [...document.querySelectorAll("[title], [aria-label]")].map(
      (element) => `${element.getAttribute("title") ?? ""} ${element.getAttribute("aria-label") ?? ""}`,
    );
    return [document.body.innerText, ...told].join("\n");
  });
}

test("what a station says does not turn a screen round, hide in it, or act in it", async () => {
  const core = await coreForTest();
  const station = await rawStation(`${core.stations}CP-1`);
  const long = `${hostile} ${"x".repeat(400)}`;
  await station.ask("BootNotification", {
    chargePointVendor: long,
    chargePointModel: hostile,
    firmwareVersion: hostile,
    [hostile]: 1,
  });
  await station.ask("StatusNotification", {
    connectorId: 1,
    status: "Faulted",
    errorCode: hostile,
    info: hostile,
    vendorErrorCode: hostile,
    vendorId: hostile,
  });
  await station.ask("Authorize", { idTag: hostile });
  await station.ask("StartTransaction", {
    connectorId: 1,
    idTag: hostile,
    meterStart: 0,
    timestamp: new Date().toISOString(),
  });
  const value = [{ value: "1", measurand: hostile, phase: hostile, location: hostile, unit: "A" }];
  await station.ask("MeterValues", {
    connectorId: 1,
    meterValue: [{ timestamp: new Date().toISOString(), sampledValue: value }],
  });
  await station.ask("Heartbeat", {});
  station.send(JSON.stringify([2, "odd", hostile, {}]));
  await station.next();
  station.send(hostile);

  const page = await screens.open(core, { at: "overview" });
  await page.getByText("x… (", { exact: false }).first().waitFor();
  await page.getByText("\\u202eevil\\u2066").first().waitFor();
  for (const route of ["overview", "messages", "findings", "history", "meters", "tokens"]) {
    await goTo(page, `${route}?station=CP-1`);
    await page.locator("main").getByText("evil", { exact: false }).first().waitFor({ state: "attached" });
    expect(await allTexts(page), route).not.toMatch(unseen);
    expect(await page.locator("img[src='x']").count(), route).toBe(0);
    await noOverflow(page);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${route}.png` });
  }
  await goTo(page, "messages?station=CP-1");
  await page.getByRole("button", { name: /evil/ }).last().click();
  await page.getByRole("heading", { name: /^Frame \d+$/ }).waitFor();
  expect(await allTexts(page)).not.toMatch(unseen);
});

test("a frame's passwords are hidden until they are asked for, and are not copied before", async () => {
  const core = await coreForTest();
  const station = await rawStation(`${core.stations}CP-1`);
  await station.ask("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  await station.ask("DataTransfer", { vendorId: "V", messageId: "SetWifi", data: `{"password":"${secret}"}` });
  const page = await screens.open(core, { at: "messages?station=CP-1" });
  await page.getByRole("button", { name: /SetWifi/ }).click();
  await page.getByText("Passwords, keys and pins are hidden.").waitFor();
  expect(await allTexts(page)).not.toContain(secret);
  await page.getByRole("button", { name: "Copy the raw text" }).first().click();
  await page.getByText("Copied").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("•••");
  await page.getByRole("button", { name: "Show them" }).click();
  await page.getByText(secret).first().waitFor();
  await page.getByRole("button", { name: "Hide them" }).click();
  await expect.poll(() => allTexts(page)).not.toContain(secret);
});
