import { expect, test } from "vitest";
import type { SecurityCommand, StationCommand } from "../station/commands.ts";
import { carryOut } from "./commands.ts";
import { type Bench, openBench } from "./testing/bench.ts";

/** Commands the station over its bench: the outcome once `answer` has said what it says, and what is on record of it. */
async function command(
  bench: Bench,
  wanted: StationCommand | SecurityCommand,
  answer: (id: string) => string | null,
  own?: "guarded-change" | "now-accepted",
) {
  const { registry, journal, recorder } = bench.parts;
  const entry = registry.require("CP1");
  const before = bench.sent.length;
  const under = carryOut(journal, entry, wanted, own);
  recorder.flush();
  const text = bench.sent[before];
  const said = text === undefined ? null : answer(JSON.stringify(JSON.parse(text)[1]));
  if (said !== null) bench.say(said);
  const outcome = await under;
  recorder.flush();
  const events = bench.events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["command-sent", "command-done"] }, 2).reverse();
  return { text, outcome, events: events.map(({ event }) => event) };
}

const raw = (action: string, payload: string, force = false) =>
  ({ name: "raw", action, payload, force }) as StationCommand;
const secret = '{"key":"AuthorizationKey","value":"0123456789abcdef"}';

test("a command goes out once, and the record tells of it and of its outcome", async () => {
  const bench = await openBench("1.6");
  const { text, outcome, events } = await command(
    bench,
    { name: "reset", kind: "soft" },
    (id) => `[3,${id},{"status":"Accepted"}]`,
  );
  expect(JSON.parse(text ?? "").slice(2)).toEqual(["Reset", { type: "Soft" }]);
  expect(outcome).toMatchObject({ result: "accepted", answer: '{"status":"Accepted"}', frame: expect.any(Number) });
  expect(events).toMatchObject([
    { kind: "command-sent", name: "reset", args: { kind: "soft" } },
    { kind: "command-done", name: "reset", outcome: { result: "accepted" } },
  ]);
  expect(events[0]).toMatchObject({ id: (events[1] as { id: string }).id });
  expect(bench.sent).toHaveLength(1);
});

test("the record of a command holds no secret: not what was sent, not what was answered, nor a password", async () => {
  const bench = await openBench("1.6");
  const sent = await command(
    bench,
    raw("ChangeConfiguration", secret),
    (id) => `[3,${id},{"status":"Accepted","x":${secret}}]`,
  );
  expect(sent.text).toContain("0123456789abcdef");
  expect(sent.outcome.answer).toContain("0123456789abcdef");
  expect(JSON.stringify(sent.events)).not.toContain("0123456789abcdef");
  const failed = await command(
    bench,
    raw("ChangeConfiguration", secret),
    (id) => `[4,${id},"InternalError","",${secret}]`,
  );
  expect(JSON.stringify(failed.events)).not.toContain("0123456789abcdef");
  const error = { code: "InternalError", description: "", details: secret.replace("0123456789abcdef", "•••") };
  expect(failed.events[1]).toMatchObject({ outcome: { result: "rejected", why: "InternalError", error } });
  // What a station says of it in its own words may hold one as well.
  const spoken = await command(
    bench,
    raw("ClearCache", "{}"),
    (id) => `[4,${id},"InternalError",${JSON.stringify(secret)},{}]`,
  );
  expect(spoken.outcome.error?.description).toContain("0123456789abcdef");
  expect(JSON.stringify(spoken.events)).not.toContain("0123456789abcdef");
  const changed = await command(
    bench,
    { name: "set-password", password: "tell-nobody-of-this", form: "text" } as SecurityCommand,
    (id) => `[3,${id},{"status":"Accepted"}]`,
  );
  expect(JSON.stringify(changed.events)).not.toContain("tell-nobody");
  const log = await command(
    bench,
    {
      name: "get-log",
      kind: "diagnostics",
      way: 0,
      location: "ftp://log1:tell-nobody@192.0.2.1/",
      requestId: 1,
    } as never,
    (id) => `[3,${id},{"fileName":"a.log"}]`,
  );
  expect(log.text).toContain("tell-nobody");
  expect(JSON.stringify(log.events)).toContain("192.0.2.1");
  expect(JSON.stringify(log.events)).not.toContain("tell-nobody");
});

test.each([
  ["[3,ID,{}]", { result: "rejected" }],
  ['[3,ID,{"status":"Rejected"}]', { result: "rejected", why: "Rejected" }],
  ['[4,ID,"NotSupported","no",{}]', { result: "unsupported", why: "NotSupported", error: { code: "NotSupported" } }],
  ['[4,ID,"NotImplemented","no",{}]', { result: "unsupported" }],
  ['[4,ID,"InternalError","no",{"a":1}]', { result: "rejected", error: { description: "no", details: '{"a":1}' } }],
  ['[4,ID,"","out of order",{}]', { result: "rejected", why: "out of order" }],
  ["[3,ID,7]", { result: "unreadable" }],
])("the answer %s comes out as %o", async (text, outcome) => {
  const bench = await openBench("1.6");
  const done = await command(bench, raw("ClearCache", "{}"), (id) => text.replace("ID", id));
  expect(done.outcome).toMatchObject(outcome);
});

test("silence is no answer, and neither is a link that ends: only what never went out is offline", async () => {
  const bench = await openBench("1.6");
  const late = await command(bench, raw("ClearCache", ""), () => {
    bench.clock.advance(30_000);
    return null;
  });
  expect(late.outcome).toMatchObject({ result: "no-answer", frame: expect.any(Number) });
  const cut = await command(bench, raw("ClearCache", ""), () => {
    bench.session.close(1000, "", "asked");
    bench.closed();
    return null;
  });
  expect(cut.outcome).toMatchObject({ result: "no-answer", why: { phrase: "link-closed" } });
  const entry = bench.parts.registry.require("CP1");
  expect(await carryOut(bench.parts.journal, { ...entry, session: null }, { name: "reset", kind: "soft" })).toEqual({
    result: "offline",
  });
});

test("why the core commands by itself is told", async () => {
  const bench = await openBench("1.6");
  const accepted = (id: string) => `[3,${id},{"status":"Accepted"}]`;
  const boot: StationCommand = { name: "trigger", message: "BootNotification" };
  expect((await command(bench, boot, accepted, "now-accepted")).events[0]).toMatchObject({
    args: { by: "core", because: "now-accepted" },
  });
  expect((await command(bench, boot, accepted, "guarded-change")).events[0]).toMatchObject({
    args: { by: "procedure", because: "guarded-change" },
  });
});

test("a raw call that does not fit is refused before it goes out, unless it is forced", async () => {
  const bench = await openBench("1.6");
  const ask = (wanted: StationCommand) => command(bench, wanted, (id) => `[3,${id},{"status":"Accepted"}]`);
  await expect(ask(raw("Reset", '{"type":"Sideways"}'))).rejects.toMatchObject({ code: "invalid-input" });
  await expect(ask(raw("Dance", "{}"))).rejects.toMatchObject({ code: "invalid-input" });
  await expect(ask(raw("Reset", "[]", true))).rejects.toMatchObject({ code: "invalid-input" });
  expect(bench.sent).toEqual([]);
  expect((await ask(raw("Reset", '{"type":"Sideways"}', true))).outcome.result).toBe("accepted");
  expect((await ask(raw("Dance", " ", true))).text).toMatch(/,"Dance",\{\}\]$/);
});

test.each([
  ["console", { unsupported: "console-no-commands" }],
  ["modbus", { unsupported: "modbus-no-commands" }],
] as const)("a station that is heard over %s alone takes no command, raw or not", async (carrier, { unsupported }) => {
  const bench = await openBench("1.6");
  const entry = bench.parts.registry.require("CP1");
  const away = { ...entry, session: null, state: { ...entry.state, link: { ...entry.state.link, carrier } } } as never;
  for (const wanted of [raw("ClearCache", "{}"), { name: "reset", kind: "soft" } as const]) {
    expect(await carryOut(bench.parts.journal, away, wanted)).toEqual({
      result: "unsupported",
      why: { phrase: unsupported },
    });
  }
  const here = { ...entry, state: { ...entry.state, link: { ...entry.state.link, carrier } } } as never;
  const under = carryOut(bench.parts.journal, here, raw("ClearCache", "{}"));
  bench.parts.recorder.flush();
  expect(bench.sent).toHaveLength(1);
  bench.closed();
  expect((await under).result).toBe("no-answer");
});

test("a raw call to a station that is away is offline, whatever it is, and its payload is on record without its secrets", async () => {
  const bench = await openBench("1.6");
  const entry = { ...bench.parts.registry.require("CP1"), session: null };
  expect(await carryOut(bench.parts.journal, entry, raw("Dance", secret))).toEqual({ result: "offline" });
  bench.parts.recorder.flush();
  const [sent] = bench.events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["command-sent"] }, 1);
  expect(sent?.event).toMatchObject({
    name: "raw",
    args: { action: "Dance", payload: secret.replace("0123456789abcdef", "•••") },
  });
});

test("what a version cannot do is unsupported, with why, and nothing goes out", async () => {
  const bench = await openBench("1.6");
  const wanted: StationCommand = { name: "certificates-list", use: "V2GRootCertificate" };
  const { outcome, text } = await command(bench, wanted, () => null);
  expect([outcome, text]).toEqual([
    { result: "unsupported", why: { phrase: "no-such-use", values: { use: "V2GRootCertificate" } } },
    undefined,
  ]);
});
