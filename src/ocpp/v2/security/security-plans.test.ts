import { describe, expect, test } from "vitest";
import { newStation } from "../../../station/model.ts";
import { loadSchemas } from "../../schemas.ts";
import { dialectOf } from "../../versions.ts";
import { profileChange2, readSecurity2 } from "./security-plans.ts";

describe.each([
  ["2.0.1", 40, "OCPP20"],
  ["2.1", 64, "OCPP21"],
] as const)("OCPP %s", (version, longest, word) => {
  const { plan } = dialectOf(version);
  const station = newStation("CP1", 0);

  test("sets BasicAuthPassword as text of 16 characters up to its own limit, and never as hex", () => {
    const setting = (password: string, form: "text" | "hex") => plan({ name: "set-password", password, form }, station);
    expect(setting("x".repeat(longest), "text")).toEqual({
      action: "SetVariables",
      payload: {
        setVariableData: [
          {
            component: { name: "SecurityCtrlr" },
            variable: { name: "BasicAuthPassword" },
            attributeValue: "x".repeat(longest),
          },
        ],
      },
    });
    expect(setting("sixteen letters!", "text")).toHaveProperty("action", "SetVariables");
    expect(setting("x".repeat(longest + 1), "text")).toHaveProperty("unsupported");
    expect(setting("fifteen letters", "text")).toHaveProperty("unsupported");
    expect(setting("00112233445566778899aabbccddeeff", "hex")).toHaveProperty("unsupported");
  });

  test("writes a network profile, and prefers it before those that were, each once", async () => {
    const profile = { name: "set-security-profile", profile: 2, url: "wss://192.0.2.1:9000/", slot: 3 } as const;
    const write = plan(profile, station);
    expect(write).toEqual({
      action: "SetNetworkProfile",
      payload: {
        configurationSlot: 3,
        connectionData: {
          ocppVersion: word,
          ocppTransport: "JSON",
          ocppCsmsUrl: profile.url,
          messageTimeout: 30,
          securityProfile: 2,
          ocppInterface: "Wired0",
        },
      },
    });
    const schemas = await loadSchemas(version);
    if ("payload" in write) expect(schemas.judge("request", write.action, write.payload)).toEqual([]);
    const prefer = (before?: string) => {
      const planned = plan({ name: "prefer-network-profile", slot: 3, before }, station);
      return "payload" in planned ? planned.payload.setVariableData : planned;
    };
    expect([prefer("1, 3,2"), prefer()]).toMatchObject([[{ attributeValue: "3,1,2" }], [{ attributeValue: "3" }]]);
  });
});

test("reads what was accepted of the answer, and nothing of what was refused", () => {
  const told = (name: string, attributeStatus: string, attributeValue?: string) => ({
    component: { name: "X" },
    variable: { name },
    attributeStatus,
    ...(attributeValue === undefined ? {} : { attributeValue }),
  });
  const answer = {
    getVariableResult: [
      told("SecurityProfile", "Accepted", "1"),
      told("NetworkConfigurationPriority", "Rejected", "0,1"),
    ],
  };
  expect(readSecurity2(answer)).toEqual({ profile: 1 });
  expect(readSecurity2({ getVariableResult: [told("NetworkConfigurationPriority", "Accepted", "0,1")] })).toEqual({
    priority: "0,1",
  });
});

test("asks for what readSecurity reads, and changes a profile in three steps", () => {
  const variable = (component: string, name: string) => ({ component: { name: component }, variable: { name } });
  expect(dialectOf("2.0.1").plan({ name: "read-security" }, newStation("CP1", 0))).toEqual({
    action: "GetVariables",
    payload: {
      getVariableData: [
        variable("SecurityCtrlr", "SecurityProfile"),
        variable("OCPPCommCtrlr", "NetworkConfigurationPriority"),
      ],
    },
  });
  expect(profileChange2).toEqual(["set-security-profile", "prefer-network-profile", "reset"]);
});
