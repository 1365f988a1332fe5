// @vitest-environment happy-dom
import { Suspense } from "react";
import { expect, test, vi } from "vitest";
import { screensForFile, show } from "../ui/testing/screen.tsx";
import { ScreenFailure } from "./ScreenFailure.tsx";
import { loadScreens, ScreenNotLoaded, screenGroups, screens } from "./screens.ts";

const raw = vi.hoisted(() => ({ load: async () => undefined as unknown }));
vi.mock("../features/stations/commands/LazyRawCall.tsx", () => ({
  loadRawCall: () => raw.load(),
  LazyRawCall: () => null,
}));
screensForFile();

test("each screen has its place in the rail, its digit, and what it is told by in the address", () => {
  const told = screens.map(({ id, digit, place, load }) =>
    [digit || "-", id, place?.group ?? "not in the rail", ...(load ? [] : ["comes with the window"])].join(" "),
  );
  expect([screenGroups, told]).toMatchInlineSnapshot(`
    [
      [
        "station",
        "purpose",
        "laptop",
      ],
      [
        "1 overview station comes with the window",
        "2 meters station",
        "3 history station",
        "4 messages station",
        "5 findings station",
        "6 transactions station",
        "7 tokens station",
        "8 configuration station",
        "9 diagnostics station",
        "0 forward purpose",
        "- faults purpose",
        "- simulator purpose",
        "- connection laptop",
        "- serial laptop",
        "- certificates laptop",
        "- access laptop",
        "- settings laptop",
        "- console not in the rail",
        "- files not in the rail",
        "- reader not in the rail",
        "- modbus not in the rail",
        "- stations not in the rail",
      ],
    ]
  `);
  const drawings = screens.flatMap(({ place }) => place?.drawing ?? []);
  expect(new Set(drawings).size).toBe(drawings.length);
});

test("the screens are fetched one after the other, also those behind one that cannot be", async () => {
  const fetched: string[] = [];
  let atOnce = 0;
  for (const screen of screens) {
    if (!screen.load) continue;
    vi.spyOn(screen as Required<typeof screen>, "load").mockImplementation(async () => {
      if (++atOnce > 1) fetched.push("two at once");
      await Promise.resolve();
      atOnce--;
      fetched.push(screen.id);
      if (screen.id === "history") throw new ScreenNotLoaded("gone");
    });
  }
  raw.load = async () => {
    fetched.push("raw call");
    throw new Error("gone");
  };
  await loadScreens();
  expect(fetched).toEqual([...screens.slice(1).map(({ id }) => id), "raw call"]);
});

test("a screen that fails says why, and another try draws it anew", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  let broken = true;
  function Breaks() {
    if (broken) throw new TypeError("x is not a function");
    return <p>whole</p>;
  }
  const screen = await show(
    <ScreenFailure>
      <Breaks />
    </ScreenFailure>,
    {},
  );
  expect(screen.says()).toMatchInlineSnapshot(`
    [
      "! the system says “x is not a function”",
      "This is a fault in Plugside. Try again; if it comes back, restart Plugside.",
      "[Try again]",
    ]
  `);
  await screen.press("Try again");
  expect(screen.says()).toHaveLength(3);
  broken = false;
  await screen.press("Try again");
  expect(screen.says()).toEqual(["whole"]);
});

test("a screen that could not be fetched says so, and another try fetches the whole page anew", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const reload = vi.spyOn(window.location, "reload").mockImplementation(() => undefined);
  vi.doMock("../features/serial/SerialScreen.tsx", () => {
    throw new Error("404");
  });
  const Serial = screens.find(({ id }) => id === "serial")?.component ?? (() => null);
  const screen = await show(
    <ScreenFailure>
      <Suspense>
        <Serial />
      </Suspense>
    </ScreenFailure>,
    {},
  );
  await expect.poll(() => screen.says().length).toBeGreaterThan(0);
  expect(screen.says()).toMatchInlineSnapshot(`
    [
      "! The screen could not be fetched.",
      "Wait until the connection to Plugside is back, then try again.",
      "[Try again]",
    ]
  `);
  expect(reload).not.toHaveBeenCalled();
  await screen.press("Try again");
  expect(reload).toHaveBeenCalledOnce();
});
