// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { FailureError } from "../../src/lib/contract.ts";
import { failure } from "../../src/station/failure.ts";
import { words } from "../../src/station/phrases.ts";
import { setLanguage } from "../i18n/index.ts";
import { CopyButton, Duration, Facts, Failure, Quantity, Time } from "./parts.tsx";
import { QrCode } from "./QrCode.tsx";
import { Told } from "./Told.tsx";
import { refused, screensForFile, show } from "./testing/screen.tsx";

screensForFile();
afterEach(async () => {
  vi.useRealTimers();
  await setLanguage("en");
});

test("a code for a camera has its quiet zone, and its text as its name", () => {
  const { container } = render(<QrCode text="A" label="Link" />);
  const code = screen.getByRole("img", { name: "Link" });
  expect(code.getAttribute("viewBox")).toBe("0 0 25 25");
  // The first dark squares: the upper edge of the first finder pattern, two squares in.
  expect(container.querySelector("path")?.getAttribute("d")?.slice(0, 27)).toBe("M2 2h1v1h-1zM3 2h1v1h-1zM4 ");
  // Dark on light in every theme.
  const painted = [...code.children].map((one) => [one.tagName, one.getAttribute("width"), one.getAttribute("fill")]);
  expect(painted).toEqual([
    ["rect", "25", "#fff"],
    ["path", null, "#000"],
  ]);
});

test("a failure says what, why and what to do, in the language on screen, and another try is a press away", async () => {
  await setLanguage("sv");
  const retry = vi.fn();
  const shown = await show(
    <Failure what="Nej." error={failure("unavailable", words("no-core"))} onRetry={retry} />,
    {},
  );
  expect(shown.says()).toEqual([
    "! Nej. ingen kärna körs på den här mappen",
    expect.stringMatching(/^Vänta tills/),
    expect.stringMatching(/^\[.*\]$/),
  ]);
  await shown.press(/./);
  expect(retry).toHaveBeenCalledOnce();
  cleanup();
  expect((await show(<Failure what="No." error={refused()} />, {})).says()).toHaveLength(2);
});

test("what to do is said of each failure, but where its own words say it", async () => {
  const cures: unknown[] = [];
  for (const error of [
    failure("unavailable", words("core-lost")),
    failure("unavailable", words("port-gone", { port: "COM4" })),
    failure("conflict", words("port-gone", { port: "COM4" })),
    new FailureError("unavailable", "odd"),
  ]) {
    const [, cure] = (await show(<Failure what="No." error={error} />, {})).says();
    cures.push([error.code, error.words?.phrase, cure]);
    cleanup();
  }
  expect(cures).toMatchInlineSnapshot(`
    [
      [
        "unavailable",
        "core-lost",
        "Wait until the connection to Plugside is back, then try again.",
      ],
      [
        "unavailable",
        "port-gone",
        undefined,
      ],
      [
        "conflict",
        "port-gone",
        "Something else is in the way: see the reason above.",
      ],
      [
        "unavailable",
        undefined,
        "Wait until the connection to Plugside is back, then try again.",
      ],
    ]
  `);
});

test("numbers, moments and lengths of time", async () => {
  const at = new Date(2026, 0, 31, 10, 2, 11, 42).getTime();
  const shown = await show(
    <>
      <p>
        <Quantity value={7360} unit="W" />
      </p>
      <p>
        <Duration ms={61_000} />
      </p>
      <div id="ms">
        <Time at={at} ms />
      </div>
      <div id="day">
        <Time at={at} />
      </div>
    </>,
    {},
  );
  expect(shown.says().slice(0, 2)).toEqual(["7.36 kW", "1 min 1 s"]);
  const text = (id: string) => document.getElementById(id)?.textContent;
  expect([text("ms"), text("day")]).toEqual(["10:02:11.042", expect.stringContaining("31")]);
});

test("a length of time that runs stands at nothing until it begins; a clock shows its seconds", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2200, 0, 1) });
  const shown = await show(
    [5000, 0, -999, -1000, -61_500].map((ms) => (
      <p key={ms}>
        <Duration since={Date.now() + ms} /> <Duration since={Date.now() + ms} clock />
      </p>
    )),
    {},
  );
  expect(shown.says()).toEqual(["0 s 0:00", "0 s 0:00", "0 s 0:00", "1 s 0:01", "1 min 1 s 1:01"]);
});

test("facts without a value are left out", async () => {
  const of = [
    ["a", "1"],
    ["b", ""],
    ["c", undefined],
    ["d", null],
    ["e", <b key="e">2</b>],
    ["f", 0],
  ] as const;
  expect((await show(<Facts of={of} />, {})).says()).toEqual(["a: 1", "e: 2", "f: 0"]);
});

test.each([
  ["Copied", true],
  ["Not copied: select the text by hand", false],
])("a copy says %j, and after two seconds its name again", async (word, taken) => {
  const write = taken ? () => Promise.resolve() : () => Promise.reject(new Error("no"));
  const copied = vi.fn(write);
  vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: copied } });
  const shown = await show(<CopyButton text="secret" label="Copy it" />, {});
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  fireEvent.click(screen.getByRole("button"));
  await act(async () => undefined);
  expect([copied.mock.calls, shown.says()]).toEqual([[["secret"]], [`[${word}]`]]);
  await act(async () => vi.advanceTimersByTime(1999));
  expect(shown.says()).toEqual([`[${word}]`]);
  await act(async () => vi.advanceTimersByTime(1));
  expect(shown.says()).toEqual(["[Copy it]"]);
  vi.unstubAllGlobals();
});

const long = "x".repeat(161);
test("a text from outside is shown whole up to 160 characters; of a longer one the length is told, and the whole on hover", async () => {
  const shown = await show(<Told text={long.slice(1)} />, {});
  expect(shown.says()).toEqual([long.slice(1)]);
  expect(document.querySelector("bdi")?.title).toBe("");
  cleanup();
  const cut = await show(<Told text={long} />, {});
  expect(cut.says()[0]).toContain("161");
  expect(document.querySelector("bdi")?.title).toBe(long);
});
