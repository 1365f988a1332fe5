import { expect, test } from "vitest";
import { until } from "../harness/client.ts";
import { noBarriers, noOverflow, noRawKeys } from "./checks.ts";
import { act, browserForFile, coreForTest, goTo, virtualStation } from "./harness.ts";

const screens = browserForFile();
const identity = "CP-1";

test("a station is forwarded, a frame of it held, changed and let go on, and Messages tells what was done", async () => {
  const above = await coreForTest();
  const core = await coreForTest();
  await virtualStation(core, { identity });
  const page = await screens.open(core, { at: "forward" });
  await page.getByLabel("URL of the central system").fill("ws://127.0.0.1:1/nobody");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await page.getByText("nobody answers at this address and port").waitFor();
  await page.getByLabel("URL of the central system").fill(above.stations);
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await page.getByText("It answers at").waitFor();
  await page.getByRole("button", { name: "Save and turn on" }).click();
  const banner = page.getByRole("region", { name: "Forward mode" });
  await banner.getByText(`Forwarding to ${above.stations}`).waitFor();
  await banner.getByText("connected with ocpp1.6").waitFor();

  await page.getByLabel("Only these actions").fill("StatusNotification");
  await page.getByRole("button", { name: "Hold", exact: true }).click();
  await page.getByLabel("From the station").click();
  await until(core.client, "forward.state", { identity }, ({ hold }) => hold.up && hold.actions.length === 1);
  await act(core, identity, "fault", "HighTemperature");
  await page.getByText("1 frame waits").first().waitFor();
  await page.getByRole("button", { name: "Change" }).click();
  const text = page.getByLabel("Text on the wire").first();
  await text.fill((await text.inputValue()).replace("HighTemperature", "OtherError"));
  await page.getByRole("button", { name: "Let go on as changed" }).click();
  const state = await until(above.client, "stations.state", { identity }, (value) =>
    Boolean(value?.evses[0]?.connectors[0]?.errorCode),
  );
  expect(state?.evses[0]?.connectors[0]?.errorCode).toBe("OtherError");
  await page.getByText("No frame waits.").waitFor();

  await goTo(page, `messages?station=${identity}`);
  await page.getByText("held, changed").waitFor();
  await page.getByText("from above").first().waitFor();
  await noBarriers(page);
  await goTo(page, `forward?station=${identity}`);
  await page.getByRole("button", { name: "Turn off" }).waitFor();
  await noBarriers(page);
  await noOverflow(page);
  await noRawKeys(page);
});

test("a fault on purpose is red on every screen until it is turned off", async () => {
  const core = await coreForTest();
  await virtualStation(core, { identity });
  const page = await screens.open(core, { at: "faults" });
  await page.getByText("No fault is on.").waitFor();
  await page.getByLabel("Seconds").fill("0");
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByText(/A number from/).waitFor();
  await page.getByLabel("Seconds").fill("1,5");
  await page.getByRole("button", { name: "Turn on" }).click();
  const banner = page.getByRole("status", { name: "Faults on purpose" });
  await banner.getByText(/^answers wait 1500.ms, since/).waitFor();
  await noBarriers(page);
  await noRawKeys(page);
  await goTo(page, `overview?station=${identity}`);
  await banner.getByRole("button", { name: "Turn off" }).click();
  await banner.waitFor({ state: "detached" });
  await page.getByText(/^Fault on purpose turned off: answers wait/).waitFor();
});
