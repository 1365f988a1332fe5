import { readFileSync } from "node:fs";
import type { Download, Page } from "playwright-core";
import { expect, test } from "vitest";
import { noBarriers } from "./checks.ts";
import { browserForFile, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

/** What the button brings, in a form, as its lines. */
async function take(page: Page, form: RegExp): Promise<{ name: string; lines: string[] }> {
  const item = page.getByRole("button", { name: form });
  await item.waitFor();
  await noBarriers(page);
  const [download] = await Promise.all([page.waitForEvent("download"), item.click()]);
  return linesOf(download);
}

async function linesOf(download: Download) {
  const text = readFileSync(await download.path(), "utf8");
  return { name: download.suggestedFilename(), lines: text.trimEnd().split("\n") };
}

test("messages are exported as they are filtered on screen", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "messages" });
  const rows = page.getByRole("list", { name: /^Messages/ }).getByRole("listitem");
  await rows.filter({ hasText: "BootNotification" }).waitFor();
  await page.getByRole("searchbox", { name: "Filter" }).fill("action:StatusNotification,BootNotification");
  await rows.filter({ hasText: "Heartbeat" }).first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const { name, lines } = await take(page, /^JSON/);
  expect(name).toMatch(/^plugside-CP-1-frames-\d{8}-\d{4}\.ndjson$/);
  const actions = lines.map((line) => (JSON.parse(line) as { action: string }).action);
  expect([...new Set(actions)].sort()).toEqual(["BootNotification", "StatusNotification"]);
  expect(actions.length).toBe((await rows.count()) * 2);
  await page.getByText(`${name} is being fetched.`).waitFor();
});

test("the palette exports what is shown, by keyboard alone, on each screen with a list", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "history", locale: "sv-SE" });
  for (const [at, kind, head] of [
    ["history", "history", '"time","station","kind","what","frame"'],
    ["connection", "attempts", '"time","address","identity","passed","state","times","causes"'],
  ] as const) {
    await page.goto(`${page.url().split("#")[0]}#/${at}?station=CP-1`);
    await page.getByRole("button", { name: "Exportera" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: /^Sök|^Hitta|kommando/ }).fill("exportera");
    await page.getByRole("option", { name: /Exportera det som visas/, selected: true }).waitFor();
    await page.keyboard.press("Enter");
    const first = page.getByRole("button", { name: /^JSON/ });
    await expect.poll(() => first.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Tab");
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    const { name, lines } = await linesOf(download);
    expect(name).toMatch(new RegExp(`-${kind}-.*\\.csv$`));
    expect(lines[0]).toBe(head);
    expect(lines.length).toBeGreaterThan(1);
  }
});
