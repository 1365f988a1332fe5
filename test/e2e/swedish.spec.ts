import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { swedish } from "../../renderer/i18n/swedish.ts";
import { until } from "../harness/client.ts";
import { rawStation } from "../harness/stations/raw-station.ts";
import { noEnglish, noEnglishPhrases, noRawKeys } from "./checks.ts";
import { browserForFile, coreForTest, goTo, type RunningCore, virtualStation } from "./harness.ts";

const screens = browserForFile();
const time = "2026-01-31T12:00:00Z";

/** Frames of 1.6 that deviate, each in a way of its own; all that the core has words of its own for. */
const deviating = [
  "half a mess",
  '{"not":"a list"}',
  "[9]",
  '["2","t1","Heartbeat",{}]',
  '[2,7,"Heartbeat",{}]',
  `[2,"${"i".repeat(40)}","Heartbeat",{}]`,
  '[2,"n1","Heartbeat",null]',
  '[2,"n2","Heartbeat"]',
  '[2,"n3","Heartbeat",7]',
  '[2,"n4","Heartbeat",{},1]',
  '[2,5,"Heartbeat",{}]',
  '[3,"nobody",{}]',
  '[2,"d1","Heartbeat",{}]',
  '[2,"d1","Heartbeat",{}]',
  '[2,"d1","Authorize",{"idTag":"04A1"}]',
  '[2,"m1","Authorize",{}]',
  '[2,"m2","Authorize",{"idTag":"04A1","more":1}]',
  '[2,"m3","Authorize",{"idTag":""}]',
  '[2,"m4","Authorize",{"idTag":"04A1\\u0003"}]',
  `[2,"m5","Authorize",{"idTag":"${"0".repeat(21)}"}]`,
  '[2,"m6","Authorize",{"idTag":7}]',
  '[2,"s1","StatusNotification",{"connectorId":-1,"errorCode":"NoError","status":"Available"}]',
  '[2,"s2","StatusNotification",{"connectorId":1,"errorCode":"Oops","status":"Idle"}]',
  `[2,"s3","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"${time.slice(0, -1)}"}]`,
  '[2,"s4","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"0000-00-00"}]',
  '[2,"s5","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"1970-01-01T00:00:00Z"}]',
  `[2,"v1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"${time}","sampledValue":[]}]}]`,
  `[2,"v2","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"${time}","sampledValue":[{"value":"12,5"},{"value":"3","measurand":"Voltage","unit":"Wh"},{"value":"3","measurand":"Frequency","unit":"V"}]}]}]`,
  `[2,"v3","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"${time}","sampledValue":[{"value":"3","measurand":"Current.Import","phase":"N","unit":"A"},{"value":"3","phase":"L1"}]}]}]`,
  `[2,"e1","StopTransaction",{"transactionId":99,"meterStop":7,"timestamp":"${time}"}]`,
  `[2,"e2","StopTransaction",{"meterStop":7,"timestamp":"${time}"}]`,
  '[2,"c1","Reset",{"type":"Soft"}]',
  '[2,"c2","OpenSesame",{}]',
];

/** The same of 2.0.1. */
const deviating2 = [
  `[2,"r1","NotifyReport",{"requestId":1,"generatedAt":"${time}","seqNo":0,"reportData":[{"component":{"name":"EVSE","evse":{"id":1}},"variable":{"name":"AvailabilityState"},"variableAttribute":[{"value":"Available"}]}]}]`,
  `[2,"t1","TransactionEvent",{"eventType":"Updated","timestamp":"${time}","triggerReason":"MeterValuePeriodic","seqNo":1,"transactionInfo":{"transactionId":"x1"}}]`,
  '[2,"s1","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available"}]',
];

async function deviatingStations(core: RunningCore): Promise<void> {
  await core.client.call("settings.change", { triggerAfterConnect: false });
  const one = await rawStation(`${core.stations}CP-1`, []);
  await one.ask("BootNotification", { chargePointVendor: "Acme", chargePointModel: "One" });
  for (const text of deviating) one.send(text);
  const two = await rawStation(`${core.stations}CP-2`, ["ocpp2.0.1"]);
  await two.ask("BootNotification", { reason: "PowerUp", chargingStation: { vendorName: "Acme", model: "Two" } });
  for (const text of deviating2) two.send(text);
  // What we ask is answered in ways that the core has words for.
  const reset = core.client.call("stations.command", { identity: "CP-1", command: { name: "reset", kind: "soft" } });
  await expect.poll(() => one.heard.findLast((text) => text.startsWith("[2,"))).toBeDefined();
  const [, id] = JSON.parse(one.heard.findLast((text) => text.startsWith("[2,")) ?? "[]");
  one.send(JSON.stringify([3, id, {}]));
  expect((await reset).why).toEqual({ phrase: "no-status" });
  const unlock = { name: "unlock", evse: 1, connector: 2 } as const;
  const unlocked = await core.client.call("stations.command", { identity: "CP-1", command: unlock });
  expect(unlocked.why).toEqual({ phrase: "one-connector" });
  // A newer connection of one identity, so that the older is closed with a reason of ours.
  await rawStation(`${core.stations}CP-2`, ["ocpp2.0.1"]);
}

async function check(page: Page): Promise<void> {
  await noRawKeys(page);
  await noEnglish(page);
  await noEnglishPhrases(page);
}

/** Opens each of the buttons in turn, and looks at what the drawer shows. */
async function checkDrawers(page: Page, name: RegExp): Promise<number> {
  const buttons = page.locator("main").getByRole("button", { name });
  await buttons.last().waitFor();
  const count = await buttons.count();
  for (let at = 0; at < count; at++) {
    await buttons.nth(at).click();
    await page.getByRole("complementary").getByRole("heading").first().waitFor();
    await check(page);
    await page.keyboard.press("Escape");
  }
  return count;
}

/** Looks at the whole time line, from its newest entry up: only what is seen of it is drawn. */
async function checkTimeLine(page: Page): Promise<void> {
  const boot = page.getByText(/Acme (One|Two)/).first();
  await page.mouse.move(700, 500);
  await expect
    .poll(
      async () => {
        await check(page);
        await page.mouse.wheel(0, -400);
        return boot.isVisible();
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  await check(page);
}

test("what the core found and could not do is in Swedish on every Swedish screen that shows it", async () => {
  const core = await coreForTest();
  await deviatingStations(core);
  // The test means something only where many phrases were provoked.
  await until(core.client, "findings.list", {}, (all) => {
    const told = JSON.stringify(all).matchAll(/"phrase":"([^"]+)"/g);
    return all.length === 2 && new Set([...told].map(([, phrase]) => phrase)).size >= 20;
  });
  const page = await screens.open(core, { locale: "sv-SE", at: "findings?station=CP-1" });

  for (const station of ["CP-1", "CP-2"]) {
    await goTo(page, `findings?station=${station}`);
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    await check(page);
    await page.getByRole("button", { name: swedish.findings.makeTicket }).first().click();
    await page.getByText("Avvikelser från OCPP").first().waitFor();
    const ticket = await page.locator("pre").innerText();
    expect(ticket).not.toMatch(/nothing|at most|a number|a text|the parser says|`frame|`link`/);
    await page.keyboard.press("Escape");
    await goTo(page, `history?station=${station}`);
    await checkTimeLine(page);
    await goTo(page, `overview?station=${station}`);
    await page.getByText("Acme").first().waitFor();
    await check(page);
  }
  await goTo(page, "messages?station=CP-1");
  await page.getByText("OpenSesame").first().waitFor();
  await check(page);
  expect(await checkDrawers(page, /avvikelse/)).toBeGreaterThan(10);
  await goTo(page, "connection");
  await page.getByText("CP-2").first().waitFor();
  await check(page);
});

test("what cannot be done is said in Swedish", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { locale: "sv-SE", at: "overview?station=CP-1" });
  await page.getByRole("button", { name: "Rått anrop" }).click();
  const drawer = page.getByRole("complementary", { name: "Detaljer" });
  const content = drawer.getByRole("textbox", { name: /JSON/ });
  await content.fill("{");
  await drawer.getByRole("button", { name: swedish.stations.raw.send, exact: true }).click();
  await drawer.getByRole("alert").getByText("går inte att läsa: tolken säger ”").waitFor();
  await check(page);
  await content.fill("7");
  await drawer.getByRole("button", { name: swedish.stations.raw.send, exact: true }).click();
  await drawer.getByRole("alert").getByText("det måste vara ett JSON-objekt").waitFor();
  await content.fill('{"more":1}');
  await drawer.getByRole("button", { name: swedish.stations.raw.send, exact: true }).click();
  await drawer.getByRole("alert").getByText("passar inte schemat").waitFor();
  await drawer.getByRole("listitem").getByText("inget sådant fält").waitFor();
  await check(page);
});
