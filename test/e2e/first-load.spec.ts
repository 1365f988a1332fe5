import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { english } from "../../renderer/i18n/catalogue.ts";
import { swedish } from "../../renderer/i18n/swedish.ts";

const screens = new URL("../../dist/screens/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, screens), "utf8");

test.each([
  ["English", english.connection.waitingTitle],
  ["Swedish", swedish.connection.waitingTitle],
])("the scripts of the first load with the words of %s are under 250 kB compressed", (_language, words) => {
  const scripts = [...read("index.html").matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, name = ""]) => name);
  const catalogue = readdirSync(new URL("assets", screens))
    .map((name) => `assets/${name}`)
    .filter((name) => name.endsWith(".js") && read(name).includes(words));
  expect(catalogue.length).toBe(1);
  const sizes = [...new Set([...scripts, ...catalogue])].map((name) => gzipSync(read(name), { level: 9 }).length);
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000);
});
