// @vitest-environment happy-dom
import { cleanup, fireEvent, screen as page } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { ProcedureView } from "../../../src/services/procedures/contract.ts";
import { words } from "../../../src/station/phrases.ts";
import { refused, screensForFile, unanswered, type Written } from "../../ui/testing/screen.tsx";
import { change, full, shown, usual, waiting } from "./testing/shown.tsx";

screensForFile();

const accepted = { identity: "CP1", decision: "accepted" };
test("who waits is let in or refused at once; a station is refused after the sentence", async () => {
  const answers: Written["answers"] = { "access.decide": usual };
  const screen = await shown(full, { answers, feeds: { "access.waiting": waiting } });
  await screen.press("Let in", 1);
  await screen.press("Refuse", 0);
  await screen.press("Let in", 2);
  expect(screen.asked()).toEqual([
    ["access.decide", { identity: "NEW-2", decision: "accepted" }],
    ["access.decide", { identity: "NEW-1", decision: "refused" }],
    ["access.decide", accepted],
  ]);
  cleanup();
  const other = await shown(usual);
  await other.press("Refuse");
  expect(other.asked()).toEqual([]);
  await other.press("Refuse");
  expect(other.asked()).toEqual([["access.decide", { identity: "CP1", decision: "refused" }]]);
  expect(other.says()).toContain("! Not changed. no core runs on this folder");
});

test("a password is made or typed, shown once, and taken away; of two, one is kept", async () => {
  const answers: Written["answers"] = {
    ...{ "access.setPassword": { access: usual, password: "made-one" }, "access.removePassword": usual },
    "access.keepPassword": usual,
  };
  const screen = await shown(full, {
    answers,
    feeds: { "procedures.state": { ...change, state: "timed-out", valid: "both" } },
  });
  await screen.press("Ask for a password");
  await screen.type("Password", "typed-one-typed-1");
  await screen.tick("Hex digits");
  await screen.press("Ask for a password");
  expect(screen.asked()).toEqual([
    ["access.setPassword", { identity: "CP1", form: "hex", password: "typed-one-typed-1" }],
  ]);
  expect(screen.says()).toContain("made-one");
  await screen.press("Noted");
  expect(screen.says()).not.toContain("made-one");
  await screen.press("Ask for none");
  await screen.press("Ask for none");
  await screen.press("Keep the old one alone");
  await screen.press("Keep the new one alone");
  expect(screen.asked()).toEqual([
    ["access.removePassword", { identity: "CP1" }],
    ["access.keepPassword", { identity: "CP1", keep: "old" }],
    ["access.keepPassword", { identity: "CP1", keep: "new" }],
  ]);
});

test("what is asked of it is saved at once, and a fingerprint that is none is not", async () => {
  const screen = await shown(usual, { answers: { "access.change": usual } });
  await screen.choose("Lowest security profile", /2/);
  const field =
    screen
      .says()
      .find((line) => /certificate.*:$/i.test(line))
      ?.replace(/:$/, "") ?? "";
  await screen.type(field, "AB:CD");
  expect(screen.says()).toContain(`${field}: AB:CD (not right)`);
  await screen.type(field, "ab".repeat(32));
  expect(screen.asked().map(([, input]) => input)).toEqual([
    { identity: "CP1", profile: 2 },
    { identity: "CP1", certificate: "ab".repeat(32) },
  ]);
});

test("one that has not been here is prepared, and forgotten", async () => {
  const answers: Written["answers"] = { "access.decide": usual, "access.forget": null };
  const feeds: Written["feeds"] = { "access.expected": [{ identity: "NEW-9", decision: null }] };
  const screen = await shown(usual, { answers, feeds });
  expect(screen.says()).toContain("[Add it] (off)");
  await screen.type(/^Identity of a station/, " NEW-7 ");
  await screen.press("Add it");
  await screen.press("Forget NEW-9");
  expect(screen.asked()).toEqual([
    ["access.decide", { identity: "NEW-7", decision: "accepted" }],
    ["access.forget", { identity: "NEW-9" }],
  ]);
  expect(window.location.hash).toBe("#/overview?station=NEW-7");
});

test("a wait is ended: with what it had at once, or after the sentence", async () => {
  const steps: ProcedureView["steps"] = [
    { name: "return", state: "under-way", why: "old-profile", said: words("no-core") },
  ];
  const feeds: Written["feeds"] = { "procedures.state": { ...change, steps } };
  const screen = await shown(usual, { feeds });
  const names = screen.says("[aria-labelledby=access-change]").filter((line) => line.startsWith("["));
  await screen.press("Stop waiting");
  expect(screen.asked()).toEqual([]);
  await screen.press("Stop waiting");
  expect(screen.asked()).toEqual([["procedures.cancel", { identity: "CP1" }]]);
  await screen.press(names[0]?.slice(1, -1) ?? "");
  expect(screen.asked()).toEqual([["procedures.cancel", { identity: "CP1", keep: "old" }]]);
});

test("a password is changed under guard, made or typed, and one that was made is shown once", async () => {
  const answers: Written["answers"] = { "procedures.start": { procedure: change, password: "made-one" } };
  const online = await shown(usual, { answers });
  await online.press("Change the password");
  await online.press("Change the password");
  expect(online.asked()).toEqual([["procedures.start", { kind: "password", identity: "CP1", form: "text" }]]);
  expect(online.says("[aria-labelledby=access-change]")).toContain("made-one");
  await online.press("Noted");
  expect(online.says("[aria-labelledby=access-change]")).not.toContain("made-one");
  await online.press("Change the password");
  await online.type("Password", "typed-one-typed-1");
  await online.press("Change the password");
  expect(online.asked()).toEqual([
    ["procedures.start", { kind: "password", identity: "CP1", form: "text", password: "typed-one-typed-1" }],
  ]);
  await online.press("Change the password");
  expect(online.says()).toContain("Password:");
  cleanup();
  const refusing = await shown(usual);
  await refusing.press("Change the password");
  await refusing.press("Change the password");
  expect(refusing.says().filter((line) => line.startsWith("! "))).toHaveLength(1);
});

test("a profile is changed under guard: to the one that is chosen, at another address, or anyway", async () => {
  const answers: Written["answers"] = { "procedures.start": { procedure: change } };
  const screen = await shown(usual, { answers });
  const start = { kind: "profile", identity: "CP1" };
  await screen.press("Change the security profile");
  await screen.press("Change the security profile");
  await screen.press("Change the security profile");
  await screen.choose("New profile", /^3/);
  await screen.type("Address it shall connect to", " wss://h:9/ocpp ");
  await screen.tick(/^Go on/);
  await screen.press("Change the security profile");
  await screen.press("Change the security profile");
  await screen.choose("New profile", /^1/);
  expect(screen.says().some((line) => line.startsWith("[x] Go on"))).toBe(false);
  expect(screen.asked()).toEqual([
    ["procedures.start", { ...start, profile: 2, anyway: false }],
    ["procedures.start", { ...start, profile: 3, anyway: true, url: "wss://h:9/ocpp" }],
  ]);
  cleanup();
  const hidden = await shown({ ...usual, unshownPassword: { form: "text", setAt: 1 } }, { answers });
  await hidden.press("Change the security profile");
  await hidden.press("Change the security profile");
  expect(hidden.asked()).toEqual([["procedures.start", { ...start, profile: 1, anyway: false }]]);
});

test("the answers to its next boots are added behind the others, and taken away one by one", async () => {
  const plan = [
    { status: "Rejected", interval: 5, times: 2 },
    { status: "Pending", times: 1 },
  ] as const;
  const screen = await shown({ ...usual, bootPlan: [...plan] }, { answers: { "access.change": usual } });
  const part = "[aria-labelledby=access-plan]";
  const [seconds, times] = ["Interval, seconds; empty: as above", "Times"];
  const wrong = () => screen.says(part).filter((line) => line.endsWith("(not right)"));
  await screen.type(seconds, "86401");
  await screen.type(times, "0");
  expect(wrong()).toEqual([]);
  await screen.press("Add to the plan");
  expect(wrong()).toHaveLength(2);
  await screen.type(seconds, " 86400 ");
  await screen.type(times, "100");
  await screen.press("Add to the plan");
  await screen.type(seconds, "");
  await screen.type(times, "1");
  await screen.press("Add to the plan");
  await screen.press("Remove Rejected from the plan");
  const saved = screen.asked().map(([, input]) => (input as { bootPlan: unknown[] }).bootPlan);
  expect(saved).toEqual([
    [...plan, { status: "Pending", times: 100, interval: 86_400 }],
    [...plan, { status: "Pending", times: 1 }],
    [plan[1]],
  ]);
  // What is typed for the one after that is not wrong before it is to be added.
  await screen.type(times, "0");
  expect(wrong()).toEqual([]);
});

test("what it is told at its boot is saved as it is chosen and typed; Enter saves, Escape gives back", async () => {
  const screen = await shown(
    { ...usual, bootStatus: "Pending", bootInterval: 20 },
    { answers: { "access.change": usual } },
  );
  await screen.choose("Answer", /^Rejected/);
  await screen.choose("Answer", /^As in Settings/);
  const field = () => screen.says("[aria-labelledby=access-boot]").find((line) => line.startsWith("Interval:"));
  const before = field();
  const type = (text: string) =>
    fireEvent.change(page.getByLabelText("Interval", { selector: "input" }), {
      target: { value: text },
    });
  type("7");
  await screen.key("Interval", "a");
  expect(screen.asked().map(([, saved]) => saved)).toEqual([
    { identity: "CP1", bootStatus: "Rejected" },
    { identity: "CP1", bootStatus: null },
  ]);
  const elsewhere: string[] = [];
  const hear = ({ key }: KeyboardEvent) => elsewhere.push(key);
  window.addEventListener("keydown", hear);
  for (const name of ["a", "Escape", "Escape"]) await screen.key("Interval", name);
  window.removeEventListener("keydown", hear);
  // The first takes back what was typed; the next means what it means elsewhere.
  expect([field(), elsewhere]).toEqual([before, ["a", "Escape"]]);
  type("86401");
  await screen.key("Interval", "Enter");
  expect(field()).toMatch(/86401 \(not right\)$/);
  type("30");
  expect(field()).not.toContain("not right");
  await screen.key("Interval", "Enter");
  type("20");
  await screen.key("Interval", "Enter");
  expect(field()).toBe(before);
  type("");
  await screen.key("Interval", "Enter");
  expect(screen.asked().map(([, saved]) => saved)).toEqual([
    { identity: "CP1", bootInterval: 30 },
    { identity: "CP1", bootInterval: null },
  ]);
});

test("what was saved says so until the next is to be, and what was not says why", async () => {
  let fails = false;
  const answers: Written["answers"] = {
    "access.change": () => {
      if (fails) throw refused();
      return usual;
    },
  };
  const screen = await shown(usual, { answers });
  const outcome = () => screen.says("[aria-labelledby=access-door]").filter((line) => /Saved|Not changed/.test(line));
  await screen.choose("Lowest security profile", /^1/);
  expect(outcome()).toMatchInlineSnapshot(`
    [
      "Saved",
    ]
  `);
  fails = true;
  await screen.choose("Lowest security profile", /^3/);
  expect(outcome()).toMatchInlineSnapshot(`
    [
      "! Not changed. no core runs on this folder",
    ]
  `);
  expect(screen.asked().map(([, input]) => input)).toEqual([
    { identity: "CP1", profile: 1 },
    { identity: "CP1", profile: 3 },
  ]);
  cleanup();
  const slow = await shown(usual, { answers: { "access.change": () => (fails ? unanswered() : usual) } });
  fails = false;
  await slow.choose("Lowest security profile", /^1/);
  expect(slow.says("[aria-labelledby=access-door] output")).toHaveLength(1);
  fails = true;
  await slow.choose("Lowest security profile", /^2/);
  expect(slow.says("[aria-labelledby=access-door] output")).toEqual([]);
});

test("while it is asked for, nobody is let in, refused or chosen for a second time", async () => {
  const answers: Written["answers"] = {
    ...{ "access.decide": unanswered, "access.keepPassword": unanswered, "procedures.cancel": unanswered },
  };
  const steps: ProcedureView["steps"] = [{ name: "return", state: "under-way", why: "old-password" }];
  const feeds: Written["feeds"] = {
    "access.waiting": waiting,
    "procedures.state": { ...change, kind: "password", steps },
  };
  const screen = await shown(full, { answers, feeds });
  await screen.press("Let in", 0);
  const ended = screen.says("[aria-labelledby=access-change]").find((line) => line.startsWith("[")) ?? "";
  await screen.press(ended.slice(1, -1));
  screen.tell("procedures.state", { ...change, state: "timed-out", valid: "both" });
  await screen.press("Keep the new one alone");
  expect(screen.says().filter((line) => line.endsWith("] (off)"))).toMatchInlineSnapshot(`
    [
      "[Let in] (off)",
      "[Refuse] (off)",
      "[Keep the old one alone] (off)",
      "[Keep the new one alone] (off)",
      "[Add it] (off)",
    ]
  `);
  expect(screen.asked()).toHaveLength(3);
});

test("whoever stops the wait is led to the choice that follows; not where it could not be stopped, nor when it ends by itself", async () => {
  const focused: unknown[] = [];
  const ended: ProcedureView = { ...change, state: "cancelled", valid: "both" };
  for (const [answer, press] of [
    [null, true],
    [refused(), true],
    [null, false],
  ] as const) {
    const answers: Written["answers"] = { "procedures.cancel": answer ?? ended };
    const screen = await shown(full, { answers, feeds: { "procedures.state": change } });
    for (let times = 0; press && times < 2; times++) await screen.press("Stop waiting");
    screen.tell("procedures.state", ended);
    focused.push(document.activeElement?.id || document.activeElement?.tagName);
    cleanup();
  }
  expect(focused).toEqual(["access-choice", "BODY", "BODY"]);
});

test("a step leads to the frame that tells of it: the answer, where there is one", async () => {
  const screen = await shown(full, { feeds: { "procedures.state": change } });
  screen.asked();
  for (const nth of [0, 1]) await screen.press("Show the frame", nth);
  expect(screen.asked().filter(([name]) => name === "messages.frame")).toEqual([
    ["messages.frame", { seq: 12 }],
    ["messages.frame", { seq: 13 }],
  ]);
});

test("a password that was made is copied as it is, and the way to the choice leads there", async () => {
  const copied: string[] = [];
  vi.stubGlobal("navigator", {
    ...navigator,
    clipboard: { writeText: async (text: string) => void copied.push(text) },
  });
  const answers: Written["answers"] = { "access.setPassword": { access: usual, password: "made-one" } };
  const feeds: Written["feeds"] = { "procedures.state": { ...change, state: "timed-out", valid: "both" } };
  const screen = await shown(full, { answers, feeds });
  for (let times = 0; times < 2; times++) await screen.press("Ask for a password");
  await screen.press("Copy the password");
  vi.unstubAllGlobals();
  expect(copied).toEqual(["made-one"]);
  await screen.press("Choose which one stays");
  expect(document.activeElement?.id).toBe("access-choice");
});

test("a certificate that is taken away and a note that is written are saved as that", async () => {
  const access = { ...usual, certificate: "ab".repeat(32), note: "old" };
  const screen = await shown(access, { answers: { "access.change": usual } });
  await screen.type("Client certificate", " ");
  await screen.type("Note", " by the gate ");
  expect(screen.asked().map(([, input]) => input)).toEqual([
    { identity: "CP1", certificate: null },
    { identity: "CP1", note: "by the gate" },
  ]);
});

test("of two passwords it is told what is known of each, and what could not be chosen, asked for or let in says so", async () => {
  const two = { ...full, password: null, lastUsed: null };
  const feeds: Written["feeds"] = {
    "procedures.state": { ...change, state: "timed-out", valid: "both" },
    "access.waiting": waiting,
    "access.expected": [{ identity: "NEW-9", decision: null }],
  };
  const screen = await shown(two, { feeds });
  const choice = () => screen.says("[aria-labelledby=access-choice]");
  expect(choice()[1]).toBe(
    "CP1 has not connected anew since the new one was sent, so it is not known which one it has. Restart it to see.",
  );
  expect(choice()[2]).toMatch(/^The old way: no password was asked for:/);
  await screen.press("Keep the new one alone");
  for (let times = 0; times < 2; times++) await screen.press("Ask for a password");
  await screen.press("Let in", 0);
  await screen.type(/^Identity of a station/, "NEW-7");
  await screen.press("Add it");
  await screen.press("Forget NEW-9");
  const failed = "! Not changed. no core runs on this folder";
  expect(choice()).toContain(failed);
  expect(screen.says("[aria-labelledby=access-password]")).toContain(failed);
  expect(screen.says("[aria-labelledby=access-waiting]")).toContain(failed);
  const expected = screen.says("[aria-labelledby=access-expected]");
  expect(expected.filter((line) => line === failed)).toHaveLength(2);
  expect(expected.some((line) => line.endsWith(": NEW-7"))).toBe(true);
});

test("a password that is in the station and was never shown is forgotten after the sentence; hex is text again when one wants it", async () => {
  const hidden = { ...usual, unshownPassword: { form: "text", setAt: 1 } } as const;
  const screen = await shown(hidden, {
    answers: { "access.removePassword": usual, "access.setPassword": { access: usual } },
  });
  await screen.press("Forget it");
  expect([screen.asked(), screen.says()]).toEqual([
    [],
    expect.arrayContaining(["CP1 keeps it. Nothing is known of it here any more."]),
  ]);
  await screen.press("Forget it");
  await screen.press("Ask for a password");
  await screen.tick("Hex digits");
  await screen.tick("Text");
  await screen.press("Ask for a password");
  expect(screen.asked()).toEqual([
    ["access.removePassword", { identity: "CP1" }],
    ["access.setPassword", { identity: "CP1", form: "text" }],
  ]);
});
