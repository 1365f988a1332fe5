import { expect, test } from "vitest";
import type { ForwardSettings } from "../../station/forward.ts";
import { addressOf, tidySettings } from "./logic.ts";

const base: ForwardSettings = {
  on: true,
  url: " wss://example.com/ocpp ",
  credentials: "own",
  insecure: false,
  whenAway: "answer",
};

test("a user name belongs to credentials of its own alone, and an empty one to none", () => {
  expect(tidySettings({ ...base, user: "CP9" })).toEqual({ ...base, url: "wss://example.com/ocpp", user: "CP9" });
  expect(tidySettings({ ...base, user: "" })).not.toHaveProperty("user");
  expect(tidySettings({ ...base, credentials: "station", user: "CP9" })).not.toHaveProperty("user");
});

test("certificates that cannot be read are refused, and blanks are none", () => {
  expect(tidySettings({ ...base, ca: "  \n" })).not.toHaveProperty("ca");
  expect(() => tidySettings({ ...base, ca: "no certificate" })).toThrow(
    expect.objectContaining({ code: "invalid-input" }),
  );
  const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
  expect(() => tidySettings({ ...base, ca: broken })).toThrow(expect.objectContaining({ code: "invalid-input" }));
});

test("the address ends in the identity, written as a URL has it", () => {
  expect(addressOf("wss://example.com/ocpp", "CP 1/å")).toBe("wss://example.com/ocpp/CP%201%2F%C3%A5");
  expect(() => addressOf("no url", "CP1")).toThrow(expect.objectContaining({ code: "invalid-input" }));
});
