// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { FirewallReport, FirewallState } from "../../../src/services/connection/contract.ts";
import { screensForFile, show } from "../../ui/testing/screen.tsx";
import { Firewall } from "./Firewall.tsx";

screensForFile();

const report = (state: FirewallState, more: Partial<FirewallReport> = {}): FirewallReport => ({
  ...{ firewall: "windows", state, program: "C:\\node.exe", ports: [9000], commands: ["Set-It", "Then-That"] },
  ...more,
});
test.each<[string, FirewallReport]>([
  ["allowed", report("allowed")],
  ["off", report("off", { firewall: "ufw" })],
  ["unknown", report("unknown", { firewall: "macos" })],
  [
    "blocked",
    report("blocked", {
      networks: [
        { name: "Home", profile: "Private", state: "allowed" },
        { name: "Site", profile: "Public", state: "blocked" },
      ],
      ...{ blockedBy: ["Rule A", "Rule B"], byPolicy: true },
    }),
  ],
  ["not allowed", report("not-allowed", { firewall: "ufw", program: "/usr/bin/node" })],
])("a firewall that is %s", async (name, value) => {
  const feeds = { "connection.firewall": value };
  const screen = await show(<Firewall />, { feeds });
  await expect(screen.text()).toMatchFileSnapshot(`told/firewall-${name.replace(" ", "-")}.txt`);
  cleanup();
  const quiet = await show(<Firewall quiet />, { feeds });
  expect(quiet.says().length > 0).toBe(name === "blocked" || name === "not allowed");
});
