import { expect, onTestFinished, test } from "vitest";
import { type Central, createCentral } from "../testing/central.ts";

const place = (component: string, variable: string) => ({
  component: { name: component },
  variable: { name: variable },
});
const priority = place("OCPPCommCtrlr", "NetworkConfigurationPriority");
const profile = (securityProfile: number, ocppCsmsUrl: string, configurationSlot = 1) => ({
  configurationSlot,
  connectionData: {
    ocppVersion: "OCPP20",
    ocppTransport: "JSON",
    ocppCsmsUrl,
    messageTimeout: 30,
    securityProfile,
    ocppInterface: "Wired0",
  },
});

/** Lets time pass until something has happened. */
async function runUntil(central: Central, happening: Promise<void>): Promise<void> {
  let happened = false;
  void happening.then(() => {
    happened = true;
  });
  while (!happened) await central.run(1);
}

test("tries its connections in their order from the next start, and falls back where one does not answer", async () => {
  const central = await createCentral("2.0.1");
  onTestFinished(() => central.close());
  central.start({ identity: "CP1", password: "0123456789abcdef" });
  await central.linked();
  await central.settle();
  const read = async () => (await central.call("GetVariables", { getVariableData: [priority] })) as object;

  // Nobody listens on port 1 of this machine.
  expect(await central.call("SetNetworkProfile", profile(1, "ws://127.0.0.1:1/"))).toEqual({ status: "Accepted" });
  const set = (attributeValue: string) =>
    central.call("SetVariables", { setVariableData: [{ ...priority, attributeValue }] });
  expect(await set("2,0")).toMatchObject({ setVariableResult: [{ attributeStatus: "Rejected" }] });
  expect(await set("1,0")).toMatchObject({ setVariableResult: [{ attributeStatus: "RebootRequired" }] });
  expect(await read()).toMatchObject({ getVariableResult: [{ attributeValue: "0" }] });

  expect(await central.call("Reset", { type: "Immediate" })).toEqual({ status: "Accepted" });
  await runUntil(central, central.unlinked());
  await runUntil(central, central.linked());
  await central.settle();
  expect(await read()).toMatchObject({ getVariableResult: [{ attributeValue: "1,0" }] });
  expect(central.deviations).toEqual([]);
});

test("takes no network profile that it could not connect by", async () => {
  const central = await createCentral("2.1");
  onTestFinished(() => central.close());
  central.start({ identity: "CP1", password: "0123456789abcdef" });
  await central.linked();
  await central.settle();
  const refused = async (...wanted: Parameters<typeof profile>) => {
    const answer = await central.call("SetNetworkProfile", profile(...wanted));
    return typeof answer === "string" ? answer : answer.statusInfo;
  };
  expect(await refused(1, "http://192.0.2.1/")).toMatchObject({ reasonCode: "InvalidURL" });
  expect(await refused(0, "ws://192.0.2.1/")).toMatchObject({ reasonCode: "NoSecurityDowngrade" });
  expect(await refused(2, "wss://192.0.2.1/")).toMatchObject({ reasonCode: "InvalidNetworkConf" });
});
