import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../lib/json.ts";
import { summarise } from "./summary.ts";
import { isSecretName, payloadWithoutSecrets, withoutSecrets } from "./summary-secrets.ts";

/** The fields as pairs: shorter to read. */
function pairs(action: string, payload: JsonObject): [string, string][] {
  return summarise(action, payload).map(({ label, value }) => [label, value]);
}

const component = { name: "SecurityCtrlr" };

describe("secrets", () => {
  it.each<[string, JsonObject]>([
    ["ChangeConfiguration", { key: "AuthorizationKey", value: "hunter2" }],
    ["GetConfiguration", { configurationKey: [{ key: "AuthorizationKey", readonly: false, value: "hunter2" }] }],
    [
      "SetVariables",
      { setVariableData: [{ component, variable: { name: "BasicAuthPassword" }, attributeValue: "hunter2" }] },
    ],
    [
      "GetVariables",
      {
        getVariableResult: [
          {
            component,
            variable: { name: "BasicAuthPassword" },
            attributeValue: "hunter2",
            attributeStatus: "Accepted",
          },
        ],
      },
    ],
    [
      "NotifyReport",
      {
        reportData: [{ component, variable: { name: "BasicAuthPassword" }, variableAttribute: [{ value: "hunter2" }] }],
      },
    ],
  ])("show as dots in %s", (action, payload) => {
    const fields = pairs(action, payload);
    expect(fields.at(-1)).toEqual(["value", "•••"]);
    expect(JSON.stringify(fields)).not.toContain("hunter2");
  });

  it("do not show in addresses and in vendors' data", () => {
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
  });

  it("are cut out of texts by the name before them, and nothing else is", () => {
    expect(withoutSecrets('{"ssid":"home","wifiPassword":"a \\" b","psk": "c"}')).toBe(
      '{"ssid":"home","wifiPassword":•••,"psk": •••}',
    );
    expect(withoutSecrets("password=x; port=21")).toBe("password=•••; port=21");
    expect(withoutSecrets("http://10.0.0.1:8080/a@b")).toBe("http://10.0.0.1:8080/a@b");
    expect(withoutSecrets("mailto:a@b")).toBe("mailto:a@b");
  });

  it("are known by the name of the setting", () => {
    const names = ["AuthorizationKey", "BasicAuthPassword", "WifiPSK", "AuthorizeRemoteTxRequests", "MaxKeys"];
    expect(names.map(isSecretName)).toEqual([true, true, true, false, false]);
  });
});

test.each([
  ['{"key":"AuthorizationKey","value":"s3cret"}', '{"key":"AuthorizationKey","value":"•••"}'],
  [
    '{"setVariableData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},"attributeValue":"s3cret"}]}',
    '{"setVariableData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},"attributeValue":"•••"}]}',
  ],
  ['{"connectionData":{"basicAuthPassword":"s3cret"}}', '{"connectionData":{"basicAuthPassword":"•••"}}'],
  ['{"location":"ftp://me:s3cret@192.0.2.1/"}', '{"location":"ftp://me:•••@192.0.2.1/"}'],
])("leaves the secret out of the payload %s", (payload, told) => {
  expect(payloadWithoutSecrets(payload)).toBe(told);
});

test("keeps a payload without secrets as it was, blanks and digits included", () => {
  const payload = '{ "key" : "HeartbeatInterval",  "value":"10" , "n": 9223372036854775807 }';
  expect(payloadWithoutSecrets(payload)).toBe(payload);
  expect(payloadWithoutSecrets("no json")).toBe("no json");
});
