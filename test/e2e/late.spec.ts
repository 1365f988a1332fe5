import { expect, test } from "vitest";
import { until } from "../harness/client.ts";
import { browserForFile, coreForTest, goTo } from "./harness.ts";

const screens = browserForFile();
const iso = (secondsAgo: number) => new Date(Date.now() - secondsAgo * 1000).toISOString();

/** A station of 1.6 by hand: it sends, and waits for each answer. */
async function station(url: string) {
  const socket = new WebSocket(url, ["ocpp1.6"]);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  let count = 0;
  const ask = (action: string, payload: object) =>
    new Promise<{ transactionId?: number }>((resolve) => {
      socket.addEventListener("message", ({ data }) => resolve(JSON.parse(String(data))[2]), { once: true });
      socket.send(JSON.stringify([2, `m${++count}`, action, payload]));
    });
  return { socket, ask };
}

function values(secondsAgo: number, register: number, watts: number, transactionId?: number) {
  const sampledValue = [
    { value: String(register) },
    { value: String(watts), measurand: "Power.Active.Import", unit: "W" },
  ];
  return { connectorId: 1, transactionId, meterValue: [{ timestamp: iso(secondsAgo), sampledValue }] };
}

test("what was told late moves nothing, and what is not of now is shown as that", async () => {
  const core = await coreForTest();
  const { socket, ask } = await station(`${core.stations}CP-9`);
  await ask("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  const status = { connectorId: 1, errorCode: "NoError" };
  await ask("StatusNotification", { ...status, status: "Charging", timestamp: iso(0) });
  const { transactionId } = await ask("StartTransaction", {
    connectorId: 1,
    idTag: "04AA",
    meterStart: 1000,
    timestamp: iso(0),
  });
  await ask("MeterValues", values(0, 3000, 11_000, transactionId));
  await ask("MeterValues", values(298, 950, 4_000));
  await ask("StatusNotification", { ...status, status: "Preparing", timestamp: iso(600) });
  await until(
    core.client,
    "stations.state",
    { identity: "CP-9" },
    (state) => state?.evses[0]?.transaction?.energyWh === 2000,
  );

  const page = await screens.open(core, { at: "overview?station=CP-9" });
  const connector = page.getByRole("region", { name: "Connector 1" });
  await connector.getByText("Charging", { exact: true }).waitFor();
  await connector.getByText("11.00", { exact: true }).waitFor();
  await connector.getByText(/2\.0+\skWh/).waitFor();
  await goTo(page, "history");
  await page
    .getByText(/told late/)
    .first()
    .waitFor();

  socket.close();
  await goTo(page, "overview");
  await connector.getByText(/^11\.00\skW/).waitFor();
  await page.getByText("Values below are the last ones told.").waitFor();
  expect(await connector.getByText("11.00", { exact: true }).count()).toBe(0);

  const again = await station(`${core.stations}CP-9`);
  await again.ask("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  await connector.getByText(/Not told since the restart; Charging before it/).waitFor();
  await again.ask("StatusNotification", { ...status, status: "Available", timestamp: iso(0) });
  await connector.getByText(/not ended by the station: its connector is free after a restart/).waitFor();
  expect(await page.getByRole("button", { name: "Start", exact: true }).isEnabled()).toBe(true);
  again.socket.close();
});
