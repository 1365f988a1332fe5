// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ForgetReport } from "../../../src/services/stations/contract.ts";
import { newStation } from "../../../src/station/model.ts";
import { screensForFile, show } from "../../ui/testing/screen.tsx";
import { onlineStation } from "../../ui/testing/stations.ts";
import { Forget } from "./Forget.tsx";

screensForFile();

const report: ForgetReport = {
  ...{ identity: "CP1", firstSeenAt: 0, lastSeenAt: 0, frames: 12_345, findings: 2, access: true, forward: true },
  files: 1,
};

test("a station is forgotten after it was said what goes and what stays; another then comes into view", async () => {
  const answers = { "stations.forgetPreview": report, "stations.forget": report };
  const screen = await show(<Forget state={newStation("CP1", 0)} />, { answers }, "#/files?station=CP1");
  await screen.press("Forget this station");
  await expect(screen.text()).toMatchFileSnapshot("told/forget.txt");
  await screen.press("Forget this station");
  expect(screen.asked()).toEqual([
    ["stations.forgetPreview", { identity: "CP1" }],
    ["stations.forget", { identity: "CP1" }],
  ]);
  expect(window.location.hash).toBe("#/overview");
});

test("nothing is said of what there is none of; one that is connected stays, and what fails says so", async () => {
  const little = { ...report, frames: 1, findings: 0, access: false, forward: false, files: 0 };
  const screen = await show(
    <Forget state={newStation("CP1", 0)} />,
    { answers: { "stations.forgetPreview": little } },
    "#/files",
  );
  await screen.press("Forget this station");
  expect(screen.says("li")).toHaveLength(1);
  expect(document.querySelectorAll("li")).toHaveLength(1);
  await screen.press("Forget this station");
  expect(screen.says()).toMatchInlineSnapshot(`
    [
      "[Forget this station]",
      "! The station was not forgotten. no core runs on this folder",
      "Wait until the connection to Plugside is back, then try again.",
    ]
  `);
  expect(window.location.hash).toBe("#/files");
  cleanup();
  const connected = await show(<Forget state={onlineStation()} />, {});
  expect(connected.says()).toMatchInlineSnapshot(`
    [
      "[Forget this station] (It is connected. Switch it off or unplug it first.)",
    ]
  `);
});
