import { expect, test } from "vitest";
import { mostCertificates, staleMs } from "../bounds.ts";
import type { EventBody, StationEvent, Via } from "../events.ts";
import { newStation, type StationState } from "../model.ts";
import { words } from "../phrases.ts";
import { reduce } from "./reduce.ts";

const start = Date.UTC(2026, 0, 1);
const fresh = newStation("CP1", start);

/** Events come one a second. */
function fold(state: StationState, ...bodies: EventBody[]): StationState {
  return bodies.reduce((next, body) => {
    const seq = next.seq + 1;
    return reduce(next, { ...body, at: start + seq * 1000, seq } as StationEvent);
  }, state);
}

const line = { port: "COM3", baudRate: 9600, frame: "8N1" };
const spoken = { offered: ["ocpp1.6"], subprotocol: "ocpp1.6", userAgent: "box/1" };

test.each<[what: string, via: Via, link: object]>([
  [
    "a WebSocket whose messages may be compressed",
    {
      ...{ kind: "websocket", remoteAddress: "10.0.0.5", secure: false, securityProfile: 1, path: "/CP1" },
      ...{ ...spoken, compressed: true, attempt: 7 },
    },
    {
      ...{ remoteAddress: "10.0.0.5", secure: false, securityProfile: 1, path: "/CP1" },
      ...{ ...spoken, compressed: true },
    },
  ],
  [
    "a serial line",
    { kind: "serial", ...line, framing: "slip", ...spoken },
    { carrier: "serial", ...line, framing: "slip", ...spoken },
  ],
  [
    "Modbus over a line",
    { kind: "modbus", ...line, unit: 3, profile: "box" },
    { carrier: "modbus", ...line, unit: 3, profile: "box" },
  ],
  [
    "Modbus over the network",
    { kind: "modbus", port: "10.0.0.5:502", unit: 255, profile: "box" },
    { carrier: "modbus", port: "10.0.0.5:502", unit: 255, profile: "box" },
  ],
  ["a console", { kind: "console", ...line, profile: "evse" }, { carrier: "console", ...line, profile: "evse" }],
])("a link over %s is told with all that carries it, and no more", (_what, via, link) => {
  const state = fold(fresh, { kind: "link-opened", connection: 4, ocpp: "1.6", via });
  expect(state.link).toStrictEqual({ state: "online", since: start + 1000, connection: 4, ...link });
});

const fault = { kind: "silence" } as const;
const said = { system: "esp32", said: "rst:0x1" } as const;

test.each<EventBody>([
  { kind: "link-closed", connection: 1, code: 1000, reason: "", cause: "asked" },
  { kind: "command-sent", id: "1", name: "reset", args: {} },
  { kind: "command-done", id: "1", name: "reset", outcome: { result: "accepted" } },
  { kind: "fault-injected", state: "on", fault },
  { kind: "forward-changed", url: "wss://csms.example/", why: "closed", detail: "1006" } as EventBody,
  { kind: "console-boot", port: "COM3", sign: "reset", ...said } as EventBody,
  { kind: "console-fault", port: "COM3", sign: "panic", ...said } as EventBody,
  { kind: "console-noted", port: "COM3", note: words("console-closed") },
  { kind: "console-heard", port: "COM3" },
  { kind: "found", finding: { rule: "too-long", where: "A", said: "x" } },
])("$kind is no sign of life of the station", (body) => {
  expect(fold(fresh, body).lastSeenAt).toBe(start);
});

test("an event that is told late moves the last sign of life no further back", () => {
  const seen = fold(fresh, { kind: "heartbeat" });
  expect(reduce(seen, { kind: "heartbeat", at: start - 60_000, seq: 9 })).toEqual({ ...seen, seq: 9 });
});

test("of very many certificates the last that were told are kept", () => {
  const installed = Array.from({ length: mostCertificates + 2 }, (_, n) => ({
    use: "V2GRootCertificate",
    hash: { hashAlgorithm: "SHA256", issuerNameHash: "aa", issuerKeyHash: "bb", serialNumber: `${n}` } as const,
  }));
  const kept = fold(fresh, { kind: "certificates-listed", installed }).certificates?.installed ?? [];
  expect([kept.length, kept[0]?.hash.serialNumber]).toEqual([mostCertificates, "2"]);
});

test.each([
  ["unsupported", "no-boot", true],
  ["rejected", "no-status", true],
  ["accepted", "no-boot", undefined],
  ["no-answer", "no-status", undefined],
  ["rejected", "now-accepted", undefined],
  ["unsupported", undefined, undefined],
] as const)(
  "a question that was %s, asked because of %s, was refused to the core itself: %s",
  (result, because, refused) => {
    const sent: EventBody = { kind: "command-sent", id: "1", name: "trigger", args: { because } };
    const state = fold(fresh, sent, { kind: "command-done", id: "1", name: "trigger", outcome: { result } });
    expect(state.asked?.refused).toBe(refused);
  },
);

const day = 86_400_000;

test.each([
  ["a status", -staleMs, true],
  ["a status", -staleMs - 1, false],
  ["a status", -day, false],
  ["a status", -day - 1, true],
  ["a start", -day - 1, false],
  ["a start", -staleMs, true],
])("the clock of a station of which none is known is read off %s that is %i ms off: %s", (what, offsetMs, read) => {
  const stationTime = new Date(start + 1000 + offsetMs).toISOString();
  const body: EventBody =
    what === "a status"
      ? { kind: "status", evse: 1, connector: 1, status: "Available", stationTime }
      : { kind: "transaction-started", id: "1", evse: 1, stationTime };
  const { clock, clockDoubt } = fold(fresh, body);
  expect([clock?.offsetMs, clockDoubt?.offsetMs]).toEqual(read ? [offsetMs, undefined] : [undefined, offsetMs]);
});

test.each(["Z", "z", "+00:00", "+0000", "+00"])("a time of long ago with the zone %j may come of a queue", (zone) => {
  const stationTime = `${new Date(start - 3_600_000).toISOString().slice(0, 19)}${zone}`;
  const state = fold(fresh, { kind: "status", evse: 1, connector: 1, status: "Available", stationTime });
  expect([state.clock, state.clockDoubt?.offsetMs]).toEqual([undefined, -3_601_000]);
});

test("a status from before the one that stands moves nothing, unless the station has restarted since", () => {
  const status = (word: "Available" | "Faulted", evse: number, seconds: number): EventBody => ({
    ...{ kind: "status", evse, connector: evse, status: word },
    stationTime: new Date(start + seconds * 1000).toISOString(),
  });
  const words = (state: StationState) => [state.station?.status, state.evses[0]?.connectors[0]?.status];
  const known = fold(fresh, status("Available", 0, 1), status("Available", 1, 2));
  const queued = [status("Faulted", 0, -3600), status("Faulted", 1, -3600)];
  expect(words(fold(known, ...queued))).toEqual(["Available", "Available"]);
  const again = fold(known, { kind: "booted", info: {}, answered: "Accepted" }, ...queued);
  expect(words(again)).toEqual(["Faulted", "Faulted"]);
});
