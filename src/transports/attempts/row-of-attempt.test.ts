import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { Attempt } from "../../station/attempts.ts";
import type { CloseCause } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { AttemptTracker } from "./tracker.ts";

const ends = { remoteAddress: "10.0.0.9", remotePort: 5000, localAddress: "10.0.0.1", localPort: 9000 };
const start = Date.UTC(2026, 0, 1);

function tracked(options: { own?: string; ignored?: string; past?: Attempt[] } = {}) {
  const clock = createManualClock(start);
  const told: Attempt[][] = [];
  const errors: unknown[] = [];
  const tracker = new AttemptTracker({
    clock,
    past: options.past ?? [],
    lastId: 10,
    ownChange: (identity) => identity === options.own,
    ignored: (identity) => identity === options.ignored,
    onError: (error) => errors.push(error),
  });
  tracker.changed.on((rows) => told.push(rows));
  const open = (identity: string, more: Partial<typeof ends> = {}) => {
    const one = tracker.begin({ ...ends, ...more }, "both", true);
    one.learn({ opening: "http", subprotocol: "ocpp1.6" }, { identity });
    one.pass("open");
    return one;
  };
  return { clock, tracker, told, errors, open };
}

const codes = (attempt: Attempt | undefined) => attempt?.causes.map(({ code }) => code);

test("an attempt is told from its first byte to its end, with when it came how far", () => {
  const { clock, tracker, told } = tracked();
  const one = tracker.begin(ends, "both", true);
  const begun: Attempt = {
    ...{ id: 11, at: start, ...ends, passed: "tcp", state: "under-way", causes: [], times: { tcp: 0 } },
    ...{ bytes: 0, repeats: 1, lastAt: start },
  };
  clock.advance(99);
  expect(told).toEqual([]);
  clock.advance(1);
  expect(told.splice(0)).toEqual([[begun]]);
  const hello = { versions: ["TLSv1.3"], ciphers: ["TLS_AES_128_GCM_SHA256"], alpn: [] };
  one.learn({ opening: "tls", hello, bytes: 700, start: Uint8Array.of(0x16, 3, 1) }, { tls: { version: "TLSv1.3" } });
  clock.advance(20);
  one.pass("tls");
  clock.advance(10);
  // The time is that of the first.
  one.pass("tls");
  one.learn({ secured: true, tlsError: "  odd  ", offered: ["ocpp1.6"], subprotocol: "ocpp1.6" }, { identity: "CP1" });
  clock.advance(20);
  one.pass("open");
  tracker.recorded(one.id, { connection: 7, ocpp: "1.6" });
  clock.advance(100);
  const opened: Attempt = {
    ...{ ...begun, passed: "open", state: "connected", identity: "CP1", bytes: 700, raw: "FgMB", hello },
    ...{
      times: { tcp: 0, tls: 120, open: 150 },
      tls: { version: "TLSv1.3", error: "odd" },
      connection: 7,
      ocpp: "1.6",
    },
    ...{
      offered: ["ocpp1.6"],
      subprotocol: "ocpp1.6",
      causes: [{ code: "tls-failed", said: words("tls-library", { error: "odd" }) }],
    },
  };
  expect(told.splice(0)).toEqual([[opened]]);
  expect([tracker.get(11), tracker.recent(), tracker.endsOf("CP1")]).toMatchObject([opened, [opened], ends]);
  tracker.booted("CP1", "Accepted");
  clock.advance(10);
  one.closed("station");
  tracker.flush();
  const over = { passed: "boot", boot: "Accepted", state: "ended", endedAt: start + 260 };
  expect(told).toEqual([[{ ...opened, ...over, times: { ...opened.times, boot: 250 } }]]);
  expect(tracker.endsOf("CP1")).toBeUndefined();
  // What comes after its end changes nothing.
  one.pass("first-frame");
  one.closed("lost");
  one.stop("us");
  tracker.recorded(one.id, { connection: 8, ocpp: "2.1" });
  tracker.booted("CP1", "Rejected");
  tracker.flush();
  expect(told.length).toBe(1);
});

test.each([
  ["station", "stopped", ["closed-before-boot"]],
  ["lost", "stopped", ["closed-before-boot"]],
  ["ping-unanswered", "ended", ["ping-unanswered"]],
  ["not-reading", "ended", ["not-reading"]],
  ["over-limit", "ended", ["over-limit"]],
  ["slow-frame", "ended", ["slow-frame"]],
  ["protocol-error", "ended", ["protocol-error"]],
  ["replaced", "ended", []],
  ["shutdown", "ended", []],
  ["asked", "ended", []],
] as const satisfies [CloseCause, string, string[]][])("a link that ends by %s is %s", (cause, state, found) => {
  const { tracker, open } = tracked();
  open("CP1").closed(cause);
  expect(tracker.recent().map((row) => [row.state, codes(row)])).toEqual([[state, found]]);
  const booted = open("CP2");
  tracker.booted("CP2", "Accepted");
  booted.closed(cause);
  expect(codes(tracker.get(booted.id))).toEqual(found.filter((code) => code !== "closed-before-boot"));
});

test("what is known of the end of a link is told with it", () => {
  const { tracker, open } = tracked();
  open("CP1").closed("not-reading", "5 bytes");
  expect(tracker.recent()[0]?.causes).toEqual([{ code: "not-reading", said: "5 bytes" }]);
});

test("a link that ends after a change of ours is held against nobody, and one that waited for its boot is told so alone", () => {
  const { clock, tracker, open } = tracked({ own: "CP1" });
  open("CP1").closed("lost");
  open("CP2");
  clock.advance(60_000);
  const second = open("CP2");
  expect(codes(tracker.get(second.id))).toEqual(["same-identity"]);
  clock.advance(60_000);
  second.closed("station");
  expect(tracker.recent().map((row) => [row.identity, row.state, codes(row)])).toEqual([
    ["CP1", "ended", []],
    ["CP2", "connected", ["no-boot"]],
    ["CP2", "ended", ["same-identity", "no-boot"]],
  ]);
});

test("two that speak for one identity are named by where they come from", () => {
  const { tracker, open } = tracked();
  open("CP1");
  const second = open("CP1", { remoteAddress: "10.0.0.8" });
  expect(tracker.get(second.id)?.causes).toEqual([{ code: "same-identity", said: "10.0.0.9, 10.0.0.8" }]);
});

test("what was no attempt is told of no more, and taken back where it was shown", () => {
  const { clock, tracker, told, open } = tracked({ ignored: "GHOST" });
  tracker.begin(ends, "both", true).discard();
  open("GHOST");
  clock.advance(100);
  expect([told, tracker.recent()]).toEqual([[], []]);
  const shown = tracker.begin(ends, "both", true);
  clock.advance(100);
  shown.discard();
  clock.advance(100);
  expect(told.map((rows) => rows.map(({ id, into }) => [id, into]))).toEqual([[[13, undefined]], [[13, 0]]]);
  expect(tracker.recent()).toEqual([]);
});

test("who was turned away elsewhere is over as it is told", () => {
  const { tracker } = tracked();
  tracker.turnedAway(ends, "http", { code: "not-http" }, { identity: "CP1" });
  expect(tracker.recent()).toEqual([
    expect.objectContaining({
      id: 11,
      passed: "http",
      state: "stopped",
      identity: "CP1",
      causes: [{ code: "not-http" }],
    }),
  ]);
});

test("what stands still is judged as if it ended so, until it goes on", () => {
  const { tracker } = tracked();
  const one = tracker.begin(ends, "both", true);
  one.learn({ waiting: true });
  expect(codes(tracker.get(one.id))).toEqual(["silence"]);
  one.learn({ waiting: false });
  expect(codes(tracker.get(one.id))).toEqual([]);
  one.stop("station");
  one.stop("time");
  expect(codes(tracker.get(one.id))).toEqual(["closed-at-once"]);
});

test("where a station failed before is explained by it where it comes from, the last of them, and nothing else is", () => {
  const { tracker, open } = tracked();
  const hello = { versions: [], ciphers: [], alpn: [] };
  const failed = (remoteAddress: string, passed: "tcp" | "tls" | "http", with_: object = { hello }) => {
    const one = tracker.begin({ ...ends, remoteAddress }, "both", true);
    one.learn({ opening: "tls", ...with_ });
    one.pass(passed);
    one.stop("station");
    return one.id;
  };
  const ids = [failed("10.0.0.9", "tcp"), failed("10.0.0.9", "tls"), failed("10.0.0.9", "http")];
  ids.push(failed("10.0.0.9", "tcp", { hello: undefined }), failed("10.0.0.7", "tcp"));
  tracker.explained("CP1", "before it is here");
  open("CP1");
  tracker.explained("CP1", "unknown root");
  expect(ids.map((id) => tracker.get(id)?.causes.filter(({ code }) => code === "station-says").length)).toEqual([
    0, 1, 0, 0, 0,
  ]);
  expect(tracker.get(ids[1] ?? 0)).toMatchObject({ identity: "CP1" });
});

test("as the program ends, what goes on is over, and it is told at once", () => {
  const { clock, tracker, told, open } = tracked();
  tracker.begin(ends, "both", true);
  open("CP1");
  clock.advance(100);
  told.length = 0;
  tracker.dispose();
  expect(told.flat().map(({ state, boot, causes }) => [state, boot, causes.length])).toEqual([
    ["stopped", undefined, 0],
    ["ended", undefined, 0],
  ]);
  clock.advance(100_000);
  expect(told.length).toBe(1);
});

test("whoever fails over a row is told, and the rest goes on", () => {
  const { clock, tracker, told, errors } = tracked();
  tracker.changed.on(() => {
    throw new Error("a fault");
  });
  tracker.begin(ends, "both", true);
  clock.advance(100);
  expect([told.length, errors]).toEqual([1, [new Error("a fault")]]);
});

test("of an earlier life the last 200 are kept, over as far as they went on", () => {
  const row = (id: number, state: Attempt["state"]): Attempt => ({
    ...{ id, at: id, ...ends, remoteAddress: `10.0.1.${id}`, passed: "tcp", state, causes: [], times: {}, bytes: 0 },
    ...{ repeats: 1, lastAt: id },
  });
  const past = Array.from({ length: 201 }, (_, at) => row(at, at % 2 === 0 ? "under-way" : "stopped"));
  const { tracker } = tracked({ past });
  expect(tracker.recent().map(({ id, state }) => [id, state])).toEqual(
    Array.from({ length: 200 }, (_, at) => [at + 1, "stopped"]),
  );
});

/** How often the second of two is counted with the first, so many milliseconds after it. */
test.each([
  [30 * 60_000, [2]],
  [30 * 60_000 + 1, [1, 1]],
])("what comes again %i ms later is told as %j", (gap, repeats) => {
  const { clock, tracker } = tracked();
  tracker.begin(ends, "both", true).stop("station");
  clock.advance(gap);
  tracker.begin(ends, "both", true).stop("station");
  expect(tracker.recent().map((row) => row.repeats)).toEqual(repeats);
});

/** Three lives of a station: how long the first two lasted, the pauses after them, and what the third is told. */
test.each([
  ["at the bounds", 300_000, 1_500_000, "station", ["reconnect-loop"]],
  ["that lasted", 300_001, 1000, "station", []],
  ["that paused", 1000, 1_500_001, "station", []],
  ["that we ended", 1000, 1000, "asked", []],
  ["that broke off", 1000, 1000, "lost", ["reconnect-loop"]],
] as const)("a station %s: %i ms, %i ms, %s", (_, lasts, pause, cause, found) => {
  const { clock, tracker, open } = tracked();
  let last = open("CP1");
  for (let count = 0; count < 2; count++) {
    tracker.booted("CP1", "Accepted");
    clock.advance(lasts);
    last.closed(cause);
    clock.advance(pause);
    last = open("CP1");
  }
  expect(codes(tracker.get(last.id))).toEqual(found);
  const gapMs = tracker.get(last.id)?.gapMs;
  expect(gapMs).toBe(found.length > 0 ? lasts + pause : undefined);
});

test.each([
  [9999, "10.0 s"],
  [10_000, "10 s"],
])("a pause of %i ms is told as %s", (pause, said) => {
  const { clock, tracker, open } = tracked();
  let last = open("CP1");
  for (let count = 0; count < 2; count++) {
    last.closed("lost");
    clock.advance(pause);
    last = open("CP1");
  }
  expect(tracker.get(last.id)?.causes).toEqual([{ code: "reconnect-loop", said }]);
});

test.each([
  [60_000, false, ["version-probe"]],
  [60_001, false, []],
  [1000, true, []],
])("another version %i ms later (booted before: %s) is %j", (pause, booted, found) => {
  const { clock, tracker } = tracked();
  const comes = (subprotocol: string) => {
    const one = tracker.begin(ends, "both", true);
    one.learn({ opening: "http", subprotocol }, { identity: "CP1" });
    one.pass("open");
    return one;
  };
  const first = comes("ocpp2.0.1");
  if (booted) tracker.booted("CP1", "Accepted");
  clock.advance(100_000);
  first.closed("station");
  clock.advance(pause);
  expect(codes(tracker.get(comes("ocpp1.6").id))).toEqual(found);
});

test("one of two that speak for an identity, and ends before its boot, is told both", () => {
  const { tracker, open } = tracked();
  open("CP1");
  const second = open("CP1");
  second.closed("station");
  expect(tracker.recent().map((row) => [row.state, codes(row)])).toContainEqual([
    "stopped",
    ["closed-before-boot", "same-identity"],
  ]);
});

test("five hundred stories are remembered, the latest of them", () => {
  const { clock, tracker } = tracked();
  const comes = (host: number) => {
    clock.advance(1);
    const one = tracker.begin({ ...ends, remoteAddress: `10.1.${host >> 8}.${host & 255}` }, "both", true);
    one.stop("station");
    return tracker.recent().at(-1)?.repeats;
  };
  for (let host = 0; host < 500; host++) comes(host);
  expect(comes(0)).toBe(2);
  comes(500);
  // The one that came again is the latest; the second has been forgotten for the newest.
  expect([comes(1), comes(0), comes(3)]).toEqual([1, 3, 2]);
});

test("a loop is one of the last three lives, whatever was before", () => {
  const { clock, tracker, open } = tracked();
  let last = open("CP1");
  const told: (string[] | undefined)[] = [];
  for (const lasts of [600_000, 600_000, 1000, 1000, 600_000, 1000]) {
    tracker.booted("CP1", "Accepted");
    clock.advance(lasts);
    last.closed("station");
    clock.advance(1000);
    last = open("CP1");
    told.push(codes(tracker.get(last.id)));
  }
  expect(told).toEqual([[], [], [], ["reconnect-loop"], [], []]);
});
