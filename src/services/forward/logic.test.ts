import { beforeAll, expect, test } from "vitest";
import { loadX509 } from "../../lib/x509.ts";
import type { ForwardSettings } from "../../station/forward.ts";
import { issueRoot } from "../certificates/issue.ts";
import { addressOf, tidySettings, toHeld } from "./logic.ts";

let rootPem = "";
beforeAll(async () => {
  const { certificate } = await issueRoot(await loadX509(), "ec", Date.now());
  rootPem = certificate.toString().trim();
});

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

test("a held frame is told as a question or an answer with what matters in it, and whether its text is all of it", () => {
  const summary = [{ label: "idTag", value: "A" }];
  const held = (frame: unknown, more: object = {}) =>
    toHeld({
      row: { seq: 4, at: 9 },
      way: "up",
      action: "Authorize",
      text: "x",
      data: Buffer.from("x"),
      frame,
      ...more,
    } as never);
  const base = { seq: 4, at: 9, way: "up", action: "Authorize", text: "x", exact: true };
  const call = { type: "call", id: "1", action: "Authorize", payload: { idTag: "A" } };
  const question = held(call);
  expect(question).toEqual({ ...base, kind: "question", summary: expect.any(Array) });
  expect(question.summary.map(({ value }) => value)).toEqual(summary.map(({ value }) => value));
  expect(held({ ...call, type: "send" }).kind).toBe("question");
  const result = { type: "result", id: "1", payload: { idTagInfo: { status: "Blocked" } } };
  expect(held(result)).toMatchObject({ kind: "answer", summary: [{ value: "Blocked" }] });
  expect(held(result, { action: null, asked: { frame: { action: "Authorize" } } })).toMatchObject({
    action: null,
    kind: "answer",
    summary: [{ value: "Blocked" }],
  });
  expect(held({ type: "error", id: "1" })).toEqual({ ...base, kind: "answer", summary: [] });
  expect(held(null)).toEqual({ ...base, kind: "other", summary: [] });
  expect(held(null, { text: "\ufffd", data: Uint8Array.of(0xff) }).exact).toBe(false);
});

test("certificates are kept one below the other, without what stands around them", () => {
  const pem = rootPem;
  expect(tidySettings({ ...base, ca: `text\n${pem}\nmore\n${pem}\n` }).ca).toBe(`${pem}\n${pem}`);
});
