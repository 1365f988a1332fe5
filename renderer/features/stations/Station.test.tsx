// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen as page } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import type { CoreStatus } from "../../../src/services/connection/contract.ts";
import type { EventBody } from "../../../src/station/events.ts";
import type { Sample, StationState } from "../../../src/station/model.ts";
import { inSwedish, refused, type Shown, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { linkOpened, stationAfter } from "../../ui/testing/stations.ts";
import { Station } from "./Station.tsx";

screensForFile();

const booted: EventBody = {
  kind: "booted",
  info: {
    ...{ vendor: "Acme", model: "One", serialNumber: "S1", boxSerialNumber: "B1", firmwareVersion: "1.2" },
    ...{ iccid: "I1", imsi: "M1", meterType: "AC", meterSerialNumber: "MS1" },
  },
  reason: "PowerUp",
  answered: "Accepted",
};
const status = (
  evse: number,
  connector: number,
  word: "Available" | "Charging" | "Faulted" | "Unavailable",
): EventBody => ({
  ...{ kind: "status", evse, connector, status: word },
  ...(word === "Faulted" && { errorCode: "GroundFailure", vendorErrorCode: "E7", vendorId: "acme", info: "RCD" }),
});
const sample = (measurand: string, value: number, unit: Sample["unit"], phase?: string): Sample => ({
  ...{ measurand, value, unit, said: String(value) },
  ...(phase && { phase }),
});
const measured: EventBody = {
  ...{ kind: "sampled", evse: 1, connector: 1, transaction: "7" },
  groups: [
    {
      samples: [
        sample("Power.Active.Import", 7360, "W"),
        sample("Energy.Active.Import.Register", 1500, "Wh"),
        sample("SoC", 55, "Percent"),
        ...["L1", "L2", "L3"].flatMap((phase, at) => [
          sample("Current.Import", 16 - at, "A", phase),
          sample("Voltage", 230 + at, "V", `${phase}-N`),
        ]),
      ],
    },
  ],
};
const started: EventBody = {
  ...{ kind: "transaction-started", id: "7", evse: 1, connector: 1, meterStart: 1000 },
  token: { value: "04A1B2C3", type: "ISO14443" },
};
const ended: EventBody = {
  kind: "transaction-ended",
  id: "7",
  evse: 1,
  connector: 1,
  meterStop: 2000,
  reason: "Local",
};
const lost: EventBody = { kind: "link-closed", connection: 1, code: 1006, reason: "", cause: "lost" };

const charging = stationAfter([
  linkOpened,
  booted,
  status(1, 1, "Charging"),
  started,
  measured,
  status(2, 1, "Available"),
]);
const faulted = stationAfter([
  linkOpened,
  booted,
  status(0, 0, "Faulted"),
  status(1, 1, "Faulted"),
  status(1, 2, "Unavailable"),
  status(2, 1, "Available"),
]);
const over = stationAfter([linkOpened, booted, status(1, 1, "Charging"), started, measured, ended]);
const away = stationAfter([linkOpened, booted, status(1, 1, "Charging"), started, measured, lost]);

function shown(state: StationState, written: Written = {}): Promise<Shown> {
  return show(<Station state={state} />, { ...written, feeds: { "history.live": [], ...written.feeds } });
}

/** How long ago the seventies were is not held. */
const steady = (text: string) => text.replace(/\d+ d( \d+ h)?/g, "AGE");

test.each([
  ["new", stationAfter([linkOpened])],
  ["charging", charging],
  ["faulted", faulted],
  ["over", over],
  ["away", away],
])("a station that is %s", async (name, state) => {
  const screen = await shown(state);
  await expect(steady(screen.text())).toMatchFileSnapshot(`told/${name}.txt`);
});

const again: EventBody = { ...booted, reason: "Watchdog" };
const anew: EventBody = { ...linkOpened, connection: 9 } as EventBody;
const soc = (value: number, location?: string): EventBody => ({
  ...{ kind: "sampled", evse: 1, connector: 1 },
  groups: [{ samples: [{ ...sample("SoC", value, "Percent"), location }, sample("Current.Import", 3, "A", "L1")] }],
});
const idle = { ...measured, transaction: undefined } as unknown as EventBody;
/** What is told of each EVSE. */
const columns = (screen: Shown) =>
  steady(screen.text())
    .split("\n")
    .filter((line) => !/^‹named|^\[/.test(line))
    .join("\n")
    .replace(/^[\s\S]*?Raw call\]?\n|^CP1\n/, "")
    .replace(/\{Station\}[\s\S]*/, "");
test("what was told before a restart, or before the link, is told as old, with when; a clock stands where it last ran", async () => {
  const cases: [string, StationState][] = [
    ["restarted meanwhile", stationAfter([linkOpened, booted, status(1, 1, "Charging"), started, measured, again])],
    ["connected anew", stationAfter([linkOpened, booted, status(1, 1, "Charging"), started, measured, lost, anew])],
    ["away", away],
    ["without a session, values of before", stationAfter([linkOpened, status(1, 1, "Available"), idle, lost])],
    ["a state of charge of before the session", stationAfter([linkOpened, status(1, 1, "Charging"), soc(20), started])],
    ["a battery as the vehicle told it first", stationAfter([linkOpened, started, soc(41, "EV"), soc(43)])],
    ["a battery as the vehicle told it last", stationAfter([linkOpened, started, soc(41), soc(44, "EV")])],
    ["a session without values", stationAfter([linkOpened, status(1, 1, "Charging"), started])],
    ["only measured", stationAfter([linkOpened, idle])],
    ["two connectors of one EVSE", stationAfter([linkOpened, status(1, 1, "Charging"), status(1, 2, "Available")])],
  ];
  const told: string[] = [];
  for (const [what, state] of cases) {
    told.push(`# ${what}\n${columns(await shown(state))}`);
    cleanup();
  }
  await expect(told.join("\n")).toMatchFileSnapshot("told/ages.txt");
});

test("a start is offered where the session of before a restart is of no account, and with a pin that is hidden no card", async () => {
  const restarted = stationAfter([
    linkOpened,
    booted,
    status(1, 1, "Charging"),
    started,
    again,
    status(1, 1, "Available"),
  ]);
  const screen = await shown(restarted, { answers: { "stations.command": { result: "accepted" } } });
  expect(screen.says()).toContain("[Start]");
  cleanup();
  const pin: EventBody = { ...started, token: { value: "1234", type: "KeyCode" } } as EventBody;
  const hidden = await shown(stationAfter([linkOpened, pin, ended]));
  await hidden.press("Start");
  expect(hidden.says().filter((line) => /Card \(|\[Start\]/.test(line))).toEqual(["Card (idTag):", "[Start] (off)"]);
  cleanup();
  const two = await shown(stationAfter([linkOpened, status(1, 1, "Available"), status(1, 2, "Available")]), {
    answers: { "stations.command": { result: "accepted" } },
  });
  await two.press("Start");
  await two.type("Card (idTag)", "04FF");
  await two.press("Start");
  expect(commands(two)).toEqual(sent({ name: "start", evse: 1, connector: undefined, token: { value: "04FF" } }));
});

test("the last eight events, the newest first, those told elsewhere left out; one told late says when", async () => {
  const event = (seq: number, body: EventBody) => ({ station: "CP1", event: { ...body, seq, at: seq * 1000 } });
  const events = Array.from({ length: 9 }, (_, at) => event(at + 1, status(1, 1, at % 2 ? "Charging" : "Available")));
  const found: EventBody = { kind: "found", finding: { rule: "too-long", where: "x", said: "y" } };
  const command: EventBody = { kind: "command-sent", id: "1", name: "reset", args: {} };
  const updated = { kind: "transaction-updated", id: "7", evse: 1, connector: 1 } as EventBody;
  const late = {
    ...event(13, status(2, 1, "Available")),
    event: { ...event(13, status(2, 1, "Available")).event, ownAt: 500 },
  };
  const history = [...events, event(10, found), event(11, command), event(12, updated), late];
  const screen = await shown(charging, { feeds: { "history.live": history } });
  expect(screen.says("ol")).toMatchInlineSnapshot(`
    [
      "1970-01-01T00:00:00.500Z Connector 2: Available (told late 1970-01-01T00:00:13.000Z)",
      "1970-01-01T00:00:09.000Z Connector 1: Available",
      "1970-01-01T00:00:08.000Z Connector 1: Charging",
      "1970-01-01T00:00:07.000Z Connector 1: Available",
      "1970-01-01T00:00:06.000Z Connector 1: Charging",
      "1970-01-01T00:00:05.000Z Connector 1: Available",
      "1970-01-01T00:00:04.000Z Connector 1: Charging",
      "1970-01-01T00:00:03.000Z Connector 1: Available",
    ]
  `);
});

test("what happened last is said anew when the language is another", async () => {
  const event = { ...status(1, 1, "Charging"), seq: 1, at: 1000 };
  const screen = await shown(charging, { feeds: { "history.live": [{ station: "CP1", event }] } });
  expect(screen.says("ol")).toEqual(["1970-01-01T00:00:01.000Z Connector 1: Charging"]);
  await act(inSwedish);
  expect(screen.says("ol")).toEqual(["1970-01-01T00:00:01.000Z Uttag 1: Laddar"]);
});

test("the worst finding of each rule is told, three of them; all are a press away, as they stand then", async () => {
  const finding = (rule: string, where: string, count: number) => ({
    ...{ rule, where, said: "", count, firstAt: 0, lastAt: 1000, firstFrame: 1, lastFrame: 9 },
  });
  const findings = [
    finding("too-long", "A /x", 1),
    finding("unknown-field", "A /a", 1),
    finding("unknown-field", "A /b", 3),
    finding("not-json", "frame", 1),
    finding("missing-field", "A /c", 2),
  ] as StationState["findings"];
  const screen = await shown({ ...charging, findings });
  const lines = () => screen.says("aside > section:nth-of-type(2)").slice(1);
  expect(lines()).toMatchInlineSnapshot(`
    [
      "[Error: The message is not JSON]",
      "[Warning: A required field is missing × 2]",
      "[Notice: A text is longer than allowed]",
      "[Show all 4]",
    ]
  `);
  await screen.press(/missing/);
  expect(screen.says('aside[aria-label="Findings"]').join("\n")).toContain("A /c");
  await screen.press(/^Show all/);
  const all = 'aside[aria-label="All findings of CP1"]';
  expect(screen.says(all)).toEqual(["{All findings of CP1}", "… Fetching the stations"]);
  screen.tell("stations.state", { ...charging, findings });
  expect(screen.says(all).filter((line) => line.startsWith("~") && line.length > 9)).toHaveLength(5);
  const order = screen.says(all).join("\n");
  const places = ["not JSON", "A /c", "A /a"].map((text) => order.indexOf(text));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  screen.tell("stations.state", { ...charging, findings: [] });
  expect(screen.says(all)).toEqual(["{All findings of CP1}", "None. All that was said fits the specification."]);
  cleanup();
  const failing = await shown({ ...charging, findings }, { feeds: { "stations.state": refused() } });
  await failing.press(/^Show all/);
  expect(failing.says(all)[1]).toBe("! The stations cannot be shown. no core runs on this folder");
  cleanup();
  const three = await shown({ ...charging, findings: findings.slice(2) });
  expect(three.says().filter((line) => /^\[(Error|Warning|Notice|Show all)/.test(line))).toHaveLength(3);
});

test("connectors are counted by their states where there are more than two columns show at a glance", async () => {
  const counts = (screen: Shown) => screen.says().filter((line) => /^\d+ ~/.test(line));
  const of = (number: number) =>
    stationAfter([
      linkOpened,
      ...Array.from({ length: number }, (_, at) => status(at + 1, 1, at === 0 ? "Faulted" : "Available")),
    ]);
  expect(counts(await shown(of(2)))).toEqual([]);
  cleanup();
  expect(counts(await shown(of(3)))).toEqual(["1 ~faulted ~faulted Faulted", "2 ~available ~available Available"]);
});

test("one that is reached otherwise than by OCPP gets no commands, and leads to where it is read", async () => {
  for (const carrier of ["console", "modbus"] as const) {
    const screen = await shown({ ...charging, link: { ...charging.link, carrier } });
    expect(screen.says().filter((line) => /^\[(Reset|Start|Unlock|Take|Clear|Raw)/.test(line))).toEqual([]);
    expect(screen.says().find((line) => line.startsWith("<"))).toMatch(new RegExp(`takes no OCPP.*> #/${carrier}$`));
    cleanup();
  }
});

test("the whole is put into service again at once, and asked for by name what is chosen; a raw call opens", async () => {
  const closed = stationAfter([linkOpened, status(0, 0, "Unavailable"), status(1, 1, "Unavailable")]);
  const screen = await shown(closed, {
    answers: { "stations.command": { result: "accepted" }, "stations.actions": [] },
  });
  await screen.press("Put station into service");
  fireEvent.change(page.getByLabelText("Ask for"), { target: { value: "MeterValues" } });
  await screen.press("Send trigger");
  expect(commands(screen).map(([, input]) => (input as { command: object }).command)).toEqual([
    { name: "availability", evse: 0, operative: true },
    { name: "trigger", message: "MeterValues" },
  ]);
  expect(page.getByLabelText<HTMLSelectElement>("Ask for").textContent).toBe(
    "BootNotificationStatusNotificationMeterValuesHeartbeatFirmwareStatusNotificationLogStatusNotification",
  );
  await screen.press("Raw call");
  await expect.poll(() => document.querySelector("aside[aria-label='Raw call']")).not.toBeNull();
  expect(screen.watched()).toEqual(expect.arrayContaining([["history.live", { station: "CP1" }]]));
});

test("one that is away says how its link ended, who tried since, and what to type into it", async () => {
  const address = {
    address: "10.0.0.2",
    family: 4,
    network: "eth0",
    kind: "ethernet",
    urls: { ws: "ws://10.0.0.2:9000/", wss: "wss://10.0.0.2:9000/" },
  };
  const status = { addresses: [address] } as unknown as CoreStatus;
  const screen = await shown(away, { feeds: { "connection.status": status, "connection.attempts": [] } });
  expect(screen.says("section")).toContain("wss://10.0.0.2:9000/CP1");
  expect(screen.says("section")).toContain(
    "Nobody from 10.0.0.7 has tried since. Values below are the last ones told.",
  );
});

const why = "The station is offline: it gets no command";
test("while it is away no command can be sent, and each says why", async () => {
  const screen = await shown(away);
  const buttons = screen.says().filter((line) => line.startsWith("[") && !/Raw|Show|Frame|Forget/.test(line));
  expect(buttons.filter((line) => !line.endsWith(`(${why})`) && !line.endsWith("(off)"))).toEqual([]);
  expect(buttons.length).toBeGreaterThan(6);
});

const commands = (screen: Shown) => screen.asked().filter(([name]) => name === "stations.command");
const sent = (command: object) => [["stations.command", { identity: "CP1", command }]];
test.each<[state: StationState, press: string, command: object, nth?: number]>([
  [charging, "Reset, soft", { name: "reset", kind: "soft" }],
  [charging, "Reset, hard", { name: "reset", kind: "hard" }],
  [charging, "Stop", { name: "stop", transaction: "7" }],
  [charging, "Unlock", { name: "unlock", evse: 1, connector: 1 }],
  [charging, "Unlock", { name: "unlock", evse: 2, connector: 1 }, 1],
  [faulted, "Unlock 2", { name: "unlock", evse: 1, connector: 2 }],
  [charging, "Take out of service", { name: "availability", evse: 1, operative: false }],
  [faulted, "Take out of service 1", { name: "availability", evse: 1, connector: 1, operative: false }],
  [charging, "Clear the card cache", { name: "clear-cache" }],
  [charging, "Take station out of service", { name: "availability", evse: 0, operative: false }],
])("of the station %#: %s sends its command after the sentence", async (state, press, command, nth) => {
  const screen = await shown(state, { answers: { "stations.command": { result: "accepted" } } });
  await screen.press(press, nth);
  expect(commands(screen)).toEqual([]);
  await screen.press(press, nth);
  expect(commands(screen)).toEqual(sent(command));
});

test("what nothing is at risk by is sent at once, and what fails says so", async () => {
  const screen = await shown(faulted);
  await screen.press("Put into service 2");
  expect(commands(screen)).toEqual(sent({ name: "availability", evse: 1, connector: 2, operative: true }));
  expect(screen.says()).toContain("! The command was not sent. no core runs on this folder");
  await screen.press("Send trigger");
  expect(commands(screen)).toEqual(sent({ name: "trigger", message: "StatusNotification" }));
});

test("charging starts with the card that is typed, the last one at hand; not while a session runs, nor without a card", async () => {
  const screen = await shown(over, { answers: { "stations.command": { result: "accepted" } } });
  await screen.press("Start");
  expect(screen.text()).toContain("‹focus maxlength=255› Card (idTag): 04A1B2C3\n");
  await screen.type("Card (idTag)", " ");
  expect(screen.says()).toContain("[Start] (off)");
  await screen.type("Card (idTag)", " 04FF ");
  await screen.press("Start");
  expect(commands(screen)).toEqual(sent({ name: "start", evse: 1, connector: 1, token: { value: "04FF" } }));
});

test("what is asked of the whole station and fails says so where it was asked, and can be asked again", async () => {
  const screen = await shown(charging);
  const failure = "! The command was not sent. no core runs on this folder";
  const failures = () => screen.says().filter((line) => line.startsWith("!"));
  await screen.press("Send trigger");
  expect(failures()).toEqual([failure]);
  await screen.press("Clear the card cache");
  await screen.press("Clear the card cache");
  expect(failures()).toEqual([failure, failure]);
  const lines = screen.says();
  expect(lines.indexOf(failure)).toBeLessThan(lines.indexOf("Connector 1"));
  expect(lines.lastIndexOf(failure)).toBeGreaterThan(lines.indexOf("[Clear the card cache]"));
  expect(lines).toEqual(expect.arrayContaining(["[Send trigger]", "[Reset, soft]", "[Take station out of service]"]));
  await screen.press("Raw call");
  await expect.poll(() => screen.says("aside[aria-label='Raw call']").some((line) => line.startsWith("!"))).toBe(true);
  expect(screen.asked().at(-1)).toEqual(["stations.actions", { identity: "CP1" }]);
});

test("the palette finds each command by its name, at its own EVSE", async () => {
  await shown(faulted);
  const names = (part: string) =>
    [...document.querySelectorAll(`${part}[data-command]`)].map((one) => one.getAttribute("data-command"));
  expect(names("[data-evse='1'] ")).toEqual(["start", "stop", "unlock", "availability", "unlock", "availability"]);
  expect(names("[data-evse='2'] ")).toEqual(["start", "stop", "unlock", "availability"]);
  expect(names("").slice(0, 4)).toEqual(["reset", "reset", "trigger", "raw"]);
});

test("what goes on is shown four times a second, and the last of it in the end; what is typed stays", async () => {
  let tell: (state: StationState) => void = () => {};
  function Fresh() {
    const [state, setState] = useState(over);
    tell = setState;
    return <Station state={state} />;
  }
  const screen = await show(<Fresh />, { feeds: { "history.live": [] } });
  await screen.press("Start");
  await screen.type("Card (idTag)", "04FF");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const words = () => screen.says().filter((line) => /^~\w+ ~\w+ [A-Z]/.test(line));
  const after = (ms: number) => act(() => vi.advanceTimersByTime(ms));
  const become = (word: "Available" | "Faulted" | "Unavailable") =>
    act(() => tell(stationAfter([status(1, 1, word)], over)));
  after(1000);
  become("Available");
  after(0);
  expect(words()).toEqual(["~available ~available Available"]);
  become("Unavailable");
  after(100);
  become("Faulted");
  after(149);
  expect(words()).toEqual(["~available ~available Available"]);
  after(1);
  expect(words()).toEqual(["~faulted ~faulted Faulted"]);
  expect(screen.says()).toContain("Card (idTag): 04FF");
  vi.useRealTimers();
  cleanup();
  expect(screen.watched()).toEqual([]);
});
