// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { defaultSettings } from "../../../src/services/settings/contract.ts";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import type { Attempt } from "../../../src/station/attempts.ts";
import { screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { useNotices } from "./use-notices.ts";

const told = vi.hoisted(() => [] as unknown[]);
vi.mock("./notify.ts", () => ({ notify: (...said: unknown[]) => told.push(said) }));
screensForFile();
beforeEach(() => void told.splice(0));

function Ear() {
  useNotices();
  return null;
}

const station = (more: Partial<StationSummary> = {}): StationSummary => ({ ...summaryOf(onlineStation()), ...more });
const offline = { ...onlineStation().link, state: "offline" as const };
const settings = { ...defaultSettings, notices: "sound" as const };

function hearing(feeds: Written["feeds"]) {
  return show(<Ear />, { feeds: { "settings.values": settings, "connection.attempts": [], ...feeds } });
}

test("what befalls a station is told as it is wished for: its fault, that it is gone, and that it is back", async () => {
  const screen = await hearing({ "stations.list": [station({ status: "Faulted" })] });
  const tell = (...stations: StationSummary[]) => {
    screen.tell("stations.list", stations);
    return told.splice(0);
  };
  expect(told).toEqual([]);
  expect(tell(station())).toEqual([]);
  const said = (body: string, identity = "CP1") => [
    "sound",
    { identity, body, place: `#/overview?station=${identity}` },
  ];
  expect(tell(station({ status: "Faulted", errorCode: "GroundFailure" } as never))).toEqual([
    said("Faulted GroundFailure"),
  ]);
  expect([tell(station()), tell(station({ status: "Faulted" }))]).toEqual([[], [said("Faulted")]]);
  expect(tell(station({ link: offline }))).toEqual([said("Offline")]);
  expect(tell(station(), station({ identity: "NEW" }))).toEqual([said("Online"), said("Online", "NEW")]);
  screen.tell("settings.values", { ...settings, notices: "off" });
  expect(tell(station({ link: offline }), station({ identity: "NEW" }))).toMatchObject([["off", { identity: "CP1" }]]);
});

const attempt = (id: number, more: Partial<Attempt> = {}): Attempt =>
  ({
    ...{
      id,
      state: "stopped",
      passed: "tcp",
      remoteAddress: "10.0.0.9",
      causes: [{ code: "plain-request" }],
      times: {},
    },
    ...{ startedAt: 0, lastAt: Date.now(), repeats: 1, bytes: 0, ...more },
  }) as Attempt;

test("who was turned away is told once, with why; at the beginning only who has just come", async () => {
  for (const [ago, count] of [
    [5001, 0],
    [4000, 1],
  ] as const) {
    told.splice(0);
    await hearing({ "stations.list": [], "connection.attempts": [attempt(3, { lastAt: Date.now() - ago })] });
    expect([ago, told.length]).toEqual([ago, count]);
    cleanup();
  }
  told.splice(0);
  const screen = await hearing({
    "stations.list": [],
    "connection.attempts": [attempt(3, { lastAt: Date.now() - 9000 })],
  });
  const tell = (...attempts: Attempt[]) => {
    screen.tell("connection.attempts", attempts);
    return told.splice(0);
  };
  expect(told).toEqual([]);
  expect(tell(attempt(3), attempt(4, { identity: "CP9" }))).toEqual([
    ["sound", { identity: "CP9", body: expect.stringMatching(/^Turned away: A plain HTTP/), place: "#/connection" }],
  ]);
  expect(tell(attempt(3), attempt(4, { repeats: 2 }))).toEqual([]);
  expect(tell(attempt(5, { causes: [] }))).toEqual([
    ["sound", { identity: "10.0.0.9", body: "Turned away: ", place: "#/connection" }],
  ]);
});
