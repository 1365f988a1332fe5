import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { writeLinkPage } from "./launch/link-page.mjs";

test("the page leads to the link, and only its user can read it, whatever was there before", () => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-link-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "open.html"), "old", { mode: 0o644 });
  const path = writeLinkPage(folder, "http://127.0.0.1:1/open/a-b_c");
  expect(readFileSync(path, "utf8")).toContain('http-equiv="refresh" content="0; url=http://127.0.0.1:1/open/a-b_c"');
  if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("the page is gone after a minute, and with the process; what is odd in a link stays in it", () => {
  vi.useFakeTimers();
  const exits = vi.spyOn(process, "once").mockReturnThis();
  const folder = mkdtempSync(join(tmpdir(), "plugside-link-"));
  onTestFinished(() => {
    vi.useRealTimers();
    rmSync(folder, { recursive: true });
  });
  const path = writeLinkPage(folder, 'http://127.0.0.1:1/?a=1&b="');
  expect(readFileSync(path, "utf8")).toContain('url=http://127.0.0.1:1/?a=1&amp;b=&quot;"');
  vi.advanceTimersByTime(59_999);
  expect(existsSync(path)).toBe(true);
  vi.advanceTimersByTime(1);
  expect(existsSync(path)).toBe(false);
  writeLinkPage(folder, "http://127.0.0.1:1/");
  const [, leave] = exits.mock.calls.findLast(([event]) => event === "exit") ?? [];
  (leave as () => void)();
  expect(existsSync(path)).toBe(false);
});
