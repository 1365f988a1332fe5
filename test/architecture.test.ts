import { describe, expect, it } from "vitest";
import { english } from "../renderer/i18n/catalogue.ts";
import { swedish } from "../renderer/i18n/swedish.ts";
import { causes } from "../src/words/en/causes.ts";
import { rules } from "../src/words/en/findings.ts";
import { phrases } from "../src/words/en/phrases.ts";
import { causes as swedishCauses } from "../src/words/sv/causes.ts";
import { findings as swedishFindings } from "../src/words/sv/findings.ts";
import { phrases as swedishPhrases } from "../src/words/sv/phrases.ts";
import { differences } from "./harness/rules/catalogues.ts";
import { circles, circlesOfRooms } from "./harness/rules/circles.ts";
import { againstTheArrow, isIn, notForTheBrowser, packageOutside } from "./harness/rules/layers.ts";
import {
  badNames,
  bareSentences,
  crowded,
  defaultExports,
  oftenLong,
  overLong,
  realSleeps,
  sameButForCase,
  versionTests,
  writesToTerminal,
} from "./harness/rules/manners.ts";
import { looseClasses } from "./harness/rules/sheets.ts";
import { parseSource, readSources } from "./harness/rules/sources.ts";

const sources = readSources();

function within(...places: string[]) {
  return sources.filter(({ path }) => places.some((place) => isIn(path, place)));
}

/** What is let pass, and why. An entry that is not needed any more fails as well. */
const exceptions: Record<string, string> = {
  "renderer/features/simulator/VirtualConnectorRow.tsx tests the OCPP version":
    "the panel is the virtual station's own front, and what a hand can do there hangs on the version chosen for it",
};

/** The breaks of a rule without those that are let pass, and the passes of that rule that nobody needs.
 * @param rule how its lines read */
function breaks(found: string[], rule: RegExp): string[] {
  const unused = Object.keys(exceptions).filter((line) => rule.test(line) && !found.includes(line));
  return [...found.filter((line) => !Object.hasOwn(exceptions, line)), ...unused.map((line) => `not needed: ${line}`)];
}

describe("the house", () => {
  it("is read whole", () => {
    const paths = sources.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(["src/station/model.ts", "src/api/contract.ts", "test/architecture.test.ts"]),
    );
    expect(paths.filter((path) => path.includes("generated"))).toEqual([]);
  });

  it("lets imports run one way", () => {
    expect(breaks(againstTheArrow(sources), / imports src\//)).toEqual([]);
  });

  it("keeps what the browser loads free of what a browser does not have", () => {
    expect(notForTheBrowser(sources)).toEqual([]);
  });

  it("styles by classes that exist, and has none that nobody names", () => {
    expect(looseClasses()).toEqual([]);
  });

  it("has no circle of imports", () => {
    expect(circles(sources)).toEqual([]);
  });

  it("has no two rooms of one folder that know each other", () => {
    expect(circlesOfRooms(within("src", "main", "renderer"))).toEqual([]);
  });

  it("keeps Electron out of the core", () => {
    expect(packageOutside(within("src"), "electron", [])).toEqual([]);
  });

  it("has one file that imports the database's driver", () => {
    expect(packageOutside(within("src", "main", "renderer"), "node:sqlite", ["src/store/sqlite/database.ts"])).toEqual(
      [],
    );
  });

  it("lets versions of OCPP end at the dialect", () => {
    const past = within("src", "main", "renderer").filter(
      ({ path }) => !isIn(path, "src/ocpp") && !isIn(path, "src/simulator"),
    );
    expect(breaks(versionTests(past), / tests the OCPP version$/)).toEqual([]);
  });

  it("has no default exports outside of configuration", () => {
    expect(defaultExports(sources)).toEqual([]);
  });

  it("has no file over 500 lines, and nine of ten under 300", () => {
    expect(overLong(sources, 500)).toEqual([]);
    expect(oftenLong(sources, 300)).toEqual([]);
  });

  it("has no room of more than 20 files", () => {
    expect(crowded(within("src", "main", "renderer"), 20)).toEqual([]);
  });

  it("names files in kebab case, and components in Pascal case", () => {
    expect(badNames(sources)).toEqual([]);
  });

  it("has no two files whose names differ by letter case alone", () => {
    expect(sameButForCase(sources)).toEqual([]);
  });

  it("writes to a terminal in one file alone, where all is made fit for one", () => {
    // The log makes its own lines fit. cli.ts and supervise.ts run on a Node that may be too old for the rest; generate.mjs is a step of the build.
    const places = [
      "src/cli/output.ts",
      "src/lib/logger.ts",
      "src/cli.ts",
      "src/cli/supervise.ts",
      "src/ocpp/generate.mjs",
      // It listens to what is written.
      "src/cli/testing/printed.ts",
    ];
    expect(writesToTerminal(within("src"), places)).toEqual([]);
  });

  it("has no unit test that sleeps for real", () => {
    expect(realSleeps(within("src", "main", "renderer"))).toEqual([]);
  });

  it("writes no failure and no finding in one language alone", () => {
    expect(bareSentences(within("src", "renderer"))).toEqual([]);
  });

  it("says everything in English and in Swedish", () => {
    expect(differences(english, swedish)).toEqual([]);
    const inEnglish = Object.entries(rules).map(([name, { title, cure }]) => [name, { title, cure }]);
    expect(differences(Object.fromEntries(inEnglish), swedishFindings)).toEqual([]);
    const causesInEnglish = Object.entries(causes).map(([name, { title, cure }]) => [name, { title, cure }]);
    expect(differences(Object.fromEntries(causesInEnglish), swedishCauses)).toEqual([]);
    expect(differences(phrases, swedishPhrases)).toEqual([]);
  });
});

describe("the rules find", () => {
  const file = (path: string, text = "") => parseSource(path, text);
  const importing = (path: string, ...targets: string[]) =>
    file(path, targets.map((target) => `import "${target}";`).join("\n"));

  it("imports against the arrow, in every form of import", () => {
    expect(
      againstTheArrow([
        importing("src/lib/a.ts", "../station/model.ts"),
        file("src/station/a.ts", 'export type A = import("../ocpp/frame.ts").Frame;'),
        file("src/ocpp/a.ts", 'export { b } from "../session/b.ts";'),
        file("src/session/a.ts", 'export const a = () => import("../services/tokens/b.ts");'),
        file("src/services/tokens/a.ts", 'import type { C } from "../../api/contract.ts"; export type D = C;'),
        importing("src/store/a.ts", "../ocpp/frame.ts"),
        importing("src/transports/a.ts", "../store/database.ts"),
        importing("src/simulator/a.ts", "../services/tokens/handlers.ts"),
        importing("src/api/a.ts", "../core.ts"),
        importing("src/core.ts", "./cli/serve.ts"),
        importing("renderer/app/a.ts", "../../src/services/tokens/handlers.ts", "../../src/lib/clock.ts"),
        importing("main/a.ts", "../renderer/main.tsx"),
        file("src/other/a.ts"),
      ]),
    ).toEqual([
      "src/lib/a.ts imports src/station/model.ts",
      "src/station/a.ts imports src/ocpp/frame.ts",
      "src/ocpp/a.ts imports src/session/b.ts",
      "src/session/a.ts imports src/services/tokens/b.ts",
      "src/services/tokens/a.ts imports src/api/contract.ts",
      "src/store/a.ts imports src/ocpp/frame.ts",
      "src/transports/a.ts imports src/store/database.ts",
      "src/simulator/a.ts imports src/services/tokens/handlers.ts",
      "src/api/a.ts imports src/core.ts",
      "src/core.ts imports src/cli/serve.ts",
      "renderer/app/a.ts imports src/services/tokens/handlers.ts",
      "renderer/app/a.ts imports src/lib/clock.ts",
      "main/a.ts imports renderer/main.tsx",
      "src/other/a.ts belongs to no part of src",
    ]);
  });

  it("nothing in imports along the arrow, of packages, and of a test's own tools", () => {
    expect(
      againstTheArrow([
        importing("src/session/a.ts", "../ocpp/frame.ts", "../store/frames.ts", "./b.ts", "zod", "node:fs"),
        importing("src/simulator/a.ts", "../services/simulator/contract.ts"),
        importing("src/store/a.test.ts", "../session/b.ts", "../../test/harness/core.ts"),
        importing("src/cli.ts", "./core.ts", "./cli/serve.ts"),
        importing("renderer/app/a.ts", "../../src/services/tokens/contract.ts", "../../src/station/views.ts"),
        importing("test/scenarios/a.test.ts", "../../src/session/session.ts"),
      ]),
    ).toEqual([]);
  });

  it("what a browser does not have", () => {
    expect(
      notForTheBrowser([
        importing("src/station/a.ts", "node:fs"),
        importing("src/services/tokens/contract.ts", "../../lib/clock.ts", "../../lib/contract.ts"),
        importing("src/services/tokens/handlers.ts", "node:fs"),
        importing("renderer/app/a.ts", "node:path", "react"),
      ]),
    ).toEqual([
      "src/station/a.ts imports node:fs",
      "src/services/tokens/contract.ts imports src/lib/clock.ts",
      "renderer/app/a.ts imports node:path",
    ]);
  });

  it("circles, also of types, and of a file with itself", () => {
    expect(
      circles([
        importing("src/a.ts", "./b.ts", "./d.ts"),
        importing("src/b.ts", "./c.ts"),
        file("src/c.ts", 'import type { A } from "./a.ts"; export type C = A;'),
        importing("src/d.ts", "./e.ts"),
        file("src/e.ts", 'export type E = import("./d.ts").D;'),
        importing("src/f.ts", "./f.ts", "./a.ts"),
      ]),
    ).toEqual(["src/a.ts <-> src/b.ts <-> src/c.ts", "src/d.ts <-> src/e.ts", "src/f.ts"]);
    expect(
      circles([importing("src/a.ts", "./b.ts", "./c.ts"), importing("src/b.ts", "./c.ts"), file("src/c.ts")]),
    ).toEqual([]);
  });

  it("rooms that know each other by files that do not", () => {
    expect(
      circlesOfRooms([
        importing("src/lib/a/one.ts", "../b/two.ts"),
        importing("src/lib/b/three.ts", "../c.ts"),
        importing("src/lib/c.ts", "./a/four.ts"),
        file("src/lib/b/two.ts"),
        file("src/lib/a/four.ts"),
        importing("src/lib/b/two.test.ts", "../a/one.ts"),
      ]),
    ).toEqual(["src/lib/a <-> src/lib/b <-> src/lib/c.ts"]);
    expect(
      circlesOfRooms([
        importing("src/lib/a/one.ts", "../b/two.ts", "./five.ts"),
        importing("src/lib/b/two.ts", "../../words/d.ts"),
        importing("src/lib/b/two.test.ts", "../a/one.ts"),
        file("src/lib/a/five.ts"),
        file("src/words/d.ts"),
      ]),
    ).toEqual([]);
  });

  it("packages where they may not be", () => {
    const files = [
      importing("src/a.ts", "electron"),
      importing("src/b.ts", "electron/main"),
      importing("src/c.ts", "electron-builder"),
      importing("main/a.ts", "electron"),
    ];
    expect(packageOutside(files, "electron", ["main"])).toEqual([
      "src/a.ts imports electron",
      "src/b.ts imports electron",
    ]);
  });

  it.each([
    'if (v === "1.6") a();',
    'const b = "2.1" != v;',
    'switch (v) { case "2.0.1": a(); }',
    'const b = ["2.0.1", "2.1"].includes(v);',
    'const b = v.startsWith("ocpp2.1");',
    'const b = state.ocpp?.startsWith("2");',
    'const b = { "1.6": 1, "2.1": 2 }[v];',
  ])("a version test in %s", (text) => {
    expect(versionTests([file("src/session/a.ts", text)])).toEqual(["src/session/a.ts tests the OCPP version"]);
  });

  it("no version test in a list of versions, or in a version of something else", () => {
    const text =
      'const a = z.enum(["1.6", "2.1"]); const b = { "1.6": x }; const c = version.startsWith("v"); f("2.1");';
    expect(versionTests([file("src/session/a.ts", text)])).toEqual([]);
  });

  it("default exports, in either form, but for configuration at the top", () => {
    const files = ["src/a.ts", "src/vite.config.ts", "vite.config.ts"].map((path) => file(path, "export default {};"));
    files.push(file("src/b.ts", "const b = 1; export { b as default };"));
    expect(defaultExports(files)).toEqual([
      "src/a.ts has a default export",
      "src/vite.config.ts has a default export",
      "src/b.ts has a default export",
    ]);
  });

  it("a room of too many files, tests aside", () => {
    const room = (count: number, end: string) => Array.from({ length: count }, (_, n) => file(`src/a/f${n}${end}`));
    expect(crowded([...room(20, ".ts"), ...room(20, ".test.ts"), file("src/a/b/c.ts")], 20)).toEqual([]);
    expect(crowded(room(21, ".ts"), 20)).toEqual(["src/a has 21 files"]);
  });

  it("long files", () => {
    const of = (lines: number, name: string) => file(`src/${name}.ts`, "a;\n".repeat(lines));
    expect(overLong([of(500, "a"), of(501, "b")], 500)).toEqual(["src/b.ts has 501 lines"]);
    const short = Array.from({ length: 9 }, (_, n) => of(299, `s${n}`));
    expect(oftenLong([...short, of(300, "a")], 300)).toEqual([]);
    expect(oftenLong([...short, of(300, "a"), of(301, "b")], 300)).toEqual([
      "src/a.ts has 300 lines",
      "src/b.ts has 301 lines",
    ]);
  });

  it("wrong names", () => {
    const component = (name: string) => `export function ${name}() { return null; }`;
    expect(
      badNames([
        file("src/lib/someThing.ts"),
        file("src/lib/Some.ts"),
        file("src/Lib/a.ts"),
        file("src/lib/some-thing.test.ts"),
        file("renderer/app/Rail.tsx", component("Rail")),
        file("renderer/app/Rail.test.tsx"),
        file("renderer/app/rail.tsx", component("Rail")),
        file("renderer/app/Strip.tsx", component("strip")),
        file("renderer/app/Words.ts", component("Words")),
        file("renderer/app/parts.tsx", `${component("One")} ${component("Two")}`),
        file("vite.core.config.ts"),
      ]),
    ).toEqual([
      "src/lib/someThing.ts is not named as it should be",
      "src/lib/Some.ts is not named as it should be",
      "src/Lib/a.ts is not named as it should be",
      "renderer/app/rail.tsx is not named as it should be",
      "renderer/app/Strip.tsx is not named as it should be",
      "renderer/app/Words.ts is not named as it should be",
    ]);
  });

  it("names that differ by letter case alone", () => {
    const paths = ["renderer/a/Rows.tsx", "renderer/a/rows.ts", "renderer/a/rows.test.ts", "renderer/b/Rows.tsx"];
    expect(sameButForCase(paths.map((path) => file(path)))).toEqual([
      "renderer/a/Rows and renderer/a/rows differ by letter case alone",
    ]);
  });

  it("writing to the console, and not the word in a text or a comment", () => {
    const files = [
      file("src/a.ts", "console.log(1);"),
      file("src/b.ts", "[1].forEach(console.error); process.stdout.write(a);"),
      file("src/c.ts", 'const c = "console.log(1)"; // console.log(1)'),
      file("src/d.ts", "process.stderr.write(a);"),
      file("src/cli/a.ts", "console.log(1);"),
    ];
    expect(writesToTerminal(files, ["src/cli"])).toEqual([
      "src/a.ts writes to a terminal: console.log",
      "src/b.ts writes to a terminal: console.error",
      "src/d.ts writes to a terminal: process.stderr",
    ]);
  });

  it("failures and findings that speak one language", () => {
    const files = [
      file("src/a.ts", 'throw new FailureError("conflict", "It is gone.");'),
      file("src/b.ts", 'throw new FailureError("conflict", `It is gone.`);'),
      file("src/c.ts", 'finding("too-long", "frame", text, "at most 36 characters");'),
      file("src/d.ts", 'finding("bad-message-shape", "frame", "one of ours", "[2, id, action, payload]");'),
      file("src/e.ts", 'throw new FailureError("conflict", english(why), details, why);'),
      file("src/f.test.ts", 'throw new FailureError("conflict", "It is gone.");'),
    ];
    expect(bareSentences(files)).toEqual(
      ["a", "b", "c"].map((name) => `src/${name}.ts says a sentence in one language`),
    );
  });

  it("tests that sleep", () => {
    const sleep = "await new Promise((done) => setTimeout(done, 10));";
    const files = [
      file("src/a.test.ts", sleep),
      file("src/b.test.ts", 'import { setTimeout } from "node:timers/promises"; void setTimeout(1);'),
      file("src/c.test.ts", "const timer = setTimeout(() => {}, 10); clearTimeout(timer);"),
      file("src/d.ts", sleep),
    ];
    expect(realSleeps(files)).toEqual(["src/a.test.ts sleeps for real", "src/b.test.ts sleeps for real"]);
  });

  it("what one language lacks", () => {
    const first = { a: { b: "x", c: "y {{n}} {{m}}", d: "z" }, e: "" };
    const second = { a: { b: "x", c: "{{m}} and {{k}}" }, e: "e", f: "f" };
    expect(differences(first, second)).toEqual([
      "a.c has other holes to fill in",
      "a.d is missing in one language",
      "e is empty",
      "f is missing in one language",
    ]);
    expect(differences({ a: "{{n}} {{m}}" }, { a: "{{m}}, {{ n }}" })).toEqual([]);
  });

  it("text that is no program", () => {
    expect(() => file("src/a.ts", "const = 1")).toThrow(/^src\/a\.ts does not parse: /);
  });
});
