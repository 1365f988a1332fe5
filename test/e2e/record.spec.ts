import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { browserForFile, coreForTest } from "./harness.ts";

const screens = browserForFile();

describe("a record that cannot be written", () => {
  it.each([
    ["en", "Another file lies at", "was removed, renamed or unmounted", "Seen"],
    ["sv", "En annan fil ligger i", "togs bort, bytte namn eller kopplades bort", "Jag har sett det"],
  ])("is told over everything, and what befell it until it was seen (%s)", async (locale, replaced, remade, seen) => {
    const core = await coreForTest();
    const page = await screens.open(core, { locale });
    const path = join(core.folder, "plugside.db");
    renameSync(path, `${path}.mine`);
    writeFileSync(path, "somebody else's");
    const alert = page.getByRole("alert");
    await alert.filter({ hasText: replaced }).waitFor();
    rmSync(path);
    const notice = page.getByRole("status").filter({ hasText: new RegExp(remade) });
    await notice.waitFor();
    await alert.waitFor({ state: "detached" });
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/${locale}.png` });
    await notice.getByRole("button", { name: seen }).click();
    await notice.waitFor({ state: "detached" });
    expect((await page.getByRole("alert").all()).length).toBe(0);
  });
});
