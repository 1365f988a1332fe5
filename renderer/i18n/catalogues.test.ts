import { describe, expect, it } from "vitest";
import { english as words } from "../../src/words/english.ts";
import { swedish as ord } from "../../src/words/swedish.ts";
import { english as catalogue } from "./catalogue.ts";
import { swedish as katalog } from "./swedish.ts";

type Pair = { key: string; en: string; sv: string };

/** Every text in both languages, by where it stands. */
function pairsOf(en: unknown, sv: unknown, key: string): Pair[] {
  if (typeof en === "string" && typeof sv === "string") return [{ key, en, sv }];
  if (typeof en !== "object" || en === null) return [];
  return Object.entries(en).flatMap(([name, one]) =>
    pairsOf(one, (sv as Record<string, unknown> | undefined)?.[name], `${key}.${name}`),
  );
}

const pairs = [...pairsOf(words, ord, "words"), ...pairsOf(catalogue, katalog, "screens")];

const holesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);

/** Numbers and what stands in a hole, each with the unit behind it; 1,000 and 1 000 are the same number, 1.5 and 1,5 too. */
function measuresOf(text: string): string[] {
  const plain = text
    .replace(/(\d)[,\u00a0\u202f ](\d{3})(?!\d)/g, "$1$2")
    .replace(/(\d),(\d)/g, "$1.$2")
    .replace(/\b(sekund|second)s?(er)?\b/g, "s")
    .replace(/\{\{\w+\}\}/g, "#");
  const found = plain.matchAll(
    /(#|\d[\d.]*\d|\d)(?:\s*(%|ms|s|min|h|kB|MB|GB|KiB|MiB|kWh|kW|Wh|W|A|V|Hz|°C)(?![\p{L}\d]))?/gu,
  );
  return [...found].map(([, number, unit]) => `${number} ${unit ?? ""}`).sort();
}

/** A bound in English, and its word in Swedish. */
const bounds: [RegExp, RegExp][] = [
  [/\bat (the )?most\b/i, /(?<!\p{L})högst(?!\p{L})/iu],
  [/\bat (the )?least\b/i, /(?<!\p{L})(minst|åtminstone)(?!\p{L})/iu],
];

/** The texts for which both languages do not say the same. */
const differing = (told: (text: string) => unknown[]) => pairs.filter(({ en, sv }) => `${told(en)}` !== `${told(sv)}`);

describe("each text in English and in Swedish", () => {
  it("is there", () => expect(pairs.length).toBeGreaterThan(2500));

  it("has the same holes, in the same order", () => expect(differing(holesOf)).toEqual([]));

  it("has the same numbers, with the same units", () => expect(differing(measuresOf)).toEqual([]));

  it("has the same bounds: at most, at least", () => {
    const wrong = pairs.filter(({ en, sv }) => bounds.some(([inEn, inSv]) => inEn.test(en) && !inSv.test(sv)));
    expect(wrong).toEqual([]);
  });

  it("is another text, but for names, notation and what is the same word in both", async () => {
    const alike = pairs.filter(({ en, sv }) => en === sv && /\p{L}/u.test(en.replace(/\{\{\w+\}\}/g, "")));
    await expect(`${alike.map(({ key, en }) => `${key}: ${en}`).join("\n")}\n`).toMatchFileSnapshot("told/alike.txt");
  });
});
