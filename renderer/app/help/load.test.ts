import { expect, it } from "vitest";
import { differences, flatten } from "../../../test/harness/rules/catalogues.ts";
import { screens } from "../screens.ts";
import { loadHelp } from "./load.ts";

const [english, swedish] = [await loadHelp("en"), await loadHelp("sv")];

it("has a page for each screen, of the same length in both languages", () => {
  expect(Object.keys(english.pages).sort()).toEqual(screens.map(({ id }) => id).sort());
  expect(differences(english, swedish)).toEqual([]);
  for (const { id } of screens) expect(swedish.pages[id].words).toEqual(english.pages[id].words);
});

it("explains every word of the glossary on a page, and each page in its own language", () => {
  const used = new Set(Object.values(english.pages).flatMap(({ words }) => words));
  const unnamed = Object.keys(english.words).filter((word) => !used.has(word as never));
  expect(unnamed, "no page names them: add them to `words` of one in help/{en,sv}/pages.ts").toEqual([]);
  const told = flatten({ ...swedish.pages, ...swedish.words });
  const names = ["EVSE", "Heartbeat", "Reservation", "Status"];
  const same = [...flatten({ ...english.pages, ...english.words })].filter(
    ([place, text]) => !/\.words\./.test(place) && told.get(place) === text && !names.includes(String(text)),
  );
  expect(same, "alike in both languages: translate them, or name them in `names` above where that is right").toEqual(
    [],
  );
});
