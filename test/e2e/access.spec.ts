import { expect, test } from "vitest";
import WebSocket from "ws";
import { until } from "../harness/client.ts";
import { agreeingStation } from "../harness/stations/agreeing-station.ts";
import { noBarriers, noOverflow } from "./checks.ts";
import { browserForFile, coreForTest, goTo, virtualStation } from "./harness.ts";

const screens = browserForFile();

/** Tries once as a station does; resolves when it was answered. */
function knock(url: string, password?: string): Promise<void> {
  const headers = password ? { authorization: `Basic ${Buffer.from(`NEW-1:${password}`).toString("base64")}` } : {};
  const socket = new WebSocket(`${url}NEW-1`, ["ocpp1.6"], { headers });
  return new Promise((resolve) => {
    socket.on("close", () => resolve());
    socket.on("error", () => undefined);
    socket.on("open", () => socket.close());
  });
}

test("a station that waits is shown, and let in at its next try", async () => {
  const core = await coreForTest();
  await core.client.call("settings.change", { unknownStations: "ask" });
  const page = await screens.open(core);
  await knock(core.stations);
  await page.getByRole("status").getByText("NEW-1 waits to be let in.").waitFor();
  await page.getByText("NEW-1 from 127.0.0.1 waits for your decision. It has tried once.").waitFor();
  await noBarriers(page);
  await page.getByRole("button", { name: "Let in" }).click();
  await page.getByText("NEW-1 from 127.0.0.1 waits").waitFor({ state: "detached" });
  await knock(core.stations);
  await until(core.client, "stations.list", {}, (stations) => stations.length === 1);
});

test("a password is made, shown once, and asked for", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1" });
  const page = await screens.open(core, { at: "access" });
  await page.getByText("No password is asked for.").waitFor();
  await page.getByRole("button", { name: "Ask for a password" }).click();
  await page.getByRole("button", { name: "Ask for a password" }).click();
  await page.getByText("The password, shown this once:").waitFor();
  await page.getByText(/^A password is asked for, set as text/).waitFor();
  await noOverflow(page);
  await noBarriers(page);
  await page.getByRole("button", { name: "Noted" }).click();
  await page.getByText("The password, shown this once:").waitFor({ state: "detached" });
});

test("a change of password is told step by step, with what is good and the way back", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1", ocpp: "2.0.1" });
  const page = await screens.open(core, { at: "access" });
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByText("The new password is sent to CP-1.").waitFor();
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByRole("heading", { name: "Change of password: Done" }).waitFor();
  // It connects without one: there is nothing to wait for, and nothing that could lock it out.
  await page.getByText("The new password is in the station. It counts from security profile 1 on").waitFor();
  await page.getByText("It connects without a password, so it cannot show this one.").waitFor();
  await page.getByText("None is asked for yet: the station connects without one.").waitFor();
  await noOverflow(page);
  await noBarriers(page);
  await goTo(page, "access?station=CP-1");
  await page.getByRole("button", { name: "Show the frame" }).first().click();
  await page.getByRole("complementary", { name: "Details" }).waitFor();
});

test("a way in that was not tried is not sent to a station unless one says so", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity: "CP-1", ocpp: "2.0.1" });
  const page = await screens.open(core, { at: "access" });
  await page.getByRole("button", { name: "Change the security profile" }).click();
  const anyway = page.getByRole("checkbox", { name: /although/ });
  expect(await anyway.isChecked()).toBe(false);
});

test("whoever stops waiting is led to the choice between the passwords, by the keyboard alone", async () => {
  const core = await coreForTest();
  const password = "the-old-password-1";
  await core.client.call("access.setPassword", { identity: "CP-1", form: "text", password });
  await agreeingStation(`${core.stations}CP-1`, password);
  const page = await screens.open(core, { at: "access?station=CP-1" });
  await page.getByRole("button", { name: "Change the password" }).press("Enter");
  await page.getByRole("textbox", { name: "Password" }).press("Enter");
  await page.getByRole("button", { name: "Noted" }).press("Enter");
  await page.getByRole("button", { name: "Stop waiting" }).press("Enter");
  await page.getByText("and you choose here which one stays.").waitFor();
  await page.getByRole("button", { name: "Stop waiting" }).press("Enter");
  const choice = page.getByRole("region", { name: "Two passwords are good. Which one shall stay?" });
  await choice.getByText("CP-1 has not connected anew since the new one was sent").waitFor();
  await choice.getByText("The old one, set as text").waitFor();
  await choice.getByText("The new one, sent as text").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "access-choice");
  await noOverflow(page);
  await noBarriers(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("The old password alone is good: you kept it.").waitFor();
  const access = await until(core.client, "access.station", { identity: "CP-1" }, () => true);
  expect([access.nextPassword, access.password?.form]).toEqual([null, "text"]);
});

test("a station that has not been here is prepared, with a plan for its boots", async () => {
  const core = await coreForTest();
  const page = await screens.open(core, { at: "access" });
  await page.getByRole("textbox", { name: "Identity of a station that has not been here yet" }).fill("NEW-7");
  await page.getByRole("button", { name: "Add it" }).press("Enter");
  await page.getByText("Who NEW-7 must prove to be").waitFor();
  await page.getByText("Let in, by your decision").waitFor();
  await page.getByRole("textbox", { name: "Interval, seconds; empty: as above" }).fill("20");
  await page.getByRole("textbox", { name: "Times" }).fill("2");
  await page.getByRole("button", { name: "Add to the plan" }).click();
  await page.getByText("Pending, 2 times, interval 20 s").waitFor();
  await noOverflow(page);
  await noBarriers(page);
  const access = await until(core.client, "access.station", { identity: "NEW-7" }, () => true);
  expect(access.bootPlan).toEqual([{ status: "Pending", interval: 20, times: 2 }]);
  await page.getByRole("button", { name: "Forget NEW-7" }).click();
  await page.getByText("Who NEW-7 must prove to be").waitFor({ state: "detached" });
});
