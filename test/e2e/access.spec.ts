import { test } from "vitest";
import WebSocket from "ws";
import { until } from "../harness/client.ts";
import { noBarriers, noOverflow } from "./checks.ts";
import { browserForFile, coreForTest, goTo, virtualStation } from "./harness.ts";

const screens = browserForFile();

/** Knocks once as a station does; resolves when it was answered. */
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
  await page.getByText("The new password alone is good.").waitFor();
  await page.getByText("Wait for the station to come back with it").waitFor();
  await noOverflow(page);
  await noBarriers(page);
  await goTo(page, "access?station=CP-1");
  await page.getByRole("button", { name: "Show the frame" }).first().click();
  await page.getByRole("complementary", { name: "Details" }).waitFor();
});
