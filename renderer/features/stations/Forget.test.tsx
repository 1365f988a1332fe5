// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ForgetReport } from "../../../src/services/stations/contract.ts";
import { newStation } from "../../../src/station/model.ts";
import { screensForFile, settled, show } from "../../ui/testing/screen.tsx";
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

test("while it is forgotten that is said, and it is not asked for twice; one that connects meanwhile stays", async () => {
  const answer = Promise.withResolvers<ForgetReport>();
  const answers = {
    "stations.forgetPreview": () => new Promise<ForgetReport>(() => {}),
    "stations.forget": () => answer.promise,
  };
  const screen = await show(<Forget state={newStation("C\u202eP", 0)} />, { answers }, "#/files");
  await screen.press("Forget this station");
  expect(screen.says()).toEqual(["… Fetching the stations", "[Forget this station]", "[Cancel]"]);
  await screen.press("Cancel");
  expect(screen.says()).toEqual(["[Forget this station]"]);
  await screen.press("Forget this station");
  screen.asked();
  await screen.press("Forget this station");
  expect(screen.says()[0]).toMatch(/^\[Forget this station\] \(/);
  expect(screen.says()[1]).toMatch(/^… .*C\\u202eP/);
  await screen.press("Forget this station");
  expect(screen.asked()).toEqual([["stations.forget", { identity: "C\u202eP" }]]);
  expect(window.location.hash).toBe("#/files");
  answer.resolve(report);
  await settled();
  expect(window.location.hash).toBe("#/overview");
});

test("what would go that cannot be told says why", async () => {
  const screen = await show(<Forget state={newStation("CP1", 0)} />, {});
  await screen.press("Forget this station");
  expect(screen.says()[0]).toBe("! The station was not forgotten. no core runs on this folder");
});

test("one finding is one, a thousand are told in groups", async () => {
  const says = async (more: Partial<ForgetReport>) => {
    const preview = { ...report, access: false, forward: false, ...more };
    const screen = await show(<Forget state={newStation("CP1", 0)} />, {
      answers: { "stations.forgetPreview": preview },
    });
    await screen.press("Forget this station");
    const lines = screen.says("ul").slice(1);
    cleanup();
    return lines;
  };
  expect(await says({ findings: 1, files: 1 })).toEqual(["1 finding", "1 file"]);
  expect(await says({ findings: 1000, files: 2 })).toEqual(["1,000 findings", "2 files"]);
});
