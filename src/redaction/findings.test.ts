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

test("a secret of four letters is looked for within a text, a shorter one as the whole of it alone", () => {
  const tell = saidWithoutSecrets('{"password":"abcd","pin":"xyz"}');
  expect(["is abcd.", "is xyz.", "xyz", "xy…", "xy… (300)", "…", '"xyz"', '"xyz'].map(tell)).toEqual([
    ...["is •••.", "is xyz.", "•••", "•••", "•••", "…", "•••", '"xyz'],
  ]);
});

test("of one frame thirty-two secrets are looked for within a text, the longest first", () => {
  const frame = JSON.stringify(
    Array.from({ length: 33 }, (_none, n) => ({ password: `secret${String(n).padStart(2, "0")}` })),
  );
  const tell = saidWithoutSecrets(frame);
  expect([tell("is secret31."), tell("is secret32."), tell("secret32")]).toEqual(["is •••.", "is secret32.", "•••"]);
  const nested = saidWithoutSecrets('[{"password":"hunter"},{"password":"hunter2222"}]');
  expect(nested("is hunter2222!")).toBe("is •••!");
});

test("nothing found is nothing told", () => {
  expect(findingsWithoutSecrets('{"password":"x"}', [])).toEqual([]);
});
