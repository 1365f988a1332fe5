// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import i18next from "i18next";
import { afterEach, expect, test, vi } from "vitest";
import { words } from "../../src/station/phrases.ts";
import type { Tables } from "../../src/words/language.ts";
import { keepWords, tablesOf } from "./core-words.ts";
import { fetchLanguage, setLanguage, startLanguage, useLanguage, useSpoken } from "./index.ts";

afterEach(cleanup);

/** The languages that the system wishes for, the dearest first. */
const systemWishes = (...languages: string[]) => vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
const spoken = () => [i18next.language, document.documentElement.lang, i18next.t("common.cancel")];
const english = ["en", "en", "Cancel"];
const swedish = ["sv", "sv", "Avbryt"];

test("before a language is there the core's words are those of the other, or none", () => {
  const tables = (of: string) => ({ phrases: { of } }) as unknown as Tables;
  expect(tablesOf("sv")).toEqual({ phrases: {} });
  keepWords("en", tables("en"));
  expect(tablesOf("sv")).toEqual(tables("en"));
  keepWords("sv", tables("sv"));
  expect([tablesOf("en"), tablesOf("sv")]).toEqual([tables("en"), tables("sv")]);
});

test.each([
  [["sv-FI", "en"], swedish],
  [["SV"], swedish],
  [["de-DE", "en-GB", "sv"], english],
  [["nb", "da"], english],
  [[], english],
])("on a system that wishes for %j it begins in what we speak of that", async (languages, said) => {
  systemWishes(...languages);
  await startLanguage();
  expect(spoken()).toEqual(said);
});

test("a language is chosen by its name, or as the system has it, and what is on screen follows", async () => {
  systemWishes("sv");
  await startLanguage();
  const { result } = renderHook(() => [useLanguage(), useSpoken()(words("no-core"))]);
  expect(result.current).toEqual(["sv", "ingen kärna körs på den här mappen"]);
  await act(() => setLanguage("en"));
  expect([spoken(), result.current]).toEqual([english, ["en", "no core runs on this folder"]]);
  await act(() => setLanguage("system"));
  expect([spoken(), result.current[0]]).toEqual([swedish, "sv"]);
});

test("of two wishes the later counts, also where its words come first", async () => {
  systemWishes("en");
  await startLanguage();
  const wishes = [setLanguage("sv"), setLanguage("en")];
  await Promise.all(wishes);
  expect(spoken()).toEqual(english);
});

test("nothing of what is set into a sentence is hidden in it", async () => {
  systemWishes("en");
  await startLanguage();
  expect(i18next.t("stations.unknown", { identity: "C\u202eP<1>" })).toBe("C\\u202eP<1> is not on record here");
});

test("the words of another language are there without its being spoken", async () => {
  systemWishes("en");
  await startLanguage();
  await fetchLanguage("sv");
  expect([spoken(), i18next.t("common.cancel", { lng: "sv" })]).toEqual([english, "Avbryt"]);
});
