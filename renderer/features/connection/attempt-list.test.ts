import { describe, expect, it } from "vitest";
import type { Attempt } from "../../../src/station/attempts.ts";
import { bytesOf, foldAttempts, hexLines, isFromOutside, stagesOf, toneOf, untilNext } from "./attempt-list.ts";

function attempt(id: number, more: Partial<Attempt> = {}): Attempt {
  return {
    id,
    at: 1000,
    remoteAddress: "10.0.0.9",
    remotePort: 1,
    localAddress: "10.0.0.1",
    localPort: 9000,
    passed: "tcp",
    state: "stopped",
    causes: [],
    times: {},
    bytes: 0,
    repeats: 1,
    lastAt: 1000,
    ...more,
  };
}

describe("rows of attempts", () => {
  it("are from outside unless they come from one of the laptop's own addresses", () => {
    const own = [{ address: "10.0.0.1" }, { address: "fe80::1" }];
    const from = (remoteAddress: string) => isFromOutside({ remoteAddress }, own);
    expect(["10.0.0.9", "10.0.0.1", "fe80::1", "127.0.0.3", "::1"].map(from)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("are replaced by their id, the latest first, without those counted in others", () => {
    const log = [
      attempt(1),
      attempt(2, { lastAt: 2000 }),
      attempt(1, { repeats: 2, lastAt: 3000 }),
      attempt(2, { into: 1 }),
      attempt(3, { lastAt: 2500 }),
      attempt(4, { lastAt: 2500 }),
    ];
    expect(foldAttempts(log).map(({ id, repeats }) => [id, repeats])).toEqual([
      [1, 2],
      [4, 1],
      [3, 1],
    ]);
  });

  it("have a stage for TLS only where TLS was spoken", () => {
    expect(stagesOf({}).slice(0, 2)).toEqual(["tcp", "http"]);
    expect(stagesOf({ tls: {} as never }).slice(0, 3)).toEqual(["tcp", "tls", "http"]);
    expect(stagesOf({ hello: { versions: [], ciphers: [], alpn: [] } }).slice(0, 3)).toEqual(["tcp", "tls", "http"]);
  });

  it("have the colour of their state", () => {
    const odd = [{ code: "double-slash" as const }];
    expect([
      toneOf(attempt(1)),
      toneOf(attempt(1, { state: "connected" })),
      toneOf(attempt(1, { state: "connected", causes: odd })),
      toneOf(attempt(1, { state: "under-way" })),
      toneOf(attempt(1, { state: "ended" })),
    ]).toEqual(["faulted", "available", "waiting", "waiting", "quiet"]);
  });

  it("count down to the next try while it can be expected", () => {
    const loop = attempt(1, { gapMs: 12_000, repeats: 3, lastAt: 100_000 });
    expect([104_000, 113_000, 130_000].map((now) => untilNext(loop, now))).toEqual([8000, -1000, null]);
    expect([129_000, 129_001].map((now) => untilNext(loop, now))).toEqual([-17_000, null]);
    expect(untilNext({ ...loop, repeats: 2 }, 104_000)).toBe(8000);
    const others = [{ repeats: 1 }, { gapMs: 0 }, { state: "connected" }, { state: "under-way" }] as const;
    expect(others.map((more) => untilNext({ ...loop, ...more }, 104_000))).toEqual([null, null, null, null]);
    expect(untilNext({ ...loop, state: "ended" }, 104_000)).toBe(8000);
  });
});

it("lays bytes out as hex and text", () => {
  const edges = Uint8Array.of(0x00, 0x1f, 0x20, 0x7e, 0x7f, 0xff);
  expect(hexLines(edges)).toBe(`0000  00 1f 20 7e 7f ff${" ".repeat(30)}  .. ~..`);
  expect(hexLines(new Uint8Array(16)).split("\n")).toHaveLength(1);
  const bytes = bytesOf(btoa("GET /CP1 HTTP/1.1\r\n"));
  expect(hexLines(bytes)).toBe(
    "0000  47 45 54 20 2f 43 50 31 20 48 54 54 50 2f 31 2e  GET /CP1 HTTP/1.\n0010  31 0d 0a                                         1..",
  );
});
