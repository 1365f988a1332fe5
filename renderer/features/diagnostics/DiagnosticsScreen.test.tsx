// @vitest-environment happy-dom
import { cleanup, screen as page } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { DiagnosticsRequest, Rung, RungResult, Verdict } from "../../../src/services/diagnostics/contract.ts";
import type { KeptFile } from "../../../src/station/model.ts";
import { words } from "../../../src/station/phrases.ts";
import { refused, type Shown, screensForFile, settled, show, type Written } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { DiagnosticsScreen } from "./DiagnosticsScreen.tsx";

screensForFile();

const rung: Rung = { protocol: "ftp", place: "ftp://10.0.0.2/a", at: 1, result: "asked", requestId: 1, seen: [] };
const request: DiagnosticsRequest = {
  ...{ id: 3, station: "CP1", kind: "security", protocol: "auto", at: 0, until: 9, rungs: [], files: [] },
};
const kept: KeptFile = {
  id: 8,
  station: "CP1",
  name: "log.zip",
  bytes: 2_500_000,
  at: 0,
  state: "whole",
  note: "the fault",
};
const offline = { ...onlineStation(), link: { state: "offline" as const } };

const stations = { "stations.list": [summaryOf(onlineStation())], "stations.state": onlineStation() };

function shown(list: DiagnosticsRequest[] | undefined, more: Written = {}): Promise<Shown> {
  return show(<DiagnosticsScreen />, {
    feeds: {
      ...stations,
      "diagnostics.list": list,
      "files.list": [],
      ...more.feeds,
    },
    answers: more.answers,
  });
}

/** A time of the day of the test, told as it is sent. */
const local = (hour: number, minute: number, second: number) =>
  new Date(2026, 0, 31, hour, minute, second).toISOString();

test("nothing asked for yet", async () => {
  const screen = await shown([]);
  await expect(screen.text()).toMatchFileSnapshot("told/none.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "Which log: Diagnostics log, Security log, Data collector (2.1)",
      "Protocol: Chosen by itself, HTTP, HTTPS, FTP, FTPS, SFTP",
    ]
  `);
});

test("of a station on a wire it says how a log comes, and of one without OCPP that none can be asked for", async () => {
  const by = (carrier: "serial" | "modbus") => ({
    "stations.state": { ...onlineStation(), link: { ...onlineStation().link, carrier } },
  });
  const wired = await shown([], { feeds: by("serial") });
  expect(wired.text()).toContain("A serial line carries no log");
  expect(wired.says()).toContain("[Fetch the log]");
  cleanup();
  const mute = await shown([], { feeds: by("modbus") });
  expect(mute.text()).toContain("It takes no OCPP, so no log can be asked of it.");
  expect(mute.says()).not.toContain("[Fetch the log]");
  expect(mute.says().join()).not.toContain("No log was asked for yet");
});

test("it says that it reads, and why it could not", async () => {
  expect((await shown(undefined)).says()).toContain("… Reading the requests");
  cleanup();
  const feeds = { "diagnostics.list": refused(), "files.list": refused() };
  const failed = await show(<DiagnosticsScreen />, { feeds: { ...stations, ...feeds } });
  expect(failed.says().filter((line) => line.startsWith("!"))).toEqual([
    "! The requests could not be read. no core runs on this folder",
    "! The files could not be read. no core runs on this folder",
  ]);
});

test("one that is under way tells each way with what was seen at both ends; the earlier ones are below, the newest first", async () => {
  const seen = [
    { at: 1000, end: "ours", words: words("no-core"), frame: 12 },
    { at: 2001, end: "station", words: words("no-core") },
  ] as const;
  const screen = await shown(
    [
      {
        ...request,
        id: 1,
        kind: "diagnostics",
        verdict: "received",
        at: 0,
        endedAt: 61_000,
        lastWord: words("no-core"),
        cure: words("never-heard-of"),
      },
      {
        ...request,
        id: 3,
        rungs: [
          { ...rung, result: "refused", why: "Rejected", frame: 4, seen: [...seen], unseen: 2 },
          { ...rung, at: 2, protocol: "https", place: "", why: "AcceptedCanceled" },
        ],
        files: [
          { id: 8, name: "log.zip", bytes: 2_500_000, state: "whole", protocol: "ftp", sha256: "ab12" },
          { id: 9, name: "log2.zip", bytes: 1, state: "coming", protocol: "http" },
        ],
      },
      { ...request, id: 2, verdict: "canceled", endedAt: 1000 },
    ],
    { feeds: { "files.list": [kept] } },
  );
  const text = screen.text().replace(/\d+:\d\d:\d\d(?=\n|$)/g, "TIME");
  await expect(text).toMatchFileSnapshot("told/three.txt");
  // Lines of both ends are put in order by thousandths; a way without a place has no empty mark for one.
  const times = [...document.querySelectorAll("ol details time")].map((one) => one.textContent);
  expect(times).toEqual([expect.stringMatching(/:01\.000$/), expect.stringMatching(/:02\.001$/)]);
  expect([...document.querySelectorAll("ol code")].map((one) => one.textContent)).toEqual([
    "ftp://10.0.0.2/a",
    "Rejected",
  ]);
  screen.tell("diagnostics.list", [{ ...request, verdict: "received", endedAt: 1 }]);
  expect(screen.says()).not.toContain("[Cancel]");
});

const colours: [verdict: Verdict | undefined, tone: string][] = [
  [undefined, "waiting"],
  ["received", "available"],
  ["canceled", "quiet"],
  ["superseded", "quiet"],
  ["unsupported", "faulted"],
  ["nothing-came", "faulted"],
];
test.each(colours)("a request with the verdict %s has the colour %s", async (verdict, tone) => {
  const screen = await shown([{ ...request, verdict }]);
  expect(screen.says("[aria-live=polite]")[0]).toMatch(new RegExp(`^~${tone} `));
});

const ways: [result: RungResult, tone: string][] = [
  ["asked", "waiting"],
  ["received", "available"],
  ["given-up", "quiet"],
  ["refused", "faulted"],
  ["silent", "faulted"],
];
test("where nothing came and nothing was seen, no empty list is read out", async () => {
  await shown([{ ...request, rungs: [rung] }]);
  expect([document.querySelector("main ul"), document.querySelector("ol details")]).toEqual([null, null]);
});

test.each(ways)("a way that ended with %s has the colour %s", async (result, tone) => {
  const screen = await shown([{ ...request, rungs: [{ ...rung, result }] }]);
  expect(screen.says("ol")).toMatchObject([new RegExp(`^~${tone} `)]);
});

test.each([
  [undefined, true],
  ["refused", true],
  ["canceled", true],
  ["nothing-came", true],
  ["received", false],
] as const)("what was seen is unfolded until the log is here: %s", async (verdict, open) => {
  const seen = [{ at: 0, end: "ours", words: words("no-core") }] as const;
  await shown([{ ...request, verdict, rungs: [{ ...rung, seen: [...seen] }] }]);
  expect(document.querySelector("ol details")?.hasAttribute("open")).toBe(open);
});

test("a log is asked for as it is said: which, by which way, from when and to when", async () => {
  const screen = await shown([]);
  await screen.press("Fetch the log");
  await screen.choose("Which log", "Security log");
  await screen.choose("Protocol", "FTPS");
  await screen.type("From", "2026-01-31 10:00");
  await screen.type("To", "2026-01-31 11:00:05");
  await screen.press("Fetch the log");
  expect(screen.asked().map(([, input]) => input)).toEqual([
    { station: "CP1", kind: "diagnostics", protocol: "auto" },
    {
      ...{ station: "CP1", kind: "security", protocol: "ftps" },
      ...{ from: local(10, 0, 0), to: local(11, 0, 5) },
    },
  ]);
  expect(screen.says()).toContain("! The log was not asked for. no core runs on this folder");
});

test.each(["From", "To"])("a time in %s that cannot be read is named, and nothing is asked for", async (field) => {
  const screen = await shown([]);
  await screen.type(field, "soon");
  expect(screen.says()).toContain(`${field}: soon (not right)`);
  expect(screen.says()).toContain("No such time. Write it as 14:10 or 2026-11-26 14:10.");
  expect(screen.says()).toContain("[Fetch the log] (off)");
  await screen.type(field, " ");
  expect(screen.says()).toContain("[Fetch the log]");
});

test("while the station is away nothing is asked for, and the button says why", async () => {
  const screen = await shown([], { feeds: { "stations.state": offline } });
  expect(screen.says()).toEqual(
    expect.arrayContaining(["[Fetch the log] (off)", "The station is offline: it gets no command"]),
  );
});

test("one that is under way is given up after the sentence, and can be asked for anew", async () => {
  const screen = await shown([request]);
  await screen.press("Stop waiting");
  expect(screen.asked()).toEqual([]);
  await screen.press("Stop waiting");
  expect(screen.asked()).toEqual([["diagnostics.cancel", { id: 3 }]]);
  expect(screen.says()).toContain("! The wait was not ended. no core runs on this folder");
});

test("while it is asked for it is not asked for again; what was said before an answer goes", async () => {
  const answer = Promise.withResolvers<DiagnosticsRequest>();
  let refuse = true;
  const answers: Written["answers"] = { "diagnostics.request": () => (refuse ? refused() : answer.promise) };
  const screen = await shown([], { answers });
  await screen.press("Fetch the log");
  const failures = () => screen.says().filter((line) => line.startsWith("!"));
  expect(failures()).toHaveLength(1);
  refuse = false;
  await screen.press("Fetch the log");
  expect([screen.says().includes("[Fetch the log] (off)"), failures()]).toEqual([true, []]);
  await screen.press("Fetch the log");
  expect(screen.asked()).toHaveLength(2);
  answer.resolve(request);
  await settled();
  expect(screen.says()).toContain("[Fetch the log]");
  screen.tell("diagnostics.list", [request]);
  expect(screen.says()).toContain("[Fetch the log anew]");
  expect(screen.says()).toContain("One is under way: a new request takes its place.");
  screen.tell("stations.state", offline);
  const button = page.getByRole("button", { name: "Fetch the log anew" });
  expect(document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
    "The station is offline: it gets no command",
  );
  expect(screen.says()).not.toContain("One is under way: a new request takes its place.");
  screen.tell("diagnostics.list", [{ ...request, verdict: "received", endedAt: 2000 }]);
  expect(screen.says()).toContain("[Fetch the log] (off)");
});

test("before it is known whether the station is here nothing is asked for, and nothing is said of it", async () => {
  const screen = await show(<DiagnosticsScreen />, {
    feeds: { "stations.list": [summaryOf(onlineStation())], "diagnostics.list": [], "files.list": [] },
  });
  expect(screen.says().filter((line) => /^\[Fetch|offline/.test(line))).toEqual(["[Fetch the log] (off)"]);
  screen.tell("stations.state", onlineStation());
  expect(page.getByRole("button", { name: "Fetch the log" }).hasAttribute("aria-describedby")).toBe(false);
});

test("a time of day is one of today; only the bounds that are given are sent", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 0, 31, 12, 0, 0) });
  const screen = await shown([]);
  await screen.type("To", " 11:30 ");
  await screen.choose("Protocol", "HTTP");
  await screen.choose("Which log", "Data collector (2.1)");
  await screen.press("Fetch the log");
  await screen.type("To", "");
  await screen.type("From", "08:05:09");
  await screen.press("Fetch the log");
  vi.useRealTimers();
  const asked = { station: "CP1", kind: "data-collector", protocol: "http" };
  expect(screen.asked().map(([, input]) => input)).toEqual([
    { ...asked, to: local(11, 30, 0) },
    { ...asked, from: local(8, 5, 9) },
  ]);
});

test("what is typed for one station, and what is asked in place, is not there for the next; the feeds are its own", async () => {
  const feeds = {
    ...stations,
    "stations.list": [summaryOf(onlineStation()), summaryOf(onlineStation("CP2"))],
    ...{ "diagnostics.list": [request], "files.list": [kept] },
  };
  const screen = await show(<DiagnosticsScreen />, { feeds }, "#/diagnostics?station=CP1");
  const feedsOf = (identity: string) => [
    ["diagnostics.list", { station: identity }],
    ["files.list", { station: identity }],
    ["stations.list", {}],
    ["stations.state", { identity }],
  ];
  expect(screen.watched()).toEqual(feedsOf("CP1"));
  await screen.type("From", "10:00");
  await screen.press("Stop waiting");
  expect(screen.says()).toContain("[Cancel]");
  screen.tell("diagnostics.list", [
    { ...request, id: 4 },
    { ...request, verdict: "superseded", endedAt: 5 },
  ]);
  expect(screen.says()).not.toContain("[Cancel]");
  window.location.hash = "#/diagnostics?station=CP2";
  await settled();
  expect(screen.says()).toContain("From:");
  expect(screen.watched()).toEqual(feedsOf("CP2"));
  expect(screen.says().at(-1)).toBe("<Add photos, configurations and other files> #/files?station=CP2");
  cleanup();
  expect(screen.watched()).toEqual([]);
});

test("how long it is under way is told as a clock, how long it was as a time; what came so far, and why, with what hides written out", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2100, 0, 1) });
  const at = Date.now() - 65_000;
  const says = async (more: Partial<DiagnosticsRequest>) => {
    const screen = await shown([{ ...request, at, ...more }]);
    const lines = screen.says("section").slice(1);
    cleanup();
    return lines.map((line) => line.replaceAll("\u2009", " "));
  };
  expect(await says({})).toEqual([
    "~waiting ~waiting The station was asked; its log is waited for. 1:05",
    "[Stop waiting]",
  ]);
  expect(
    await says({ lastWord: words("never-heard-of"), cure: words("no-core"), verdict: "refused", endedAt: at + 5000 }),
  ).toEqual(["~faulted ~faulted no such station was ever heard of 5 s", "no core runs on this folder"]);
  expect(await says({ lastWord: words("never-heard-of") })).toContain(
    "~waiting ~waiting no such station was ever heard of 1:05",
  );
  const seen = [{ at: 5, end: "station", words: "up\u202eloaded", frame: 12 }] as never;
  const lines = await says({
    rungs: [
      { ...rung, result: "refused", why: "Re\u202ejected", seen, unseen: 1 },
      { ...rung, at: 2, result: "silent" },
    ],
    files: [{ id: 1, name: "a\u202eb", bytes: 1500, state: "partial", protocol: "sftp" }] as never,
  });
  expect(lines).toMatchInlineSnapshot(`
    [
      "~waiting ~waiting The station was asked; its log is waited for. 1:05",
      "a\\u202eb 1.5 kB SFTP, broke off, in part",
      "~faulted ~faulted FTP ftp://10.0.0.2/a the station refused Re\\u202ejected",
      "1 thing seen",
      "1970-01-01T00:00:00.005Z station up\\u202eloaded",
      "[Frame 12]",
      "1 more line",
      "~faulted ~faulted FTP ftp://10.0.0.2/a taken on, and nothing came",
      "[Stop waiting]",
    ]
  `);
  vi.useRealTimers();
  const screen = await shown([{ ...request, rungs: [{ ...rung, frame: 4, seen }] }], {
    answers: { "messages.frame": refused() },
  });
  await screen.press("Frame 12");
  await screen.press("Frame 4");
  expect(screen.asked()).toEqual([
    ["messages.frame", { seq: 12 }],
    ["messages.frame", { seq: 4 }],
  ]);
  expect(screen.says("aside")[0]).toBe("{Frame 4}");
});
