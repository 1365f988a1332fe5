// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { CoreClient } from "../../../src/api/client.ts";
import { FailureError } from "../../../src/lib/contract.ts";
import { defaultSettings } from "../../../src/services/settings/contract.ts";
import { newTransaction } from "../../../src/station/transactions/ledger.ts";
import { CoreProvider } from "../../core/core.tsx";
import { setLanguage, startLanguage } from "../../i18n/index.ts";
import { DrawerProvider } from "../../navigation/drawer.tsx";
import { settled, show as showOn, type Written } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { Palette } from "./Palette.tsx";
import { PaletteDialog } from "./PaletteDialog.tsx";

beforeAll(async () => {
  await startLanguage();
  await setLanguage("en");
});
afterEach(() => {
  cleanup();
  window.location.hash = "";
});

/** A core with settings and no station; `answer` answers every call. */
function coreWith(answer: (name: string, input: unknown) => Promise<unknown>): CoreClient {
  const feeds: Record<string, unknown> = {
    "settings.values": defaultSettings,
    "stations.list": [],
    "simulator.list": [],
  };
  return {
    call: (name: string, input: unknown) => answer(name, input),
    watch(name: string, _input: unknown, onValue: (value: never, added: null) => void) {
      if (name in feeds) onValue(feeds[name] as never, null);
      return { stop() {} };
    },
    onState: () => ({ stop() {} }),
    state: "open",
    close() {},
  } as CoreClient;
}

async function show(answer: (name: string, input: unknown) => Promise<unknown> = async () => null): Promise<void> {
  render(
    <CoreProvider client={coreWith(answer)}>
      <MantineProvider>
        <DrawerProvider>
          <Palette />
        </DrawerProvider>
      </MantineProvider>
    </CoreProvider>,
  );
  fireEvent.keyDown(window, { key: "k", ctrlKey: true });
  await screen.findByRole("combobox", {}, { timeout: 10_000 });
}

function type(text: string): void {
  fireEvent.change(screen.getByRole("combobox"), { target: { value: text } });
}

function chosen(): string {
  const line = screen.getByRole("combobox");
  const option = document.getElementById(line.getAttribute("aria-activedescendant") ?? "");
  return option?.firstChild?.textContent ?? "";
}

test("Ctrl+K opens it, arrows go round, Enter takes the screen that is chosen", async () => {
  await show();
  type("go to me");
  expect(chosen()).toBe("Go to Meters");
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "ArrowDown" });
  expect(chosen()).toBe("Go to Messages");
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter" });
  expect(window.location.hash).toBe("#/messages");
  expect(screen.queryByRole("combobox")).toBe(null);
});

test("Escape closes it and does nothing", async () => {
  await show();
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Escape" });
  expect(screen.queryByRole("combobox")).toBe(null);
  expect(window.location.hash).toBe("");
});

test("a theme is set by the same call as in Settings", async () => {
  const calls: unknown[] = [];
  await show(async (name, input) => {
    calls.push([name, input]);
    return defaultSettings;
  });
  type("sunlight");
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter" });
  await act(async () => undefined);
  expect(screen.queryByRole("combobox")).toBe(null);
  expect(calls).toEqual([["settings.change", { theme: "sunlight" }]]);
});

test("what failed is said in its place, and the line stays open", async () => {
  await show(async () => {
    throw new FailureError("conflict", "VIRTUAL-1 is running already.");
  });
  type("virtual 2.1");
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter" });
  const alert = await screen.findByRole("alert", {}, { timeout: 10_000 });
  expect(alert.firstChild?.textContent).toBe(
    "“Start a virtual station, OCPP 2.1” was not done. VIRTUAL-1 is running already.",
  );
  expect(screen.queryByRole("combobox")).not.toBe(null);
});

test("nothing found is said with what to try", async () => {
  await show();
  type("zzz");
  expect(screen.getByText("Nothing fits “zzz”").textContent).toBe("Nothing fits “zzz”");
  expect(screen.queryAllByRole("option")).toEqual([]);
});

const here = onlineStation("CP1");
const evse = (number: number) =>
  ({ evse: number, connectors: [{ connector: 1, status: "Available" }], live: [] }) as never;
const station = {
  ...here,
  evses: [{ ...(evse(1) as object), transaction: newTransaction("7", 1, 1, 1) }, evse(2)] as typeof here.evses,
};
const other = { ...summaryOf(onlineStation("CP2")), vendor: "Acme", model: "Wall", serialNumber: "S-9" };

/** The palette over two stations, the first of them in focus, at the list of messages. */
async function open(more: Written = {}, hash = "#/messages?station=CP1", helps = true) {
  const feeds: Written["feeds"] = {
    ...{ "settings.values": defaultSettings, "stations.state": station, "simulator.list": [] },
    "stations.list": [summaryOf(station), other],
    ...more.feeds,
  };
  const shown = await showOn(
    <>
      <button
        type="button"
        data-export
        onClick={() => pressed.push(`export, dialog open: ${document.querySelector("dialog")?.open}`)}
      >
        Export
      </button>
      <Palette />
    </>,
    { ...more, feeds },
    hash,
  );
  // The browser's own search stays away.
  expect(fireEvent.keyDown(window, { key: "k", ctrlKey: true })).toBe(false);
  await screen.findByRole("combobox", {}, { timeout: 10_000 });
  if (helps) await expect.poll(() => options().some((line) => line.startsWith("Word: "))).toBe(true);
  shown.asked();
  return shown;
}
let pressed: string[] = [];
const key = (name: string) => fireEvent.keyDown(screen.getByRole("combobox"), { key: name });
const options = () =>
  screen.queryAllByRole("option").map((one) => [...one.children].map(({ textContent }) => textContent).join(" | "));
const isOpen = () => screen.queryByRole("combobox") !== null;

test("what can be found: commands of the station in focus by place, screens with their digits, stations, settings, help", async () => {
  await open();
  const all = options();
  expect(
    all.slice(
      0,
      all.findIndex((line) => line.startsWith("Help: ")),
    ),
  ).toMatchInlineSnapshot(`
    [
      "Stop charging, CP1 connector 1 | Command",
      "Start charging, CP1 connector 2 | Command",
      "Unlock connector, CP1 connector 1 | Command",
      "Unlock connector, CP1 connector 2 | Command",
      "Change availability, CP1 connector 1 | Command",
      "Change availability, CP1 connector 2 | Command",
      "Reset CP1 | Command",
      "Trigger message, CP1 | Command",
      "Send any call, CP1 | Command",
      "Export what is shown | Screen",
      "Go to Overview | Screen | 1",
      "Go to Meters | Screen | 2",
      "Go to History | Screen | 3",
      "Go to Findings | Screen | 5",
      "Go to Transactions | Screen | 6",
      "Go to Tokens | Screen | 7",
      "Go to Configuration | Screen | 8",
      "Go to Diagnostics | Screen | 9",
      "Go to Forward mode | Screen | 0",
      "Go to Faults on purpose | Screen",
      "Go to Virtual station | Screen",
      "Go to Connection | Screen",
      "Go to Serial | Screen",
      "Go to Certificates | Screen",
      "Go to Access | Screen",
      "Go to Settings | Screen",
      "Go to Console | Screen",
      "Go to Files | Screen",
      "Go to Read a file | Screen",
      "Go to Modbus | Screen",
      "Go to All stations | Screen",
      "Bring CP2 into focus | Station",
      "Theme: Light | Setting",
      "Theme: Dark | Setting",
      "Theme: Sunlight | Setting",
      "Language: English | Setting",
      "Language: Svenska | Setting",
      "Start a virtual station, OCPP 1.6 | Virtual station",
      "Start a virtual station, OCPP 2.0.1 | Virtual station",
      "Start a virtual station, OCPP 2.1 | Virtual station",
    ]
  `);
  expect(screen.getByRole("status").textContent).toMatch(/^\d+ /);
  expect(screen.getAllByRole("option").every((one) => one.tabIndex === -1)).toBe(true);
  type("s-9");
  expect(options()).toEqual(["Bring CP2 into focus | Station"]);
});

test("of a station with a single EVSE no place is named; a word is found by what OCPP calls it too", async () => {
  await open({ feeds: { "stations.state": { ...station, evses: station.evses.slice(0, 1) } } });
  expect(options().slice(0, 3)).toEqual([
    "Stop charging, CP1 | Command",
    "Unlock connector, CP1 | Command",
    "Change availability, CP1 | Command",
  ]);
  type("upstream");
  expect(options()).toEqual(["Word: The central system above | Help"]);
});

test("of very many a hundred are shown, and all are counted", async () => {
  const many = Array.from({ length: 200 }, (_, at) => ({ ...other, identity: `S${at}` }));
  await open({ feeds: { "stations.list": [summaryOf(station), ...many] } }, undefined, false);
  expect(options()).toHaveLength(100);
  expect(Number.parseInt(screen.getByRole("status").textContent ?? "", 10)).toBeGreaterThan(200);
});

test("each kind of entry does what it says", async () => {
  const done: Record<string, unknown> = {};
  pressed = [];
  for (const what of ["bring cp2", "stop cp1", "svenska", "export what", "help: tokens", "word: evse"]) {
    const shown = await open({ answers: { "settings.change": defaultSettings } });
    type(what);
    key("Enter");
    await settled();
    // The help is fetched as it is wanted.
    if (/^(help|word)/.test(what)) await expect.poll(() => document.querySelector("aside")).not.toBe(null);
    const aside = document.querySelector("aside")?.getAttribute("aria-label");
    done[what] = [window.location.hash, shown.asked(), aside ?? null, isOpen()];
    cleanup();
  }
  const at = "#/messages?station=CP1";
  expect([done, pressed]).toEqual([
    {
      "bring cp2": ["#/messages?station=CP2", [], null, false],
      "stop cp1": ["#/overview?station=CP1", [], null, false],
      svenska: [at, [["settings.change", { language: "sv" }]], null, false],
      "export what": [at, [], null, false],
      "help: tokens": [at, [], "Help", false],
      "word: evse": [at, [], "Help", false],
    },
    // What takes the focus finds the window free.
    ["export, dialog open: false"],
  ]);
});

test("a virtual station starts under a name that none has, and is brought into view; while it starts nothing else is taken", async () => {
  const running = [{ identity: "VIRTUAL-1" }, { identity: "VIRTUAL-3" }] as never;
  const started = { identity: "VIRTUAL-2" } as never;
  const shown = await open({ feeds: { "simulator.list": running }, answers: { "simulator.start": started } });
  type("virtual 2.0.1");
  key("Enter");
  key("Enter");
  await settled();
  const asked = shown.asked().filter(([name]) => name === "simulator.start");
  expect(asked).toMatchObject([
    ["simulator.start", { identity: "VIRTUAL-2", ocpp: "2.0.1", scenario: "day", speed: 1 }],
  ]);
  expect([window.location.hash, isOpen()]).toEqual(["#/overview?station=VIRTUAL-2", false]);
});

test("a station that is away is told so at its commands, which are not taken, but for the raw call", async () => {
  const away = { ...summaryOf(station), link: { state: "offline" } as const };
  await open({ feeds: { "stations.list": [away, other] } });
  type("reset cp1");
  expect([options()[0], screen.getAllByRole("option")[0]?.getAttribute("aria-disabled")]).toMatchInlineSnapshot(`
    [
      "Reset CP1 | The station is offline: it gets no command",
      "true",
    ]
  `);
  key("Enter");
  await settled();
  expect([isOpen(), window.location.hash]).toEqual([true, "#/messages?station=CP1"]);
  type("send any call");
  key("Enter");
  await settled();
  expect([isOpen(), window.location.hash]).toEqual([false, "#/overview?station=CP1"]);
});

test("the pointer chooses, arrows go round at both ends, what is typed begins at the first, and a press beside closes it", async () => {
  await open();
  type("go to");
  const names = options();
  const at = () => names.findIndex((line) => line.startsWith(`${chosen()} `));
  key("ArrowUp");
  expect(at()).toBe(names.length - 1);
  key("ArrowDown");
  key("ArrowDown");
  expect(at()).toBe(1);
  fireEvent.mouseMove(screen.getAllByRole("option")[3] as HTMLElement);
  expect(at()).toBe(3);
  expect(
    screen
      .getAllByRole("option")
      .map((one) => one.getAttribute("aria-selected") === "true")
      .indexOf(true),
  ).toBe(3);
  type("go to m");
  expect(chosen()).toBe(options()[0]?.split(" |")[0]);
  fireEvent.click(screen.getByRole("combobox"));
  expect(isOpen()).toBe(true);
  fireEvent.click(screen.getByRole("dialog", { hidden: true }));
  expect(isOpen()).toBe(false);
});

test("what failed is forgotten once something else is typed", async () => {
  await open();
  type("sunlight");
  key("Enter");
  await settled();
  expect([screen.queryByRole("alert") !== null, isOpen()]).toEqual([true, true]);
  type("dark");
  expect(screen.queryByRole("alert")).toBe(null);
});

test("a click takes what it is on, and what cannot be done now is not taken by it either", async () => {
  await open();
  type("go to");
  fireEvent.click(screen.getByText("Go to Tokens"));
  expect([window.location.hash, isOpen()]).toEqual(["#/tokens?station=CP1", false]);
  cleanup();
  await open({ feeds: { "stations.list": [{ ...summaryOf(station), link: { state: "offline" } }] } });
  fireEvent.click(screen.getByText("Reset CP1"));
  await settled();
  expect([window.location.hash, isOpen()]).toEqual(["#/messages?station=CP1", true]);
});

test("where an EVSE has several connectors it is named as EVSE, with them all", async () => {
  const two = [1, 2].map((connector) => ({ connector, status: "Available" }));
  const [first, second] = station.evses;
  await open({ feeds: { "stations.state": { ...station, evses: [{ ...first, connectors: two }, second] as never } } });
  type("unlock");
  expect(options()).toEqual(["Unlock connector, CP1 EVSE 1 | Command", "Unlock connector, CP1 EVSE 2 | Command"]);
});

test("while something is done it is said, and nothing else is taken; then it closes", async () => {
  let saved: ((settings: typeof defaultSettings) => void) | undefined;
  const shown = await open({ answers: { "settings.change": () => new Promise((done) => (saved = done)) } });
  type("theme");
  key("ArrowDown");
  key("Enter");
  await settled();
  expect(screen.getByRole("status").textContent).toBe("Doing it");
  for (const name of ["Enter", "ArrowDown", "Enter"]) key(name);
  await settled();
  expect(shown.asked()).toEqual([["settings.change", { theme: "dark" }]]);
  saved?.(defaultSettings);
  await settled();
  expect(isOpen()).toBe(false);
});

test("it is a list that its line names, over all else; what is chosen comes into view, and other keys are the line's", async () => {
  const seen: string[] = [];
  vi.spyOn(HTMLElement.prototype, "scrollIntoView").mockImplementation(function (this: HTMLElement, how) {
    seen.push(`${this.firstChild?.textContent} ${JSON.stringify(how)}`);
  });
  const modal = vi.spyOn(HTMLDialogElement.prototype, "showModal");
  await open({}, "#/tokens?station=CP1");
  const line = screen.getByRole("combobox");
  expect(modal).toHaveBeenCalledTimes(1);
  const list = screen.getByRole("listbox");
  expect([line.getAttribute("aria-controls"), list.getAttribute("aria-label")]).toEqual([list.id, "What was found"]);
  type("go to me");
  seen.length = 0;
  expect([key("ArrowDown"), key("Tab"), key("x")]).toEqual([false, true, true]);
  expect([seen, chosen()]).toEqual([['Go to Messages {"block":"nearest"}'], "Go to Messages"]);
  type("zzz");
  expect([key("ArrowDown"), key("Enter"), line.hasAttribute("aria-activedescendant"), isOpen()]).toEqual([
    ...[true, false, false, true],
  ]);
  const dialog = screen.getByRole("dialog", { hidden: true }) as HTMLDialogElement;
  const closed = vi.spyOn(dialog, "close");
  fireEvent(dialog, new Event("cancel"));
  expect([isOpen(), closed.mock.calls.length]).toEqual([false, 1]);
});

test("what was typed before it came is looked for at once", async () => {
  await showOn(<PaletteDialog typed={{ current: "go to me" }} onClose={() => undefined} />, {}, "#/tokens");
  expect([(screen.getByRole("combobox") as HTMLInputElement).value, chosen()]).toEqual(["go to me", "Go to Meters"]);
});
