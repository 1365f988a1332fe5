import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readFileText, readJsonText } from "./json-argument.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugside-json-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["UTF-8", Buffer.from('{"a":"å"}')],
  ["UTF-8 with a mark, as Notepad writes it", Buffer.from('\uFEFF{"a":"å"}')],
  ["UTF-16, as PowerShell 5.1 writes it", Buffer.from('\uFEFF{"a":"å"}', "utf16le")],
])("reads a file in %s", (_name, bytes) => {
  const path = join(folder, "in.json");
  writeFileSync(path, bytes);
  expect(readJsonText(`@${path}`)).toBe('{"a":"å"}');
});

test("takes what stands there as it is", () => {
  expect(readJsonText('{"a":1}')).toBe('{"a":1}');
});

test("says which file cannot be read, or is too large", () => {
  const path = join(folder, "large");
  writeFileSync(path, "12345");
  expect(() => readJsonText(`@${join(folder, "none")}`)).toThrow(/none cannot be read: ENOENT/);
  expect(() => readFileText(path, 4)).toThrow(`${path} is larger than 4 bytes.`);
  expect(readFileText(path, 5)).toBe("12345");
});
