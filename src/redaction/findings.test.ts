import { expect, test } from "vitest";
import { words } from "../station/phrases.ts";
import { findingsWithoutSecrets, saidWithoutSecrets } from "./findings.ts";

test("what findings tell of a frame is none of its secrets", () => {
  const long = "x".repeat(300);
  const frame = `[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"0123456789","l":{"password":"${long}"},"pin":"å1"}]`;
  const said = [
    "0123456789",
    "0123456789 is too short",
    `${long.slice(0, 199)}…`,
    `${long.slice(0, 190)}… (300)`,
    '"å1"',
    words("a-field", { name: "0123456789" }),
    '{"password":"other"}',
    "AuthorizationKey",
    "å1 and more",
  ];
  const findings = said.map((one) => ({ rule: "too-long", said: one }));
  expect(findingsWithoutSecrets(frame, findings).map((one) => one.said)).toEqual([
    "•••",
    "••• is too short",
    "•••",
    "•••",
    "•••",
    words("a-field", { name: "•••" }),
    '{"password":"•••"}',
    "AuthorizationKey",
    "å1 and more",
  ]);
});

test("of a frame without secrets all is told", () => {
  expect(saidWithoutSecrets('[2,"1","Heartbeat",{}]')("a…")).toBe("a…");
});
