import { describe, expect, it } from "vitest";
import { createManualClock } from "../src/lib/clock.ts";
import { asChild, ChildStandIn } from "../test/shell/electron-stand-in.ts";
import { CoreHost } from "./core-host.ts";

function setUp() {
  const clock = createManualClock();
  const children: ChildStandIn[] = [];
  const startedAt: number[] = [];
  const quits: number[] = [];
  const places: boolean[] = [];
  const troubles: [number, string][] = [];
  const ends: string[] = [];
  const host = new CoreHost({
    clock,
    fork(again) {
      places.push(again);
      const child = new ChildStandIn();
      children.push(child);
      startedAt.push(clock.monotonic());
      return asChild(child);
    },
    onReady() {},
    onBusy() {},
    onLanguage() {},
    onQuit: () => quits.push(clock.monotonic()),
    onVault: ({ id }) => ({ type: "vault", id, available: false }),
    onEnd: (reason) => ends.push(reason),
    onTrouble: (times, reason) => troubles.push([times, reason]),
  });
  const last = () => {
    const child = children.at(-1);
    if (!child) throw new Error("no core was started");
    return child;
  };
  return { clock, host, children, last, startedAt, troubles, ends, places, quits };
}

describe("restart", () => {
  it("waits 0.5 s and doubles, and tells from the third end on; past the limit it waits for room", () => {
    const { clock, host, last, startedAt, troubles, ends } = setUp();
    host.start();
    for (let round = 0; round < 6; round++) {
      last().die(9);
      clock.advance(10_000);
    }
    const gaps = startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? 0));
    // Each start comes its back-off after a death, and the test lets 10 s pass between two deaths.
    expect(gaps).toEqual([500, 10_500, 11_000, 12_000, 14_000]);
    expect(troubles).toEqual([3, 4, 5, 6].map((times) => [times, "exit code 9"]));
    expect(ends).toEqual(Array(6).fill("exit code 9"));
    clock.advance(539_999);
    expect(startedAt).toHaveLength(6);
    clock.advance(1);
    expect(startedAt).toHaveLength(7);
  });

  it("tells of each end its own reason, and has no link before the next core is ready", async () => {
    const { clock, host, last, ends } = setUp();
    host.start();
    last().say({ type: "ready", link: "a" });
    last().say({ type: "failed", reason: "the disk is full" });
    last().die(1);
    expect(await host.link()).toBeNull();
    clock.advance(500);
    expect(await host.link()).toBeNull();
    last().die(2);
    expect(ends).toEqual(["the disk is full", "exit code 2"]);
  });

  it("counts from one again when the ends before are ten minutes old", () => {
    const { clock, host, last, troubles, children } = setUp();
    host.start();
    last().die(1);
    clock.advance(500);
    last().die(1);
    clock.advance(600_000);
    last().die(1);
    expect(troubles).toEqual([]);
    clock.advance(500);
    expect(children).toHaveLength(4);
  });

  it("says of a core that takes the place of one that was up", () => {
    const { clock, host, last, places } = setUp();
    host.start();
    last().die(1);
    clock.advance(500);
    last().say({ type: "ready", link: "a" });
    last().die(1);
    clock.advance(1000);
    expect(places).toEqual([false, false, true]);
  });

  it("does not start a second core beside a running one", () => {
    const { host, children } = setUp();
    host.start();
    host.start();
    expect(children).toHaveLength(1);
  });
});

describe("links", () => {
  it("has none before the core is ready", async () => {
    const { host, last } = setUp();
    expect(await host.link()).toBeNull();
    host.start();
    expect(await host.link()).toBeNull();
    expect(last().told).toEqual([]);
  });

  it("answers each asker in turn", async () => {
    const { host, last } = setUp();
    host.start();
    last().say({ type: "ready", link: "a" });
    const asked = Promise.all([host.link(), host.link()]);
    last().say({ type: "link", link: "b" });
    last().say({ type: "link", link: "c" });
    expect(await asked).toEqual(["b", "c"]);
  });

  it("answers null to who asked a core that died", async () => {
    const { host, last } = setUp();
    host.start();
    last().say({ type: "ready", link: "a" });
    const asked = host.link();
    last().die(1);
    expect(await asked).toBeNull();
  });
});

it("passes on that somebody asks for the end, and that the computer has slept", () => {
  const { host, last, quits } = setUp();
  host.resumed();
  host.start();
  host.resumed();
  last().say({ type: "quit" });
  expect([last().told, quits]).toEqual([[{ type: "resumed" }], [0]]);
});

describe("stop", () => {
  it("asks the core, and kills it after 8 s", async () => {
    const { clock, host, last } = setUp();
    host.start();
    const stopped = host.stop();
    expect(last().told).toEqual([{ type: "stop" }]);
    clock.advance(7999);
    expect(last().killed).toBe(false);
    clock.advance(1);
    expect(last().killed).toBe(true);
    last().die(143);
    await stopped;
  });

  it("asks once, whoever wants the end, and kills none that has closed its record", async () => {
    const { clock, host, last } = setUp();
    host.start();
    const stopped = [host.stop(), host.stop()];
    clock.advance(5000);
    last().die(0);
    await Promise.all(stopped);
    clock.advance(5000);
    expect([last().told, last().killed]).toEqual([[{ type: "stop" }], false]);
  });

  it("starts none again, not even one that was waiting to be", async () => {
    const { clock, host, last, children } = setUp();
    host.start();
    last().die(1);
    await host.stop();
    clock.advance(60_000);
    host.start();
    expect(children).toHaveLength(1);
  });
});
