import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { rules } from "../../src/words/en/findings.ts";
import { until } from "../harness/client.ts";
import { act, browserForFile, chargingStation, coreForTest, virtualStation } from "./harness.ts";

const screens = browserForFile();

/** Presses a verb, and then the same verb in the sentence that takes its place. */
async function confirm(page: Page, verb: string, sentence: string): Promise<void> {
  await page.getByRole("button", { name: verb, exact: true }).first().click();
  await page.getByText(sentence).waitFor();
  await page.getByRole("button", { name: verb, exact: true }).first().click();
}

/** What came of the last command of a kind. */
function outcome(page: Page, command: string) {
  return page.getByRole("status").filter({ has: page.getByText(command, { exact: true }) });
}

test.each(["1.6", "2.0.1", "2.1"] as const)("OCPP %s: start, stop and unlock, each with its outcome", async (ocpp) => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1", ocpp, speed: 10 });
  await act(core, "CP-1", "plug");
  const page = await screens.open(core);
  const connector = page.getByRole("region", { name: "Connector 1" });
  await connector.getByText("Preparing", { exact: true }).waitFor();

  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByLabel("Card (idTag)").fill("04C0FFEE");
  await page.getByLabel("Card (idTag)").press("Enter");
  await outcome(page, "Start")
    .getByText(/sent .*, accepted .*, session started/)
    .waitFor();
  await connector.getByText("Charging", { exact: true }).waitFor();
  await connector.getByText("04C0FFEE").waitFor();
  await connector.getByText("kW", { exact: true }).first().waitFor();
  await connector.getByRole("table", { name: "Phases" }).getByRole("rowheader", { name: "L3" }).waitFor();

  await confirm(page, "Stop", "Ends the session at connector 1. The car stops charging.");
  await outcome(page, "Stop")
    .getByText(/accepted .*, session ended/)
    .waitFor();
  await connector.getByText("Last session").waitFor();

  await confirm(page, "Unlock", "Releases the cable at connector 1.");
  await outcome(page, "Unlock")
    .getByText(/sent .*, (accepted|refused)/)
    .waitFor();
});

test("availability: out of service asks first, back into service does not", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  const connector = page.getByRole("region", { name: "Connector 1" });
  await confirm(page, "Take out of service", "Connector 1 refuses new sessions until it is put into service again.");
  await connector.getByText("Out of service", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Put into service", exact: true }).click();
  await connector.getByText("Available", { exact: true }).waitFor();
  await outcome(page, "Availability")
    .getByText(/sent .*, accepted/)
    .waitFor();
});

test("reset tells what will happen, can be left, and follows the station until it is back", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1", speed: 50 });
  const page = await screens.open(core);
  const reset = page.getByRole("button", { name: "Reset, soft", exact: true });
  await reset.click();
  await page.getByText("Ends all sessions properly and restarts the station's program.").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => reset.evaluate((button) => button === document.activeElement)).toBe(true);
  await expect.poll(() => page.getByText("Ends all sessions properly").count()).toBe(0);
  const { rows } = await core.client.call("messages.page", { filter: { action: "Reset" }, limit: 10 });
  expect(rows).toEqual([]);

  await confirm(page, "Reset, soft", "Ends all sessions properly and restarts the station's program.");
  await outcome(page, "Reset")
    .getByText(/sent .*, accepted .*, (offline .*, back .*\(.+\)|connected anew .*)/)
    .waitFor();
  await outcome(page, "Reset").getByRole("button", { name: "Show the answer" }).click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByText('"status": "Accepted"').waitFor();
});

test("a trigger brings what was asked for", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  await page.getByRole("combobox", { name: "Ask for" }).selectOption("Heartbeat");
  await page.getByRole("button", { name: "Send trigger" }).click();
  await outcome(page, "Trigger")
    .getByText(/sent .*, accepted/)
    .waitFor();
  await page.getByRole("region", { name: "Wire" }).getByText("Heartbeat").waitFor();
});

test("a fault stands in its box with its cause, its cure and the frame that says so", async () => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  const connector = page.getByRole("region", { name: "Connector 1" });
  await connector.getByText("Charging", { exact: true }).waitFor();
  await act(core, "CP-1", "fault", "GroundFailure");
  await connector.getByText("Faulted", { exact: true }).waitFor();
  await connector.getByText("Fault GroundFailure").waitFor();
  await connector.getByText("The residual current protection has tripped").waitFor();
  await connector.getByText("Insulation fault in the cable, the car or the installation").waitFor();
  await connector.getByText("Take the car off. If the fault stays").waitFor();
  await page.getByRole("banner").getByText("GroundFailure").waitFor();
  await connector.getByRole("button", { name: "Show the message that says so" }).click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByText('"errorCode": "GroundFailure"').waitFor();

  await act(core, "CP-1", "clear-fault");
  await connector.getByText("Fault GroundFailure").waitFor({ state: "hidden" });
});

test("an offline station says since when, and takes no command", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core);
  await page.getByRole("banner").getByText("Available").waitFor();
  await act(core, "CP-1", "drop-link");
  await page.getByRole("banner").getByText("Offline").waitFor();
  await page
    .getByRole("banner")
    .getByText(/^0:\d\d$/)
    .waitFor();
  const box = page.getByRole("region", { name: "The station is offline" });
  await box.getByText(/Offline since \d\d:\d\d:\d\d/).waitFor();
  await box.getByText("Cut without a goodbye: power, cable, network or a restart (1006)").waitFor();
  await box.getByText("Nobody from 127.0.0.1 has tried since. Values below are the last ones told.").waitFor();
  expect(await box.getByRole("code").textContent()).toBe(`${core.stations}CP-1`);
  expect(await box.getByText("it came back after").count()).toBe(0);
  for (const verb of ["Start", "Stop", "Unlock", "Take out of service", "Reset, soft", "Reset, hard", "Send trigger"])
    expect(await page.getByRole("button", { name: verb, exact: true }).isDisabled(), verb).toBe(true);

  await act(core, "CP-1", "restore-link");
  await page.getByRole("banner").getByText("Available").waitFor();
  await box.waitFor({ state: "hidden" });
  await act(core, "CP-1", "drop-link");
  await box.getByText(/The last time it was away it came back after /).waitFor();
});

test.each(["2.0.1", "2.1"] as const)("a fault of OCPP %s is what its event says, until it is cleared", async (ocpp) => {
  const core = await coreForTest();
  await chargingStation(core, { identity: "CP-1", ocpp });
  const page = await screens.open(core);
  const connector = page.getByRole("region", { name: "Connector 1" });
  await connector.getByText("Charging", { exact: true }).waitFor();
  await act(core, "CP-1", "fault", "ConnectorLockFailure");
  await connector.getByText("Fault ConnectorLockFailure").waitFor();
  await page.getByRole("banner").getByText("ConnectorLockFailure").waitFor();
  expect(await connector.getByText("the station names no error").count()).toBe(0);
  await connector.getByRole("button", { name: "Show the message that says so" }).click();
  await page.getByRole("complementary", { name: "Details" }).getByText('"techInfo": "ConnectorLockFailure').waitFor();

  await act(core, "CP-1", "clear-fault");
  await connector.getByText("Fault ConnectorLockFailure").waitFor({ state: "hidden" });
});

test("a deviation is counted in the rail, named in the findings, and leads to its frame", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const socket = new WebSocket(`${core.stations}CP-2`);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  socket.send('[2,"1","BootNotification",{"chargePointVendor":"Acme"}]');
  await until(core.client, "stations.state", { identity: "CP-2" }, (state) => (state?.findings.length ?? 0) >= 2);
  const page = await screens.open(core, { at: "overview?station=CP-2" });
  await page.getByRole("link", { name: /2 findings/ }).waitFor();
  await page.getByRole("button", { name: /Warning: A required field is missing/ }).click();
  const drawer = page.getByRole("complementary", { name: "Details" });
  await drawer.getByText(rules["missing-field"].cure).waitFor();
  await drawer.getByRole("button", { name: "Show the frame" }).click();
  await drawer.getByText('"chargePointVendor": "Acme"').waitFor();
  socket.close();
});
