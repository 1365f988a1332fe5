import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import { summarise } from "./summary.ts";

/** The fields as pairs: shorter to read. */
function pairs(action: string, payload: JsonObject): [string, string][] {
  return summarise(action, payload).map(({ label, value }) => [label, value]);
}

const component = { name: "SecurityCtrlr" };
const variable = { name: "BasicAuthPassword" };

describe("secrets in a summary", () => {
  it.each<[string, JsonObject]>([
    ["ChangeConfiguration", { key: "AuthorizationKey", value: "hunter2" }],
    ["GetConfiguration", { configurationKey: [{ key: "AuthorizationKey", readonly: false, value: "hunter2" }] }],
    ["SetVariables", { setVariableData: [{ component, variable, attributeValue: "hunter2" }] }],
    ["GetVariables", { getVariableResult: [{ component, variable, attributeValue: "hunter2" }] }],
    ["NotifyReport", { reportData: [{ component, variable, variableAttribute: [{ value: "hunter2" }] }] }],
  ])("show as dots in %s", (action, payload) => {
    const fields = pairs(action, payload);
    expect(fields.at(-1)).toEqual(["value", "•••"]);
    expect(JSON.stringify(fields)).not.toContain("hunter2");
  });

  it("do not show in addresses, in vendors' data and as pins", () => {
    expect(pairs("GetDiagnostics", { location: "ftp://user:hunter2@10.0.0.1/logs" })).toEqual([
      ["location", "ftp://user:•••@10.0.0.1/logs"],
    ]);
    expect(pairs("UpdateFirmware", { firmware: { location: "https://u:p@ss@host/f.bin" } })).toEqual([
      ["location", "https://u:•••@host/f.bin"],
    ]);
    expect(pairs("DataTransfer", { vendorId: "v", messageId: "SetWifiPassword", data: "hunter2" })).toEqual([
      ["vendorId", "v"],
      ["messageId", "SetWifiPassword"],
      ["data", "•••"],
    ]);
    expect(
      pairs("SetNetworkProfile", { connectionData: { basicAuthPassword: "hunter2", ocppCsmsUrl: "ws://x" } }),
    ).toEqual([["location", "ws://x"]]);
    expect(pairs("Authorize", { idToken: { idToken: "1234", type: "KeyCode" } })).toEqual([["token", "•••"]]);
    expect(pairs("Authorize", { idToken: { idToken: "04AA", type: "ISO14443" } })).toEqual([["token", "04AA"]]);
  });
});
