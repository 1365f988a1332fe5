// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { CoreStatus } from "../../../src/services/connection/contract.ts";
import type { EventBody } from "../../../src/station/events.ts";
import type { Sample, StationState } from "../../../src/station/model.ts";
import { type Shown, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
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
  expect(screen.says()).toContain("Card (idTag): 04A1B2C3");
  await screen.type("Card (idTag)", " ");
  expect(screen.says()).toContain("[Start] (off)");
  await screen.type("Card (idTag)", " 04FF ");
  await screen.press("Start");
  expect(commands(screen)).toEqual(sent({ name: "start", evse: 1, connector: 1, token: { value: "04FF" } }));
});
