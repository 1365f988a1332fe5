import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { english } from "../../renderer/i18n/catalogue.ts";
import { swedish } from "../../renderer/i18n/swedish.ts";
import { phrases } from "../../src/words/en/phrases.ts";
import { phrases as swedishPhrases } from "../../src/words/sv/phrases.ts";

const screens = new URL("../../dist/screens/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, screens), "utf8");

test.each([
  ["English", [english.connection.waitingTitle, phrases["port-gone"]]],
  ["Swedish", [swedish.connection.waitingTitle, swedishPhrases["port-gone"]]],
])("the scripts of the first load with the words of %s are under 250 kB compressed", (_language, words) => {
  const scripts = [...read("index.html").matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, name = ""]) => name);
  const assets = readdirSync(new URL("assets", screens)).map((name) => `assets/${name}`);
  // What the screens say, and what the core says: in one file or two.
  const spoken = words.map((word) => assets.filter((name) => name.endsWith(".js") && read(name).includes(word)));
  expect(spoken.map(({ length }) => length)).toEqual([1, 1]);
  const sizes = [...new Set([...scripts, ...spoken.flat()])].map((name) => gzipSync(read(name), { level: 9 }).length);
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000);
});
