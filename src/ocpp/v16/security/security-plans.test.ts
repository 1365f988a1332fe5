import { expect, test } from "vitest";
import { english, words } from "../../../station/phrases.ts";
import { planSecurity16, readSecurity16 } from "./security-plans.ts";

const key = "00112233445566778899aabbccddeeff";

test("sets AuthorizationKey as text of 16 to 40 characters, or as 16 to 20 bytes in hex", () => {
  const plan = (password: string, form: "text" | "hex") => planSecurity16({ name: "set-password", password, form });
  expect(plan(key, "hex")).toEqual({ action: "ChangeConfiguration", payload: { key: "AuthorizationKey", value: key } });
  expect(plan("sixteen letters!", "text")).toEqual({
    action: "ChangeConfiguration",
    payload: { key: "AuthorizationKey", value: "sixteen letters!" },
  });
  for (const [password, form] of [
    ["x".repeat(40), "text"],
    [key + key.slice(0, 8), "hex"],
  ] as const)
    expect(plan(password, form)).toHaveProperty("payload.value", password);
  for (const [password, form] of [
    ["fifteen letters", "text"],
    ["x".repeat(41), "text"],
    [key.slice(2), "hex"],
    [`${key}0`, "hex"],
    [key + key.slice(0, 10), "hex"],
    ["sixteen letters!", "hex"],
  ] as const) {
    const refused = plan(password, form);
    if (!("unsupported" in refused)) throw new Error("it was planned");
    const { length } = password;
    const most = { field: "AuthorizationKey", least: 16, most: 40, length };
    expect(refused.unsupported).toEqual(
      form === "hex" ? words("key-digits", { length }) : words("password-length", most),
    );
    expect(english(refused.unsupported)).toMatch(/^AuthorizationKey takes /);
    expect(JSON.stringify(refused)).not.toContain(password);
  }
});

test("raises SecurityProfile, knows no network profiles, and reads what is told", () => {
  const profile = { name: "set-security-profile", profile: 2, url: "wss://192.0.2.1/", slot: 1 } as const;
  expect(planSecurity16(profile)).toEqual({
    action: "ChangeConfiguration",
    payload: { key: "SecurityProfile", value: "2" },
  });
  expect(planSecurity16({ name: "prefer-network-profile", slot: 1 })).toHaveProperty("unsupported");
  expect(planSecurity16({ name: "read-security" })).toEqual({
    action: "GetConfiguration",
    payload: { key: ["SecurityProfile"] },
  });
  expect(readSecurity16({ configurationKey: [{ key: "SecurityProfile", readonly: false, value: "1" }] })).toEqual({
    profile: 1,
  });
  expect(readSecurity16({ unknownKey: ["SecurityProfile"] })).toEqual({});
});
