// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MeterSeries } from "../../../src/services/metering/contract.ts";
import type { EventBody } from "../../../src/station/events.ts";
import type { CommandRecord, Sample, StationState } from "../../../src/station/model.ts";
import { setLanguage } from "../../i18n/index.ts";
import { type Shown, screensForFile, settled, show, type Written } from "../../ui/testing/screen.tsx";
import { linkOpened, stationAfter } from "../../ui/testing/stations.ts";
import { EvseColumn } from "./EvseColumn.tsx";
import { FaultBox } from "./trouble/FaultBox.tsx";

screensForFile();

/** The year 2100: our clock of the screens goes on, never back. The events of a state come a second after the other from here. */
const begin = Date.UTC(2100, 0, 1);
let tests = 0;
/** Our clock as the test begins; each test its own day. */
let now = begin;
beforeEach(() => {
  now = begin + ++tests * 86_400_000;
  vi.useFakeTimers({ toFake: ["Date"], now });
});
afterEach(() => void vi.useRealTimers());

/** A state whose events came in the last 100 s. */
function lately(events: readonly EventBody[]): StationState {
  const from = now - 100_000;
  const state = JSON.stringify(stationAfter(events), (key, value) =>
    typeof value === "number" && /^(at|since|\w+At)$/.test(key) ? value + from : value,
  );
  return JSON.parse(state) as StationState;
}

const status = (word: string, evse = 1, connector = 1, more: object = {}): EventBody =>
  ({ kind: "status", evse, connector, status: word, ...more }) as EventBody;
const sample = (measurand: string, value: number, unit: Sample["unit"], phase?: string): Sample => ({
  ...{ measurand, value, unit, said: String(value) },
  ...(phase && { phase }),
});
const sampled = (...samples: Sample[]): EventBody => ({
  ...{ kind: "sampled", evse: 1, connector: 1 },
  groups: [{ samples }],
});
const started: EventBody = { kind: "transaction-started", id: "7", evse: 1, connector: 1, meterStart: 0 };
const lost: EventBody = { kind: "link-closed", connection: 1, code: 1006, reason: "", cause: "lost" };
const booted = (more: object = {}): EventBody =>
  ({ kind: "booted", info: {}, reason: "PowerUp", answered: "Accepted", ...more }) as EventBody;
const power = (value: number) => sampled(sample("Power.Active.Import", value, "W"));

function column(state: StationState, written: Written = {}, at = 0): Promise<Shown> {
  const evse = state.evses[at];
  if (!evse) throw new Error("The state has no EVSE.");
  return show(<EvseColumn state={state} evse={evse} events={[]} />, written);
}
/** All that it says but its buttons; moments as seconds of the state. */
function told(screen: Shown): string[] {
  const seconds = (text: string) => `${(Date.parse(text) - (now - 100_000)) / 1000} s`;
  return screen
    .says()
    .filter((line) => !line.startsWith("["))
    .map((line) => line.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, seconds).replaceAll("\u2009", " "));
}

test("a status says since when and for how long; what nobody has said since does not go on", async () => {
  const charging = [linkOpened, status("Charging")];
  const says = async (events: readonly EventBody[]) => {
    const lines = told(await column(lately(events))).slice(1, 3);
    cleanup();
    return lines;
  };
  expect(await says(charging)).toEqual(["~charging ~charging Charging", "since 2 s (1 min 38 s)"]);
  expect(await says([...charging, lost])).toEqual(["~quiet ~quiet Charging", "since 2 s (1 s), told 2 s"]);
  const anew = { ...linkOpened, connection: 9 } as EventBody;
  expect(await says([...charging, lost, anew])).toEqual([
    "~quiet ~quiet Charging",
    "since 2 s (0 s), told 2 s, before the link came back",
  ]);
  expect(await says([...charging, booted()])).toEqual([
    "~quiet ~quiet Unknown",
    "Not told since the restart; Charging before it, told 2 s, before the restart",
  ]);
  expect(await says([...charging, booted({ reason: "Triggered" })])).toEqual([
    "~charging ~charging Charging",
    "since 2 s (1 min 38 s)",
  ]);
  expect(await says([linkOpened, status("Charging"), status("Charging")])).toEqual([
    "~charging ~charging Charging",
    "since 2 s (1 min 38 s)",
  ]);
});

test("where our word is another than the station's own, its own stands beside it; one that told none says what to do", async () => {
  const occupied = await column(lately([linkOpened, status("Occupied")]));
  expect(told(occupied).slice(1, 3)).toEqual(["~waiting ~waiting Preparing", "Occupied since 2 s (1 min 38 s)"]);
  cleanup();
  await setLanguage("sv");
  const swedish = await column(lately([linkOpened, status("Charging")]));
  expect(told(swedish).slice(1, 3)).toEqual(["~charging ~charging Laddar", "Charging sedan 2 s (1 min 38 s)"]);
  cleanup();
  await setLanguage("en");
  const silent = await column(lately([linkOpened, power(1)]));
  expect(told(silent).slice(1, 3)).toEqual([
    "No status told yet",
    "Ask for it: send a trigger for StatusNotification above.",
  ]);
});

test("the power now, and the last ten minutes of it: the most, and the least where it flows back", async () => {
  const running = [linkOpened, status("Charging"), started, power(7360)];
  const line = (points: [number, number][]): Written => ({
    answers: {
      "metering.range": [
        {
          ...{ evse: 1, measurand: "Power.Active.Import", unit: "W" },
          points: points.map(([seconds, value]) => [now - seconds * 1000, value]),
        } as MeterSeries,
      ],
    },
  });
  let drawn: unknown[] = [];
  const label = async (points: [number, number][]) => {
    const screen = await column(lately(running), line(points));
    const said = told(screen).filter((text) => /^(\{Power|7)/.test(text));
    drawn = [...document.querySelectorAll("polyline")].map((one) => one.getAttribute("points"));
    cleanup();
    return said;
  };
  expect(await label([])).toEqual(["7.36 kW", "{Power in the last 10 minutes}"]);
  const far: [number, number] = [601, 22_000];
  expect(await label([far, [600, 11_000], [60, 0]])).toEqual([
    "7.36 kW",
    "{Power in the last 10 minutes, max 11.00 kW}",
  ]);
  expect(drawn).toEqual(["0.0,1.0 270.0,47.0"]);
  // How often values came before those ten minutes says nothing of a gap in them.
  const often = [900, 899, 898, 897, 896].map((seconds): [number, number] => [seconds, 10]);
  await label([...often, [300, 10], [250, 10], [200, 10]]);
  expect(drawn).toEqual(["150.0,1.0 175.0,1.0 200.0,1.0"]);
  expect(await label([far, [60, 3000], [50, -2000]])).toEqual([
    "7.36 kW",
    "{Power in the last 10 minutes, min -2.00 kW, max 3.00 kW}",
  ]);
  expect(await label([far])).toEqual(["7.36 kW", "{Power in the last 10 minutes}"]);
  const silent = await column(lately(running.slice(0, 3)));
  expect(told(silent)).toContain("No power told yet");
  expect(silent.asked()).toEqual([
    ["metering.range", { station: "CP1", from: now - 600_000, to: now, maxPoints: 600 }],
  ]);
  expect(silent.watched()).toEqual([["metering.live", { station: "CP1" }]]);
  cleanup();
  expect(silent.watched()).toEqual([]);
  // Over, or never begun: what was told before is no power of now.
  const over = { kind: "transaction-ended", id: "7", evse: 1, connector: 1 } as EventBody;
  for (const events of [
    [...running, over],
    [linkOpened, status("Available")],
    [linkOpened, power(0), lost],
  ]) {
    expect(told(await column(lately(events))).filter((text) => /kW|power|Power/.test(text))).toEqual([]);
    cleanup();
  }
  expect(told(await column(lately([linkOpened, power(0)])))).toContain("0.00 kW");
});

test("volts, amperes and kilowatts by phase, a dash where one is not told; the phase where it is named", async () => {
  const rows = async (...samples: Sample[]) => {
    const lines = told(await column(lately([linkOpened, sampled(...samples)])));
    cleanup();
    return lines.slice(lines.indexOf("{Phases}") + 1);
  };
  expect(
    await rows(
      sample("Voltage", 230.04, "V", "L1-N"),
      sample("Voltage", 231, "V", "L2-N"),
      sample("Current.Import", 15.96, "A", "L1"),
      sample("Current.Import", 0, "A", "L3"),
      sample("Power.Active.Import", 3675, "W", "L1"),
    ),
  ).toEqual(["Phase | V | A | kW", "L1 | 230.0 | 16.0 | 3.68", "L2 | 231.0 | – | –", "L3 | – | 0.0 | –"]);
  expect(await rows(sample("Voltage", 230, "V"), sample("Current.Import", 6, "A"))).toEqual([
    "Phase | V | A",
    "not named | 230.0 | 6.0",
  ]);
  expect((await rows(sample("SoC", 50, "Percent"))).some((line) => line.startsWith("Phase"))).toBe(false);
});

test("a command and what came of it stand at its own EVSE, those to the whole station do not", async () => {
  const state = lately([linkOpened, status("Charging"), started, status("Available", 2)]);
  const command = (id: string, name: string, args: object): CommandRecord =>
    ({
      id,
      name,
      args,
      sentAt: now - 5000,
      doneAt: now - 4000,
      outcome: { result: "rejected", why: "Occupied" },
    }) as never;
  const note = async (...commands: CommandRecord[]) => {
    const screen = await column({ ...state, commands });
    const lines = screen.says().filter((line) => line.startsWith("…"));
    cleanup();
    return lines.map((line) => line.replace(/\d\d:\d\d:\d\d/g, "TIME"));
  };
  const unlock = "… Unlock sent TIME, refused TIME. The station says Occupied.";
  expect(await note(command("1", "unlock", { evse: 1, connector: 1 }))).toEqual([unlock]);
  expect(await note(command("1", "unlock", { evse: 1 }), command("2", "unlock", { evse: 2 }))).toEqual([unlock]);
  expect(await note(command("1", "stop", { transaction: "7" }))).toEqual([unlock.replace("Unlock", "Stop")]);
  expect(await note(command("1", "stop", { transaction: "8" }), command("2", "reset", { kind: "soft" }))).toEqual([]);
});

test("what is open in place closes with Cancel and Escape; once sent it is not asked for again", async () => {
  const answer = Promise.withResolvers<{ result: "accepted" }>();
  const screen = await column(lately([linkOpened, status("Charging"), started]), {
    answers: { "stations.command": () => answer.promise },
  });
  screen.asked();
  const buttons = () => screen.says().filter((line) => line.startsWith("["));
  const closed = ["[Start] (A session runs here already)", "[Stop]", "[Unlock]", "[Take out of service]"];
  expect(buttons()).toEqual(closed);
  await screen.press("Unlock");
  expect(screen.says()).toContain("Releases the cable at connector 1. A session that runs is ended by most stations.");
  expect(screen.text()).toContain("‹focus› [Cancel]");
  await screen.press("Cancel");
  expect([buttons(), screen.asked()]).toEqual([closed, []]);
  await screen.press("Stop");
  expect(screen.says()).toContain("Ends the session at connector 1. The car stops charging.");
  await screen.press("Stop");
  expect(screen.asked()).toEqual([
    ["stations.command", { identity: "CP1", command: { name: "stop", transaction: "7" } }],
  ]);
  answer.resolve({ result: "accepted" });
  await settled();
  expect(buttons()).toEqual(closed);
  await screen.press("Take out of service");
  expect(screen.says()).toContain(
    "Connector 1 refuses new sessions until it is put into service again. A session that runs goes on.",
  );
});

test("the only connector of an EVSE goes by the number that stands above it", async () => {
  const state = lately([linkOpened, status("Available"), status("Available", 2)]);
  const screen = await column(state, {}, 1);
  expect(screen.says()[0]).toBe("Connector 2");
  await screen.press("Unlock");
  await screen.press("Take out of service");
  expect(screen.says().filter((line) => / connector 2\.|^Connector 2 refuses/.test(line))).toHaveLength(2);
});

test("a fault says what its code means, what to check, and what the station said of it, and leads to its message", async () => {
  const faults = [
    { code: "GroundFailure", info: "RCD\u202e 30 mA", vendorErrorCode: "E7", vendorId: "acme", frame: 12 },
    { code: "Own\u202eCode", frame: 0 },
    { info: "x" },
  ];
  const all: string[] = [];
  for (const error of faults) {
    const screen = await show(<FaultBox error={error} />, {});
    all.push(...screen.says());
    if (error.frame === 12) {
      await screen.press("Show the message that says so");
      expect(screen.says("aside")[0]).toBe("{Frame 12}");
      expect(screen.asked()).toEqual([["messages.frame", { seq: 12 }]]);
    }
    cleanup();
  }
  expect(all).toMatchInlineSnapshot(`
    [
      "~faulted Fault GroundFailure",
      "The residual current protection has tripped, or protective earth is missing.",
      "Likely cause: Insulation fault in the cable, the car or the installation, moisture, or a lost protective conductor.",
      "What to check: Take the car off. If the fault stays: measure insulation and earth of the installation. If it goes: try another cable and car. Reset the RCD by hand where it has no automatic reset.",
      "The station says: RCD\\u202e 30 mA",
      "The vendor's code: E7",
      "Vendor: acme",
      "[Show the message that says so]",
      "~faulted Fault Own\\u202eCode",
      "OCPP does not know this code; it is the vendor's own.",
      "What to check: Look it up in the vendor's manual, together with the vendor's code.",
      "[Show the message that says so]",
      "~faulted Fault",
      "Faulted, but the station names no error.",
      "What to check: Read the station's display and log, or fetch its diagnostics.",
      "The station says: x",
    ]
  `);
});

test("of two connectors each has its own status, fault and buttons, with its number", async () => {
  const state = lately([
    linkOpened,
    status("Available"),
    status("Faulted", 1, 2, { errorCode: "HighTemperature" }),
    status("Available", 2),
  ]);
  const screen = await column(state, { answers: { "stations.command": { result: "accepted" } } });
  expect(screen.says("section").map((line) => line.replace(/\d{4}-.*/, "TIME"))).toMatchInlineSnapshot(`
    [
      "EVSE 1",
      "Connector 1",
      "~available ~available Available",
      "since TIME",
      "Connector 2",
      "~faulted ~faulted Faulted",
      "since TIME",
      "[Start]",
      "[Stop] (No session runs here)",
      "[Unlock 1]",
      "[Take out of service 1]",
      "[Unlock 2]",
      "[Take out of service 2]",
      "~faulted Fault HighTemperature",
      "The station is too hot inside.",
      "Likely cause: Sun, blocked ventilation, a loose terminal that heats up, or too high a continuous current for the site.",
      "What to check: Look for loose or discoloured terminals, clean filters and fans, give shade. Lower the current and see if it returns.",
      "[Show the message that says so]",
      "No session",
    ]
  `);
  expect(document.querySelector("section")?.getAttribute("aria-labelledby")).toBe(document.querySelector("h2")?.id);
  await screen.press("Unlock 2");
  expect(screen.says()).toContain("Releases the cable at connector 2. A session that runs is ended by most stations.");
  await screen.press("Unlock 2");
  expect(screen.asked().at(-1)).toEqual([
    "stations.command",
    { identity: "CP1", command: { name: "unlock", evse: 1, connector: 2 } },
  ]);
});

test("of a session that is over it says how it ended: by our stop, or for the reason that was told", async () => {
  const over = (reason?: string): EventBody =>
    ({ kind: "transaction-ended", id: "7", evse: 1, connector: 1, reason }) as EventBody;
  const ending = async (more: object, reason?: string) => {
    const state = lately([linkOpened, status("Available"), started, over(reason)]);
    const [evse] = state.evses;
    if (evse?.transaction) Object.assign(evse.transaction, more);
    const line = told(await column(state)).find((text) => text.startsWith("Last session"));
    cleanup();
    return line;
  };
  expect(await ending({}, "EVDis\u202econnected")).toBe("Last session, ended EVDis\\u202econnected 4 s");
  expect(await ending({ ownStop: true }, "Remote")).toBe("Last session, ended by our stop 4 s");
  expect(await ending({})).toBe("Last session, ended 4 s");
  const notEnded = { because: "boot", at: now - 97_000, frame: 3 };
  expect(await ending({ state: "not-ended", notEnded, endedAt: undefined })).toBe(
    "Last session, not ended by the station: its connector is free after a restart since 3 s",
  );
});

test("a pin is not shown with its session; that power and register do not go together is told where it is of this session", async () => {
  const pin = { ...started, token: { value: "1234", type: "KeyCode" } } as EventBody;
  const state = lately([linkOpened, status("Charging"), pin, power(3000)]);
  const begun = state.evses[0]?.transaction?.startedAt ?? 0;
  const doubt = async (evse: number, lastAt: number) => {
    const finding = { rule: "unit-doubt", where: `MeterValues, EVSE ${evse}`, said: "", count: 1, firstAt: 0, lastAt };
    const lines = told(await column({ ...state, findings: [finding] as never }));
    cleanup();
    return lines.filter((line) => /^Card|register/.test(line));
  };
  const note = "power and register do not go together: see the finding";
  expect(await doubt(1, begun)).toEqual(["Card: •••", note]);
  expect(await doubt(1, begun - 1)).toEqual(["Card: •••"]);
  expect(await doubt(2, begun)).toEqual(["Card: •••"]);
});
