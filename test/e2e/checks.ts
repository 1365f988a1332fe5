import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { english } from "../../renderer/i18n/catalogue.ts";
import { swedish } from "../../renderer/i18n/swedish.ts";
import { causes } from "../../src/words/en/causes.ts";
import { rules } from "../../src/words/en/findings.ts";
import { phrases } from "../../src/words/en/phrases.ts";
import { causes as swedishCauses } from "../../src/words/sv/causes.ts";
import { findings as swedishFindings } from "../../src/words/sv/findings.ts";
import { phrases as swedishPhrases } from "../../src/words/sv/phrases.ts";
import { flatten } from "../harness/rules/catalogues.ts";

/** Fails where axe finds something that keeps somebody out. */
export async function noBarriers(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary ?? ""}`),
  }));
  expect(found, "barriers").toEqual([]);
}

/** Fails where the window or one of its regions is wider than what shows it, or where text runs out of its place. */
export async function noOverflow(page: Page): Promise<void> {
  // A chart follows the window's width one frame later.
  await expect.poll(() => page.evaluate(tooWide), { message: "too wide for its place", timeout: 3000 }).toEqual([]);
}

/** Runs in the page: what is wider than its place. Text that ends in dots on purpose, and what scrolls by design, is none of it. */
function tooWide(): string[] {
  function beyond(region: Element): string[] {
    const edge = region.getBoundingClientRect().left + region.clientWidth;
    return [...region.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > edge + 1)
      .map((element) => `<${element.localName} ${element.className}> ${element.textContent.slice(0, 60)}`);
  }
  const found: string[] = [];
  const regions = document.querySelectorAll("html, body, main, header, section, aside, nav");
  for (const region of regions) {
    const { overflowX } = getComputedStyle(region);
    const scrolls = overflowX === "auto" || overflowX === "scroll";
    if (region.scrollWidth > region.clientWidth + 1 && (scrolls || region.matches("html, body, main")))
      found.push(
        `<${region.localName}> ${region.scrollWidth} > ${region.clientWidth}: ${beyond(region).slice(0, 3).join(" ")}`,
      );
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const words = text.textContent?.trim() ?? "";
    const { parentElement } = text;
    if (words === "" || !parentElement?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (parentElement.closest(".visually-hidden, svg, script, style")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    let dotted = false;
    for (let around: Element | null = parentElement; around; around = around.parentElement) {
      const style = getComputedStyle(around);
      dotted = style.textOverflow === "ellipsis" && style.overflowX !== "visible";
      if (dotted || style.overflowX === "auto" || style.overflowX === "scroll") break;
      if (style.overflowX === "visible") continue;
      const place = around.getBoundingClientRect();
      // Wholly outside is hidden on purpose, as the lines of the wire that do not fit.
      const outside = box.left >= place.right || box.right <= place.left || box.top >= place.bottom - 1;
      if (!outside && (box.right > place.right + 1 || box.left < place.left - 1)) found.push(`"${words}" is cut`);
      break;
    }
    const leaves = box.left < window.innerWidth && box.right > window.innerWidth + 1;
    if (leaves && !dotted) found.push(`"${words}" leaves the window`);
  }
  return found;
}

/** Fails where the border of something that one presses or types in stands out by less than 3:1 from what is round it, as the browser
 * computes it; something filled may stand out by what fills it. */
export async function noFaintBorders(page: Page): Promise<void> {
  expect(await page.evaluate(faintBorders), "borders under 3:1").toEqual([]);
}

/** Runs in the page. */
function faintBorders(): string[] {
  function colour(text: string): number[] | null {
    const [r = 0, g = 0, b = 0, a = 1] = (/\(([^)]+)\)/.exec(text)?.[1] ?? "").split(/[ ,/]+/).map(Number);
    return a === 0 || !text.startsWith("rgb") ? null : [r, g, b];
  }
  function light(rgb: number[]): number {
    const [r = 0, g = 0, b = 0] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  }
  function ratio(one: number[] | null, other: number[]): number {
    if (!one) return 0;
    const [a, b] = [light(one), light(other)];
    return a > b ? a / b : b / a;
  }
  function groundOf(element: Element | null): number[] {
    for (let at = element; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found) return found;
    }
    return [255, 255, 255];
  }
  const found: string[] = [];
  const controls = "button, input, textarea, select, .mantine-SegmentedControl-root, .mantine-Input-input";
  for (const control of document.querySelectorAll<HTMLElement>(controls)) {
    const style = getComputedStyle(control);
    const seen = control.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const bordered = [style.borderLeftWidth, style.borderBottomWidth].every((width) => Number.parseFloat(width) > 0);
    const isText = control.matches("button") && colour(style.borderBottomColor) === null;
    if (!seen || control.matches(":disabled") || !bordered || isText) continue;
    const ground = groundOf(control.parentElement);
    const best = Math.max(ratio(colour(style.borderBottomColor), ground), ratio(colour(style.backgroundColor), ground));
    if (best < 3) found.push(`${best.toFixed(2)} ${control.getAttribute("aria-label") ?? control.textContent}`);
  }
  return found;
}

/** Fails where a key of the catalogue, or a hole that was not filled, stands in place of words. */
export async function noRawKeys(page: Page): Promise<void> {
  const blocks = Object.keys(english).join("|");
  const key = new RegExp(`^(${blocks})(\\.[A-Za-z][\\w-]*)+$|\\{\\{|\\bundefined\\b|\\bNaN\\b|\\[object `);
  expect((await textsOf(page)).filter((text) => key.test(text))).toEqual([]);
}

/** Fails where a Swedish screen says something in English: any text of the English catalogue that reads otherwise in Swedish. */
export async function noEnglish(page: Page): Promise<void> {
  const texts = (await textsOf(page)).map(withoutQuotes);
  expect(texts.filter((text) => sayings.some((saying) => saying.test(text)))).toEqual([]);
}

/** Fails where a Swedish screen says a phrase of the core in English, beside what was sent too. What was sent is not looked at. */
export async function noEnglishPhrases(page: Page): Promise<void> {
  const texts = (await textsOf(page, "script, style, pre")).map(withoutQuotes);
  expect(texts.filter((text) => phraseSayings.some((saying) => saying.test(text)))).toEqual([]);
}

/** What stands in quotation marks is somebody else's: the station's, the system's, a library's. */
function withoutQuotes(text: string): string {
  return text.replace(/”[^”]*”/g, "””");
}

/** Words of OCPP that stand as they are in every language. */
const words = new Set(
  [
    "Accepted Authorize Available Charging Faulted Finishing Heartbeat Occupied Preparing Reserved Reset Unavailable",
    "Current Energy Frequency Power Temperature Voltage",
  ].flatMap((line) => line.split(" ")),
);
const swedishTexts = new Set(
  [...flatten(swedish), ...flatten(swedishFindings), ...flatten(swedishPhrases), ...flatten(swedishCauses)].map(
    ([, text]) => String(text),
  ),
);
const phraseSayings = patternsOf(Object.values(phrases));
const sayings = patternsOf(
  [...flatten(english), ...flatten(rules), ...flatten(causes)]
    .filter(([place]) => !place.startsWith("palette.words.") && !/\.(severity|clause|stage|fatal)$/.test(place))
    .map(([, text]) => String(text)),
).concat(phraseSayings);

function patternsOf(texts: readonly string[]): RegExp[] {
  return texts
    .filter((text) => !swedishTexts.has(text) && !words.has(text) && /[a-z]{3}/i.test(text.replace(/\{\{.*?\}\}/g, "")))
    .map(toPattern);
}

/** A whole text, its holes filled with anything; sentences are found inside longer texts too. */
function toPattern(text: string): RegExp {
  const escaped = text.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\{.*?\}\}/g, ".+");
  const fixed = text.replace(/\{\{.*?\}\}/g, "");
  return new RegExp(/[a-z] [a-z]/i.test(fixed) && fixed.length > 11 ? escaped : `^${escaped}$`);
}

/** Every text that one sees or hears: text, names, hints and titles.
 * @param but elements that are passed over */
async function textsOf(page: Page, but = "script, style, code, pre"): Promise<string[]> {
  return page.evaluate((passed) => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (!text.parentElement?.closest(passed)) found.add(text.textContent?.trim() ?? "");
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
      for (const name of ["aria-label", "title", "placeholder", "alt"]) found.add(element.getAttribute(name) ?? "");
    }
    found.delete("");
    return [...found];
  }, but);
}
