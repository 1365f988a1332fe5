import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openSecrets } from "./secrets.ts";

function path(): string {
  const folder = mkdtempSync(join(tmpdir(), "plugside-secrets-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "inner", "secrets.json");
}

test("a secret is there again, and its file is its owner's alone", () => {
  const file = path();
  openSecrets(file).set("a", "hemligt");
  expect(openSecrets(file).get("a")).toBe("hemligt");
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a forgotten secret is gone from the file", () => {
  const file = path();
  const secrets = openSecrets(file);
  secrets.set("a", "hemligt");
  secrets.set("a", undefined);
  expect(readFileSync(file, "utf8")).toBe("{}");
});

test("a damaged file holds none, and can be written again", () => {
  const file = path();
  openSecrets(file).set("a", "1");
  writeFileSync(file, "[}");
  const secrets = openSecrets(file);
  expect(secrets.get("a")).toBeUndefined();
  secrets.set("b", "2");
  expect(openSecrets(file).get("b")).toBe("2");
});

test.each(["null", "7", '"a"'])("a file of something else holds none: %s", (text) => {
  const file = path();
  openSecrets(file).set("a", "1");
  writeFileSync(file, text);
  expect(openSecrets(file).get("a")).toBeUndefined();
  writeFileSync(file, '{"a":7,"b":"2","c":null}');
  const some = openSecrets(file);
  expect(["a", "b", "c"].map(some.get)).toEqual([undefined, "2", undefined]);
});

test("where there is none no file is made, also when one is to be forgotten or all are to be written again", () => {
  const file = path();
  const secrets = openSecrets(file);
  secrets.set("a", undefined);
  secrets.writeAgain();
  expect(existsSync(file)).toBe(false);
});

test("they are written again when their file is gone", () => {
  const file = path();
  const secrets = openSecrets(file);
  secrets.set("a", "hemligt");
  rmSync(file);
  secrets.writeAgain();
  expect(openSecrets(file).get("a")).toBe("hemligt");
});
