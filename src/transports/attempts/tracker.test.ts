import { describe, expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { Attempt } from "../../station/attempts.ts";
import { HalfOpenSet } from "../websocket/half-open.ts";
import { AttemptTracker } from "./tracker.ts";

const ends = { remoteAddress: "10.0.0.9", remotePort: 5000, localAddress: "10.0.0.1", localPort: 9000 };

function tracked(past: readonly Attempt[] = []) {
  const clock = createManualClock();
  const told: Attempt[][] = [];
  const tracker = new AttemptTracker({ clock, past, lastId: past.length, onError: raise });
  tracker.changed.on((rows) => told.push(rows));
  /** One that opens, lasts and ends. */
  function life(identity: string, subprotocol: string, lastsMs: number) {
    const one = tracker.begin(ends, "both", true);
    one.learn({ opening: "http", subprotocol }, { identity });
    one.pass("open");
    const opened = tracker.get(one.id);
    clock.advance(lastsMs);
    one.closed("station");
    return opened?.causes ?? [];
  }
  return { clock, tracker, told, life };
}

function raise(error: unknown): never {
  throw error;
}

describe("attempts", () => {
  test("tell how the boot was answered, and nothing of it once it is accepted", () => {
    const { tracker, clock } = tracked();
    const one = tracker.begin(ends, "both", true);
    one.learn({ opening: "http", subprotocol: "ocpp1.6" }, { identity: "CP1" });
    one.pass("open");
    const seen = () => {
      const { passed, boot, causes = [] } = tracker.get(one.id) ?? {};
      return [passed, boot, ...causes.map(({ code }) => code)];
    };
    expect(seen()).toEqual(["open", undefined]);
    tracker.booted("CP2", "Rejected");
    tracker.booted("CP1", "Pending");
    expect(seen()).toEqual(["boot", "Pending", "boot-pending"]);
    tracker.booted("CP1", "Rejected");
    expect(seen()).toEqual(["boot", "Rejected", "boot-rejected"]);
    tracker.booted("CP1", "Accepted");
    expect(seen()).toEqual(["boot", "Accepted"]);
    // Nobody waits for a boot any more.
    clock.advance(60_000);
    expect(seen()).toEqual(["boot", "Accepted"]);
  });

  test("of one identity at once: the latest is the one that is open, until it goes itself", () => {
    const { tracker } = tracked();
    const [first, second] = [5001, 5002].map((remotePort) => {
      const one = tracker.begin({ ...ends, remotePort }, "both", true);
      one.learn({ opening: "http", subprotocol: "ocpp1.6" }, { identity: "CP1" });
      one.pass("open");
      return one;
    });
    const open = () => tracker.endsOf("CP1")?.remotePort;
    expect(tracker.get(second?.id ?? 0)?.causes).toEqual([{ code: "same-identity", said: "10.0.0.9, 10.0.0.9" }]);
    first?.closed("replaced");
    expect(open()).toBe(5002);
    tracker.booted("CP1", "Accepted");
    expect(tracker.get(second?.id ?? 0)?.boot).toBe("Accepted");
    second?.closed("station");
    expect(open()).toBeUndefined();
  });

  test("that are open and tell of no boot within a minute are said to, and those that ended before are not", () => {
    const { clock, tracker, life } = tracked();
    const one = tracker.begin(ends, "both", true);
    one.learn({ opening: "http", subprotocol: "ocpp1.6" }, { identity: "CP1" });
    one.pass("open");
    life("CP2", "ocpp1.6", 30_000);
    const codes = () => tracker.recent().map(({ identity, causes }) => [identity, causes.map(({ code }) => code)]);
    clock.advance(29_999);
    expect(JSON.stringify(codes())).not.toContain("no-boot");
    clock.advance(1);
    expect(codes().filter(([, found]) => found?.includes("no-boot"))).toEqual([["CP1", ["no-boot"]]]);
    clock.advance(60_000);
    expect(codes().filter(([, found]) => found?.includes("no-boot"))).toHaveLength(1);
  });

  test.each([
    [24, 1],
    [24.001, 0],
  ])("that failed in their handshake are explained by the station %d hours later: %i", (hours, count) => {
    const { clock, tracker } = tracked();
    const failed = tracker.begin(ends, "both", true);
    failed.learn({ opening: "tls", hello: { versions: [], ciphers: [] } as never });
    failed.stop("station");
    clock.advance(hours * 3_600_000);
    const one = tracker.begin(ends, "both", true);
    one.learn({ opening: "http", subprotocol: "ocpp1.6" }, { identity: "CP1" });
    one.pass("open");
    tracker.explained("CP1", "unknown root");
    tracker.explained("CP1", "expired");
    const said = tracker.recent().flatMap(({ causes }) => causes.filter(({ code }) => code === "station-says"));
    expect(said).toEqual(Array.from({ length: count }, () => ({ code: "station-says", said: "expired" })));
  });

  test("keep the first 2048 bytes as they came", () => {
    const { tracker } = tracked();
    const one = tracker.begin(ends, "both", true);
    one.learn({ opening: "other", start: new Uint8Array(3000).fill(0x80) });
    one.stop("us");
    const { raw } = tracker.get(one.id) ?? {};
    expect(Buffer.from(String(raw), "base64")).toHaveLength(2048);
  });

  test("tell what the TLS library said, in 500 letters", () => {
    const { tracker } = tracked();
    const one = tracker.begin(ends, "both", true);
    one.learn({ opening: "tls", tlsError: ` ${"e".repeat(600)}` });
    one.stop("station");
    one.stop("time");
    expect(tracker.get(one.id)?.tls?.error).toBe("e".repeat(500));
  });

  test("that are over before anybody looked are told as one row", () => {
    const { clock, tracker, told } = tracked();
    for (let count = 0; count < 5; count++) {
      tracker.begin(ends, "both", true).stop("station");
      clock.advance(10);
    }
    clock.advance(100);
    expect(told.map((rows) => rows.map(({ id, repeats, into }) => ({ id, repeats, into })))).toEqual([
      [{ id: 1, repeats: 5, into: undefined }],
    ]);
    expect(tracker.recent()[0]).toMatchObject({ lastAt: clock.now() - 110, gapMs: 10 });
  });

  test("that were shown before they were counted in another are taken back", () => {
    const { clock, tracker, told } = tracked();
    tracker.begin(ends, "both", true).stop("time");
    clock.advance(200);
    const second = tracker.begin(ends, "both", true);
    clock.advance(200);
    second.stop("time");
    clock.advance(200);
    expect(told.at(-1)?.map(({ id, repeats, into }) => ({ id, repeats, into }))).toEqual([
      { id: 1, repeats: 2, into: undefined },
      { id: 2, repeats: 1, into: 1 },
    ]);
    expect(tracker.recent().map(({ id }) => id)).toEqual([1]);
    // Who has the second one open sees what became of it.
    expect(tracker.get(2)).toMatchObject({ id: 1, repeats: 2 });
  });

  test("of other kinds or from elsewhere have rows of their own, and 200 rows are kept", () => {
    const { tracker } = tracked();
    tracker.begin(ends, "both", true).stop("time");
    tracker.begin(ends, "both", true).stop("station");
    for (let host = 0; host < 250; host++) {
      tracker.begin({ ...ends, remoteAddress: `10.0.1.${host}` }, "both", true).stop("station");
    }
    expect(tracker.recent()).toHaveLength(200);
    expect(tracker.recent().at(-1)?.remoteAddress).toBe("10.0.1.249");
    const [oldest] = tracker.recent();
    expect([tracker.get((oldest?.id ?? 0) - 1), tracker.get(oldest?.id ?? 0)]).toEqual([undefined, oldest]);
  });

  test("of one kind that are an hour apart are two stories", () => {
    const { clock, tracker } = tracked();
    tracker.begin(ends, "both", true).stop("station");
    clock.advance(3_600_000);
    tracker.begin(ends, "both", true).stop("station");
    expect(tracker.recent().map(({ repeats }) => repeats)).toEqual([1, 1]);
  });

  test("of an earlier life that were under way are over, and are counted on", () => {
    const past: Attempt = {
      ...ends,
      id: 7,
      at: 0,
      lastAt: createManualClock().now() - 1000,
      passed: "open",
      state: "connected",
      causes: [],
      times: {},
      bytes: 0,
      repeats: 3,
    };
    const { tracker } = tracked([past]);
    expect(tracker.recent()).toEqual([{ ...past, state: "ended" }]);
  });
});

describe("a station that comes again and again", () => {
  test("is in a loop at its third short connection, with the pause and the gap", () => {
    const { clock, life, tracker } = tracked();
    for (const causes of [[], [], [{ code: "reconnect-loop", said: "12 s" }]]) {
      expect(life("CP1", "ocpp1.6", 60_000)).toEqual(causes);
      clock.advance(12_000);
    }
    expect(tracker.recent().at(-1)).toMatchObject({ gapMs: 72_000 });
  });

  test("is in none when its connections last, or the pauses are long", () => {
    const { clock, life } = tracked();
    for (let count = 0; count < 4; count++) {
      expect(life("CP1", "ocpp1.6", 600_000)).toEqual([]);
      clock.advance(1000);
    }
    for (let count = 0; count < 4; count++) {
      clock.advance(1_800_000);
      expect(life("CP2", "ocpp1.6", 1000)).toEqual([]);
    }
  });

  test("probes when it comes in another version a moment later", () => {
    const { clock, life } = tracked();
    expect(life("CP1", "ocpp2.0.1", 100)).toEqual([]);
    clock.advance(1000);
    expect(life("CP1", "ocpp1.6", 100)).toEqual([{ code: "version-probe", said: "ocpp2.0.1, ocpp1.6" }]);
  });
});

test("at the door the oldest of the silent go first, then the oldest who spoke", () => {
  const gone: string[] = [];
  const door = new HalfOpenSet(() => 3);
  const one = (name: string) => ({ crowdedOut: () => void gone.push(name) });
  const [a, b, c, d, e, f] = ["a", "b", "c", "d", "e", "f"].map(one);
  for (const who of [a, b, c]) if (who) door.add(who);
  if (a) door.spoke(a);
  if (d) door.add(d);
  if (c) door.spoke(c);
  if (d) door.spoke(d);
  if (e) door.add(e);
  if (e) door.spoke(e);
  if (f) door.add(f);
  expect({ gone, size: door.size }).toEqual({ gone: ["b", "a", "c"], size: 3 });
});
