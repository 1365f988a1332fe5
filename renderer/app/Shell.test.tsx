// @vitest-environment happy-dom
import { act, cleanup, fireEvent } from "@testing-library/react";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { CoreStatus } from "../../src/services/connection/contract.ts";
import type { MessageRow } from "../../src/services/messages/contract.ts";
import type { StationSummary } from "../../src/services/stations/contract.ts";
import { words } from "../../src/station/phrases.ts";
import { type Shown, screensForFile, show, unanswered, type Written } from "../ui/testing/screen.tsx";
import { onlineStation } from "../ui/testing/stations.ts";
import { Shell } from "./Shell.tsx";
import { away, faulted, now, online, refusedOne, steady } from "./testing/around.ts";

/** What is fetched ahead of its time. */
const fetched = vi.hoisted(() => [] as string[]);
vi.mock("./screens.ts", async (whole) => ({
  ...(await whole<typeof import("./screens.ts")>()),
  loadScreens: async () => void fetched.push("screens"),
}));
vi.mock("./help/Help.tsx", async (whole) => ({
  ...(await whole<typeof import("./help/Help.tsx")>()),
  loadHelpPage: async () => void fetched.push("help"),
}));
screensForFile();
beforeEach(() => localStorage.clear());

const row: MessageRow = {
  ...{ seq: 10, at: now, station: "CP1", direction: "in", kind: "call", action: "Heartbeat", messageId: "1" },
  ...{ summary: [{ label: "token", value: "04A1" }], findings: [], bytes: 10 },
};
const rows: MessageRow[] = [
  {
    ...row,
    seq: 9,
    direction: "out",
    action: "Reset",
    answer: { seq: 11, at: now, latencyMs: 12, kind: "result", summary: [], findings: [] },
  },
  row,
  { ...row, seq: 8, lane: "upstream" },
];
const status = { notices: [], addresses: [], listening: [] } as unknown as CoreStatus;

function shell(feeds: Written["feeds"] = {}, answers: Written["answers"] = {}, hash = "#/reader"): Promise<Shown> {
  const all = {
    "stations.list": [online, away, faulted],
    "messages.live": rows,
    "connection.attempts": [],
    "connection.status": status,
  };
  return show(<Shell />, { feeds: { ...all, ...feeds }, answers }, hash);
}
const rail = "section[aria-label]";
/** The screen in view comes when it has loaded. */
const banners = (screen: Shown) => screen.says().filter((line) => /^[!…] (?!Fetching)/.test(line));
test("the other screens and the help are fetched once the first one has had the link to itself", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const after = async (ms: number) => {
    // Effects, and what is awaited, have no timers.
    await act(async () => void vi.advanceTimersByTime(ms));
    return fetched.splice(0);
  };
  const shown = shell();
  vi.advanceTimersByTime(0);
  await shown;
  expect([await after(1499), await after(1)]).toEqual([[], ["screens", "help"]]);
  const left = shell();
  vi.advanceTimersByTime(0);
  await left;
  cleanup();
  expect(await after(5000)).toEqual([]);
});

test("while nobody is online, what is known of stations is told by their number, and none is in focus", async () => {
  const screen = await shell({ "stations.list": [away, { ...away, identity: "CP4" }] }, {}, "#/reader");
  expect(document.title).toBe("Waiting for a station - Plugside");
  expect(screen.says("header")).toEqual(["Waiting for a station", "[Help ?]"]);
  expect(screen.says("[data-head]")).toEqual(["[No station online 2 on record]"]);
  expect([document.querySelector("section[data-pinned]"), banners(screen)]).toEqual([
    null,
    [expect.stringMatching(/CP4|CP2|Also on/)],
  ]);
  await screen.press(/^No station online/);
  expect(document.querySelector(`${rail} ul [aria-current=true]`)).toBe(null);
  const [first] = screen.says(rail).filter((line) => line.startsWith("<Find"));
  expect(first).not.toContain("station=");
});

test("a clock that is more than five seconds off is told, with which way", async () => {
  const screen = await shell({ "stations.list": [online] });
  const told = [5000, 5001, -5000, -5001, -90_000].map((offsetMs) => {
    screen.tell("stations.state", { ...onlineStation(), clock: { offsetMs } } as never);
    return [offsetMs, /The station's clock.*/.exec(screen.says("header").join())?.[0].split(",")[0]];
  });
  expect(told).toEqual([
    [5000, undefined],
    [5001, "The station's clock is 5 s ahead"],
    [-5000, undefined],
    [-5001, "The station's clock is 5 s behind"],
    [-90_000, "The station's clock is 1 min 30 s behind"],
  ]);
});

test.each<[name: string, station: StationSummary]>([
  ["online", { ...online, status: "", link: { ...online.link, secure: true, securityProfile: 2 } }],
  ["faulted", faulted],
  ["away", away],
  ["serial", { ...online, link: { ...online.link, carrier: "serial", port: "COM3", securityProfile: 0 } as never }],
  ["modbus", { ...online, link: { ...online.link, carrier: "modbus", port: "10.0.0.9" } as never }],
])("the strip of a station that is %s", async (name, station) => {
  const screen = await shell({ "stations.list": [station] }, {}, `#/reader?station=${station.identity}`);
  const text = `${document.title}\n${screen.text("header")}`;
  await expect(text.replace(/\d+:\d\d:\d\d/, "AGO")).toMatchFileSnapshot(`told/strip-${name}.txt`);
});

test("an error that a station told of is in the strip while it is faulted, and nothing of its name is hidden", async () => {
  const odd = { ...faulted, identity: "CP\u202e3" };
  const screen = await shell({ "stations.list": [odd] });
  expect([screen.says("header")[0], document.title]).toEqual([
    "CP\\u202e3 ~faulted ~faulted Faulted GroundFailure OCPP 1.6",
    "Faulted, CP\\u202e3 - Plugside",
  ]);
  screen.tell("stations.list", [{ ...odd, status: "Available" }]);
  expect(screen.says("header")[0]).toBe("CP\\u202e3 ~available ~available Available OCPP 1.6");
});

test("while nobody is online one waits", async () => {
  const screen = await shell({ "stations.list": [] });
  expect(screen.says("header")).toMatchInlineSnapshot(`
    [
      "Waiting for a station",
      "[Help ?]",
    ]
  `);
  expect(screen.says(rail)[1]).toMatchInlineSnapshot(`"No station"`);
  expect(document.title).toMatchInlineSnapshot(`"Waiting for a station - Plugside"`);
});

test("what is done on purpose to the station in focus stands under the strip, and only where one is in focus", async () => {
  const setup = { on: true, url: "wss://up.example" } as never;
  const feeds: Written["feeds"] = {
    "faults.state": { active: [{ kind: "drop", since: now, until: now + 60_000 }] } as never,
    "forward.state": { setup, leg: { state: "open", at: now }, hold: {}, held: [] } as never,
  };
  const screen = await shell({ ...feeds, "stations.list": [online] });
  const parts = () =>
    [...document.querySelectorAll("section[class*=banner]")].map((one) => one.getAttribute("aria-label"));
  expect([parts(), screen.watched().filter(([name]) => /^(faults|forward)/.test(name))]).toEqual([
    ["Faults on purpose", "Forward mode"],
    [
      ["faults.state", { identity: "CP1" }],
      ["forward.state", { identity: "CP1" }],
    ],
  ]);
  screen.tell("stations.list", [{ ...away, identity: "CP1" }]);
  expect(parts()).toHaveLength(2);
  cleanup();
  await shell({ ...feeds, "stations.list": [away] });
  expect(parts()).toEqual([]);
});

test("a screen that failed leaves the next one as it is", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.doMock("../features/serial/SerialScreen.tsx", () => {
    throw new Error("404");
  });
  const screen = await shell({}, {}, "#/serial");
  const failed = () => screen.says("main").some((line) => line.includes("could not be fetched"));
  await expect.poll(failed).toBe(true);
  fireEvent.keyDown(window, { key: "1" });
  await expect.poll(failed).toBe(false);
});

test("the last frames, the newest first; pinned, with what they say", async () => {
  const screen = await shell();
  const wire = "section[data-pinned]";
  await expect(steady(screen.text(wire))).toMatchFileSnapshot("told/wire.txt");
  await screen.press("Show 6 lines");
  await expect(steady(screen.text(wire))).toMatchFileSnapshot("told/wire-pinned.txt");
});

test("another station's last frames are not pinned because those of the one before were", async () => {
  const both = [online, { ...away, link: online.link }];
  const screen = await shell({ "stations.list": both }, {}, "#/reader?station=CP1");
  const wire = () => [
    document.querySelector("section[data-pinned]")?.getAttribute("data-pinned"),
    ...screen.watched().flatMap(([name, input]) => (name === "messages.live" ? [input] : [])),
  ];
  await screen.press("Show 6 lines");
  expect(wire()).toEqual(["true", { filter: { station: "CP1" } }]);
  window.location.hash = "#/reader?station=CP2";
  await expect.poll(wire).toEqual(["false", { filter: { station: "CP2" } }]);
});

test("of the last frames six are shown, and only a call waits for an answer", async () => {
  const kinds = ["call", "call", "call", "send", "result", "error", "unreadable"] as const;
  const screen = await shell({
    "messages.live": kinds.map((kind, at) => ({ ...row, seq: at + 1, kind, action: null })),
  });
  expect(screen.says("section[data-pinned] ol")).toMatchInlineSnapshot(`
    [
      "<From the station Cannot be read> #/messages?station=CP1&seq=7",
      "<From the station Error answer> #/messages?station=CP1&seq=6",
      "<From the station Answer> #/messages?station=CP1&seq=5",
      "<From the station Send> #/messages?station=CP1&seq=4",
      "<From the station Call no answer yet> #/messages?station=CP1&seq=3",
      "<From the station Call no answer yet> #/messages?station=CP1&seq=2",
    ]
  `);
});

test("what is wrong with Plugside itself stands over everything", async () => {
  const screen = await shell({
    "connection.status": {
      ...status,
      storeProblem: words("no-core"),
      notices: [{ id: 4, at: now, words: words("no-core") }],
      bug: { at: 1000, text: "Error: here" },
      ...{ startedAgain: true, startedAt: 2000 },
    },
    "access.waiting": ["A", "B", "C", "D"].map((identity) => ({
      identity,
      state: identity === "D" ? "let-in" : "asked",
    })) as never,
  });
  const [, over = ""] = steady(screen.text()).split(/<Settings>.*\n/);
  await expect(over.split('‹"CP1"›')[0]).toMatchFileSnapshot("told/troubled.txt");
  await screen.press("Show the text");
  expect(screen.says("pre")).toEqual(["Error: here"]);
  screen.asked();
  await screen.press("Seen");
  expect(screen.asked()).toEqual([["connection.noticeSeen", { id: 4 }]]);
  const before = banners(screen).length;
  await screen.press("Hide");
  expect(banners(screen)).toHaveLength(before - 1);
  await screen.press("Hide");
  expect(banners(screen)).toHaveLength(before - 2);
  // What was hidden stays so; what comes after it is told.
  const own = () => banners(screen).filter((line) => /a fault of its own|had ended/.test(line)).length;
  const again = { ...status, bug: { at: 1000, text: "Error: here" }, startedAgain: true as const, startedAt: 2000 };
  screen.tell("connection.status", again);
  const counts = [own()];
  screen.tell("connection.status", { ...again, bug: { at: 1001, text: "Error: there" } });
  counts.push(own());
  screen.tell("connection.status", { ...again, bug: { at: 1001, text: "Error: there" }, startedAt: 2001 });
  expect([...counts, own()]).toEqual([0, 1, 2]);
});

test("what was seen is said once", async () => {
  const notices = [{ id: 4, at: now, words: words("no-core") }];
  const screen = await shell({ "connection.status": { ...status, notices } }, { "connection.noticeSeen": unanswered });
  await screen.press("Seen");
  expect(screen.says()).toContain("[Seen] (off)");
});

test("of those who ask to be let in three are named, and all are counted", async () => {
  const asking = ["A", "B", "C", "D", "E"].map((identity) => ({ identity, state: "asked" })) as never;
  const screen = await shell({ "stations.list": [online], "access.waiting": asking });
  expect(screen.says().filter((line) => /A, B/.test(line))).toMatchInlineSnapshot(`
    [
      "… 5 stations wait to be let in: A, B, C.",
    ]
  `);
});

test("a lost way to the core is told, until it is back", async () => {
  const screen = await shell({ "stations.list": [online] });
  expect(banners(screen)).toEqual([]);
  screen.reach("closed");
  expect(banners(screen).map(steady)).toMatchInlineSnapshot(`
    [
      "! The connection to Plugside is lost. What you see is from TIME. Trying again every second.",
    ]
  `);
  const [first] = banners(screen);
  vi.spyOn(Date, "now").mockReturnValue(now + 3_600_000 * 5);
  screen.reach("connecting");
  screen.reach("closed");
  expect(banners(screen)).toEqual([first]);
  screen.reach("open");
  expect(banners(screen)).toEqual([]);
});

test("who was turned away, who is new, and what is done elsewhere, stand in a line", async () => {
  const others = ["A", "B", "C", "D"].map((identity) => ({ ...away, identity }));
  const screen = await shell({ "stations.list": [online, ...others], "connection.attempts": [refusedOne] });
  expect(banners(screen).map(steady)).toMatchInlineSnapshot(`
    [
      "… ~faulted CP9 was turned away AGO ago: A whole URL was typed into a field for a path or an identity",
      "… ~waiting Also on:",
    ]
  `);
  screen.tell("stations.list", [online, { ...away, link: online.link }]);
  expect(banners(screen).map(steady)).toMatchInlineSnapshot(`
    [
      "… ~available CP2 is online",
      "… ~waiting Also on:",
    ]
  `);
  screen.tell("connection.attempts", []);
  screen.tell("stations.list", [online, { ...away, link: online.link, onPurpose: [] }]);
  expect(banners(screen).map(steady)).toMatchInlineSnapshot(`
    [
      "… ~available CP2 is online",
    ]
  `);
});

test("the later of two pieces of news is told; where the attempts stand beside, they tell themselves", async () => {
  const wide = vi.spyOn(window, "matchMedia");
  const match = (width: number) =>
    wide.mockImplementation(
      (query) =>
        ({
          matches: Number(/min-width: (\d+)px/.exec(query)?.[1] ?? Number.POSITIVE_INFINITY) <= width,
          addEventListener() {},
          removeEventListener() {},
        }) as never,
    );
  const told: unknown[] = [];
  for (const [width, hash] of [
    [1320, "#/connection"],
    [1321, "#/connection"],
    [1321, "#/overview"],
    [1321, "#/settings"],
  ] as const) {
    match(width);
    const feeds = { "stations.list": [], "connection.attempts": [refusedOne] };
    const screen = await shell(feeds, {}, hash);
    told.push([width, hash, banners(screen).some((line) => line.includes("CP9 was turned away"))]);
    cleanup();
  }
  expect(told).toEqual([
    [1320, "#/connection", true],
    [1321, "#/connection", false],
    [1321, "#/overview", false],
    [1321, "#/settings", true],
  ]);
  match(1321);
  const focused = await shell({ "stations.list": [online], "connection.attempts": [refusedOne] }, {}, "#/overview");
  expect(banners(focused).join()).toContain("CP9 was turned away");
  focused.tell("stations.list", [online, { ...away, link: online.link }]);
  expect(banners(focused).join()).toContain("CP2 is online");
  focused.tell("connection.attempts", [{ ...refusedOne, lastAt: Date.now() + 1000 }]);
  expect(banners(focused).join()).toContain("CP9 was turned away");
});

test("of those that something is done to elsewhere three are named, each with what, and the rest counted", async () => {
  const others = ["A", "B", "C", "D", "E"].map((identity) => ({ ...away, identity }));
  await shell({ "stations.list": [online, ...others] });
  const line = [...document.querySelectorAll("p")].find(({ textContent }) => textContent?.startsWith("Also on"));
  expect(line?.textContent).toMatchInlineSnapshot(
    `"Also on: A (Forward mode), B (Forward mode), C (Forward mode) and 2 more"`,
  );
  expect(line?.querySelector("a")?.getAttribute("href")).toBe("#/forward?station=A");
});

test("each screen begins at its top", async () => {
  const screen = await shell();
  const main = document.querySelector("main[data-screen]") as HTMLElement;
  const scrolled = vi.spyOn(main, "scrollTo").mockImplementation(() => undefined);
  screen.tell("stations.list", [online]);
  expect(scrolled).not.toHaveBeenCalled();
  fireEvent.keyDown(window, { key: "1" });
  await expect.poll(() => main.dataset.screen).toBe("overview");
  expect(scrolled.mock.calls).toEqual([[{ top: 0 }]]);
});

test("one that comes while the one in focus is away takes the focus, and gives it back", async () => {
  const screen = await shell({ "stations.list": [away] }, {}, "#/reader?station=CP2");
  screen.tell("stations.list", [away, online]);
  await expect.poll(() => window.location.hash).toContain("station=CP1");
  await screen.press("Back to CP2");
  await expect.poll(() => window.location.hash).toContain("station=CP2");
});

test("one that comes does not take the focus from who types, nor from what is open", async () => {
  const typing = await shell({ "stations.list": [away] }, {}, "#/messages?station=CP2");
  const field = await vi.waitFor(
    () => document.querySelector<HTMLElement>("[data-filter] input, input[data-filter]") ?? absent(),
    { timeout: 10_000 },
  );
  act(() => field.focus());
  typing.tell("stations.list", [away, online]);
  await expect.poll(() => banners(typing).join()).toContain("CP1 is online");
  expect(window.location.hash).toContain("station=CP2");
  cleanup();
  const reading = await shell({ "stations.list": [away] }, {}, "#/reader?station=CP2");
  fireEvent.keyDown(window, { key: "F1" });
  reading.tell("stations.list", [away, online]);
  await expect.poll(() => banners(reading).join()).toContain("CP1 is online");
  expect(window.location.hash).toContain("station=CP2");
});

function absent(): never {
  throw new Error("It is not there yet.");
}

test("help opens by the button and by F1, and closes by Esc; the content is reached at once", async () => {
  const screen = await shell();
  expect(document.querySelector("[data-drawer]")).toBeNull();
  fireEvent.keyDown(window, { key: "F1" });
  await expect.poll(() => screen.says("[data-drawer]")).toContain("{Details}");
  expect(document.activeElement?.hasAttribute("data-drawer")).toBe(true);
  const places = [...document.querySelectorAll("[data-drawer], main[data-screen]")];
  expect(places.map((place) => place.getAttribute("tabindex"))).toEqual(["-1", "-1"]);
  // A hand that is in the drawer already stays where it is.
  const close = document.querySelector<HTMLElement>("[data-drawer] button");
  act(() => close?.focus());
  fireEvent.keyDown(window, { key: "F1" });
  expect(document.activeElement).toBe(close);
  fireEvent.keyDown(window, { key: "Escape" });
  expect(document.querySelector("[data-drawer]")).toBeNull();
  await screen.press("To the content");
  expect(document.activeElement?.tagName).toBe("MAIN");
  fireEvent.keyDown(window, { key: "2" });
  expect(window.location.hash).toMatch(/^#\/meters/);
});

test("a place that is no screen is the first one, and is marked so; of who gave no name its address is told", async () => {
  const nameless = { ...refusedOne, identity: undefined } as never;
  const screen = await shell({ "stations.list": [], "connection.attempts": [nameless] }, {}, "#/nowhere");
  const main = document.querySelector<HTMLElement>("main[data-screen]");
  const marked = document.querySelector(`${rail} [aria-current=page]`)?.getAttribute("title");
  expect([main?.dataset.screen, marked]).toEqual(["overview", "Overview"]);
  expect(banners(screen)[0]).toContain("10.0.0.9 was turned away");
});

test("a state that OCPP does not have stands in the title as it was said", async () => {
  await shell({ "stations.list": [{ ...online, status: "Warming\u202eUp" }] });
  expect(document.title).toBe("Warming\\u202eUp, CP1 - Plugside");
});
