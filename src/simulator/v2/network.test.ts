import { expect, onTestFinished, test } from "vitest";
import type { Machine, Network } from "../model.ts";
import { type Central, createCentral } from "../testing/central.ts";
import { createNetworks } from "./network.ts";

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

/** The network profiles of a station that stands by itself. */
function networksOf(more: { password?: string; roots?: number; own?: boolean; profile?: number } = {}) {
  const used: Network[] = [];
  const machine = {
    network: { profile: more.profile ?? 1, url: null },
    password: more.password,
    certificates: { roots: () => Array.from({ length: more.roots ?? 0 }, () => "root") },
    own: { current: more.own ? { certificate: "c", key: "k" } : null },
    changeNetwork(network: Network, redial: boolean) {
      used.push(network);
      if (redial) throw new Error("dialled at once");
    },
  } as unknown as Machine;
  const networks = createNetworks(machine);
  const put = (...given: Parameters<typeof profile>) => {
    const answer = networks.answers.SetNetworkProfile?.(profile(...given));
    if (!answer || !("reply" in answer)) throw new Error("no reply");
    const { status, statusInfo } = answer.reply as {
      status: string;
      statusInfo?: { reasonCode: string; additionalInfo: string };
    };
    return statusInfo ? `${statusInfo.reasonCode}: ${statusInfo.additionalInfo}` : status;
  };
  return { networks, used, put, urls: () => used.splice(0).map(({ url }) => url) };
}

test.each([
  [{}, 1, "ws://x/", "InvalidNetworkConf: no password"],
  [{}, 1, "x", "InvalidURL: not ws or wss"],
  [{}, 0, "wss://x/", "NoSecurityDowngrade: lower than the one in use"],
  [{ profile: 0 }, 0, "ws://x/", "Accepted"],
  [{ password: "p" }, 1, "wss://x/", "Accepted"],
  [{ password: "p" }, 2, "wss://x/", "InvalidNetworkConf: no CSMSRootCertificate is installed"],
  [{ password: "p", roots: 1 }, 2, "wss://x/", "Accepted"],
  [{ roots: 1 }, 2, "wss://x/", "InvalidNetworkConf: no password"],
  [{ roots: 1 }, 3, "wss://x/", "InvalidNetworkConf: it has no certificate of its own"],
  [{ own: true }, 3, "wss://x/", "InvalidNetworkConf: no CSMSRootCertificate is installed"],
  [{ roots: 1, own: true }, 3, "wss://x/", "Accepted"],
] as const)("a station with %j takes profile %i at %s: %s", (more, security, url, told) => {
  expect(networksOf(more).put(security, url)).toBe(told);
});

test("from 3 a station goes back to 2 where that was allowed on purpose, and no further", () => {
  const { networks, put } = networksOf({ profile: 3, password: "p", roots: 1, own: true });
  const tries = () => [put(2, "wss://x/"), put(1, "ws://x/")].map((told) => told.split(":")[0]);
  expect(tries()).toEqual(["NoSecurityDowngrade", "NoSecurityDowngrade"]);
  networks.downgrade.changed?.("true");
  expect(tries()).toEqual(["Accepted", "NoSecurityDowngrade"]);
  networks.downgrade.changed?.("false");
  expect(tries()).toEqual(["NoSecurityDowngrade", "NoSecurityDowngrade"]);
});

test("the order is of slots that are filled, and begins anew with each start", () => {
  const { networks, put, urls } = networksOf({ password: "p" });
  for (const slot of [1, 2]) expect(put(1, `ws://${slot}/`, slot)).toBe("Accepted");
  const { check, changed } = networks.priority;
  expect(["", " , ", "3", "x", "1,3", "-1"].map((value) => check?.(value))).toEqual([
    ...["it takes at least one slot", "it takes at least one slot", "slot 3 is empty", "slot x is empty"],
    ...["slot 3 is empty", "slot -1 is empty"],
  ]);
  expect(["0", "2,1", " 1 , 0 "].map((value) => check?.(value))).toEqual([null, null, null]);
  changed?.("2, 1,0");
  expect(urls()).toEqual([]);
  networks.restarted();
  expect(urls()).toEqual(["ws://2/"]);
  for (let failures = 1; failures <= 9; failures++) networks.unreachable(failures);
  expect(urls()).toEqual(["ws://1/", null, "ws://2/"]);
  networks.unreachable(3);
  networks.restarted();
  expect(urls()).toEqual(["ws://1/", "ws://2/"]);
  changed?.("1");
  for (let failures = 1; failures <= 9; failures++) networks.unreachable(failures);
  expect(urls()).toEqual([]);
});
