import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeLinkPage } from "./launch/link-page.mjs";

test("the page leads to the link, and only its user can read it, whatever was there before", () => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-link-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "open.html"), "old", { mode: 0o644 });
  const path = writeLinkPage(folder, "http://127.0.0.1:1/open/a-b_c");
  expect(readFileSync(path, "utf8")).toContain('http-equiv="refresh" content="0; url=http://127.0.0.1:1/open/a-b_c"');
  if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
});
