import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { pseudonymKey, pseudonyms } from "./pseudonyms.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "plugside-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test("the same value has the same name in one folder, and another in another", () => {
  const one = folder();
  const names = pseudonyms(pseudonymKey(one));
  expect(names.secret("hunter2")).toMatch(/^secret-[0-9a-f]{8}$/);
  expect(names.card("04AA")).toMatch(/^card-[0-9a-f]{8}$/);
  expect(pseudonyms(pseudonymKey(one)).card("04AA")).toBe(names.card("04AA"));
  expect(names.card("04AB")).not.toBe(names.card("04AA"));
  expect(names.card(names.card("04AA"))).toBe(names.card("04AA"));
  expect(pseudonyms(pseudonymKey(folder())).card("04AA")).not.toBe(names.card("04AA"));
});

test.skipIf(process.platform === "win32")("the key is its owner's alone", () => {
  const path = folder();
  pseudonymKey(path);
  if (process.platform !== "win32") expect(statSync(join(path, "pseudonyms.key")).mode & 0o777).toBe(0o600);
});

test("a file that holds no key is said so", () => {
  const path = folder();
  writeFileSync(join(path, "pseudonyms.key"), "short");
  expect(() => pseudonymKey(path)).toThrow("holds no key");
});
