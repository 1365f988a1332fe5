import { describe, expect, it } from "vitest";
import { mostCertificates } from "../bounds.ts";
import type { EventBody, StationEvent } from "../events.ts";
import { newStation, type StationState } from "../model.ts";
import { words } from "../phrases.ts";
import { countFrame, reduce } from "./reduce.ts";

const start = Date.UTC(2026, 0, 1);
const fresh = newStation("CP-1", start);

function at(seq: number, body: EventBody): StationEvent {
  return { ...body, at: start + seq * 1000, seq };
}

function fold(state: StationState, ...bodies: EventBody[]): StationState {
  return bodies.reduce((next, body) => reduce(next, at(next.seq + 1, body)), state);
}

const opened: Extract<EventBody, { kind: "link-opened" }> = {
  kind: "link-opened",
  connection: 7,
  ocpp: "2.0.1",
  via: {
    kind: "websocket",
    remoteAddress: "10.0.0.5",
    secure: true,
    securityProfile: 2,
    offered: ["ocpp2.0.1", "ocpp1.6"],
    subprotocol: "ocpp2.0.1",
    path: "/x/CP-1",
    userAgent: "box/1",
  },
};

function status(evse: number, connector: number, word: "Available" | "Faulted" | "Occupied", more = {}): EventBody {
  return { kind: "status", evse, connector, status: word, ...more };
}

describe("the link", () => {
  const online = {
    state: "online",
    since: start + 1000,
    connection: 7,
    remoteAddress: "10.0.0.5",
    secure: true,
    securityProfile: 2,
    offered: ["ocpp2.0.1", "ocpp1.6"],
    subprotocol: "ocpp2.0.1",
    path: "/x/CP-1",
    userAgent: "box/1",
  };

  it("comes up with everything the connection tells", () => {
    const seen = { firstSeenAt: start + 1000, lastSeenAt: start + 1000 };
    expect(fold(fresh, opened)).toEqual({ ...fresh, ...seen, ocpp: "2.0.1", link: online, seq: 1 });
  });

  it("leaves the first sight where it was when it comes up again", () => {
    expect(fold(fresh, opened, opened)).toMatchObject({ firstSeenAt: start + 1000, lastSeenAt: start + 2000 });
  });

  it("goes down with its cause, which is no sign of life", () => {
    const state = fold(fresh, opened, { kind: "link-closed", connection: 7, code: 1006, reason: "", cause: "lost" });
    expect(state.link).toEqual({
      ...online,
      state: "offline",
      since: start + 2000,
      closed: { code: 1006, reason: "", cause: "lost" },
    });
    expect([state.lastSeenAt, state.seq]).toEqual([start + 1000, 2]);
  });

  it("stays up when the one it replaced goes down", () => {
    const before = fold(fresh, opened);
    const after = fold(before, { kind: "link-closed", connection: 6, code: 1000, reason: "", cause: "replaced" });
    expect(after).toEqual({ ...before, seq: 2 });
  });

  it("comes back without the old cause of its end", () => {
    const state = fold(
      fresh,
      opened,
      { kind: "link-closed", connection: 7, code: 1006, reason: "", cause: "lost" },
      { ...opened, connection: 8 },
    );
    expect(state.link).toEqual({ ...online, since: start + 3000, connection: 8 });
  });

  it("leaves a running transaction running when it goes down", () => {
    const running = fold(fresh, opened, { kind: "transaction-started", id: "5", evse: 1 });
    const down = fold(running, { kind: "link-closed", connection: 7, code: 1006, reason: "", cause: "lost" });
    expect(down.evses).toBe(running.evses);
  });
});

describe("boot and signs of life", () => {
  it("merges what a boot tells into what is known of the station", () => {
    const state = fold(
      fresh,
      { kind: "booted", info: { vendor: "V", model: "M", firmwareVersion: "1" }, answered: "Pending" },
      {
        kind: "booted",
        info: { vendor: "V", model: undefined, firmwareVersion: "2" },
        reason: "PowerUp",
        answered: "Accepted",
        intervalSeconds: 300,
      },
    );
    expect(state).toEqual({
      ...fresh,
      info: { vendor: "V", model: "M", firmwareVersion: "2" },
      boot: { at: start + 2000, frame: 2, reason: "PowerUp", answered: "Accepted", intervalSeconds: 300 },
      lastSeenAt: start + 2000,
      seq: 2,
    });
  });

  it.each<EventBody>([
    { kind: "heartbeat" },
    { kind: "token", token: { value: "04AA" }, decision: "Accepted", source: "Authorize" },
    { kind: "security-event", type: "StartupOfTheDevice", stationTime: "2025-12-01T00:00:00Z" },
    { kind: "device-event", component: "C", variable: "V", value: "1", trigger: "Delta" },
    { kind: "variables", last: true, variables: [] },
    { kind: "configuration", keys: [], unknown: [] },
    { kind: "signing-requested", csr: "", answered: "Rejected" },
    { kind: "vendor-message", vendorId: "v", answered: "UnknownVendorId" },
    { kind: "noticed", action: "NotifyEVChargingNeeds", summary: "" },
  ])("takes $kind as a sign of life and nothing else", (body) => {
    expect(fold(fresh, body)).toEqual({ ...fresh, lastSeenAt: start + 1000, seq: 1 });
  });

  it.each<EventBody>([
    { kind: "link-closed", connection: 1, code: 1000, reason: "", cause: "asked" },
    { kind: "command-sent", id: "1", name: "reset", args: {} },
    { kind: "command-done", id: "1", name: "reset", outcome: { result: "accepted" } },
    { kind: "fault-injected", state: "on", fault: { kind: "silence" } },
    { kind: "forward-changed", url: "wss://csms.example/", why: "closed", detail: "1006" } as EventBody,
    { kind: "console-boot", port: "COM3", sign: "reset", system: "esp32", said: "rst" } as EventBody,
    { kind: "console-fault", port: "COM3", sign: "panic", system: "esp32", said: "rst" } as EventBody,
    { kind: "console-noted", port: "COM3", note: words("console-closed") },
    { kind: "console-heard", port: "COM3" },
    { kind: "found", finding: { rule: "too-long", where: "A", said: "x" } },
  ])("$kind is no sign of life of the station", (body) => {
    expect(fold(fresh, body).lastSeenAt).toBe(start);
  });

  it("an event that is told late moves the last sign of life no further back", () => {
    const seen = fold(fresh, { kind: "heartbeat" });
    expect(reduce(seen, { kind: "heartbeat", at: start - 60_000, seq: 9 })).toEqual({ ...seen, seq: 9 });
  });

  it("keeps what the core has asked for by itself, and when: no more of anything else", () => {
    const asked = (because?: string) =>
      fold(fresh, { kind: "command-sent", id: "c", name: "trigger", args: { because } }).asked;
    expect(asked("no-boot")).toEqual({ boot: start + 1000 });
    expect(asked("no-status")).toEqual({ status: start + 1000 });
    for (const because of ["now-accepted", "asked-for", "guarded-change", undefined])
      expect(asked(because)).toBeUndefined();
    const both = ["no-boot", "no-status"].map(
      (because): EventBody => ({ kind: "command-sent", id: because, name: "trigger", args: { because } }),
    );
    expect(fold(fresh, ...both).asked).toEqual({ boot: start + 1000, status: start + 2000 });
  });

  it("counts frames; only those that came in are signs of life", () => {
    const asked = countFrame(fresh, { seq: 4, direction: "in", at: start + 10, answer: { at: start + 12 } });
    const state = countFrame(asked, { seq: 6, direction: "out", at: start + 20, answer: null });
    expect(state).toEqual({ ...fresh, frames: { in: 1, out: 2 }, lastSeenAt: start + 10, seq: 6 });
    expect(asked.seq).toBe(5);
  });

  it("never runs its number back", () => {
    expect(countFrame({ ...fresh, seq: 9 }, { seq: 3, direction: "out", at: start, answer: null }).seq).toBe(9);
    expect(reduce({ ...fresh, seq: 9 }, at(3, { kind: "heartbeat" })).seq).toBe(9);
  });

  it("keeps the progress of firmware and of diagnostics", () => {
    const state = fold(
      fresh,
      { kind: "firmware-status", status: "Installing", requestId: 3 },
      { kind: "diagnostics-status", status: "Uploading" },
    );
    expect([state.firmware, state.diagnostics]).toEqual([
      { status: "Installing", requestId: 3, at: start + 1000, frame: 1 },
      { status: "Uploading", at: start + 2000, frame: 2 },
    ]);
  });

  it("keeps the certificates that were told, and of the uses not asked about what was told before", () => {
    const hash = { hashAlgorithm: "SHA256", issuerNameHash: "aa", issuerKeyHash: "bb", serialNumber: "1" } as const;
    const root = { use: "CSMSRootCertificate", hash };
    const car = { use: "V2GRootCertificate", hash };
    const all: EventBody = { kind: "certificates-listed", installed: [root, car] };
    const none: EventBody = { kind: "certificates-listed", uses: ["CSMSRootCertificate"], installed: [] };
    expect(fold(fresh, all).certificates).toEqual({ at: start + 1000, frame: 1, installed: [root, car] });
    expect(fold(fresh, all, none).certificates).toEqual({ at: start + 2000, frame: 2, installed: [car] });
    expect(fold(fresh, all, { kind: "certificates-listed", installed: [] }).certificates?.installed).toEqual([]);
  });

  it("of very many certificates the last that were told are kept", () => {
    const installed = Array.from({ length: mostCertificates + 2 }, (_, n) => ({
      use: "V2GRootCertificate",
      hash: { hashAlgorithm: "SHA256", issuerNameHash: "aa", issuerKeyHash: "bb", serialNumber: `${n}` } as const,
    }));
    const kept = fold(fresh, { kind: "certificates-listed", installed }).certificates?.installed ?? [];
    expect([kept.length, kept[0]?.hash.serialNumber]).toEqual([mostCertificates, "2"]);
  });
});

describe("statuses", () => {
  it("learns EVSEs and connectors from what is said, in order of their numbers", () => {
    const state = fold(fresh, status(2, 1, "Available"), status(1, 2, "Occupied"), status(1, 1, "Available"));
    expect(state.evses).toEqual([
      {
        evse: 1,
        connectors: [
          { connector: 1, status: "Available", statusAt: start + 3000, at: start + 3000, frame: 3 },
          { connector: 2, status: "Occupied", statusAt: start + 2000, at: start + 2000, frame: 2 },
        ],
        live: [],
      },
      {
        evse: 2,
        connectors: [{ connector: 1, status: "Available", statusAt: start + 1000, at: start + 1000, frame: 1 }],
        live: [],
      },
    ]);
  });

  it("puts EVSE 0 on the station as a whole", () => {
    const state = fold(fresh, status(0, 0, "Faulted", { errorCode: "GroundFailure", vendorErrorCode: "E12" }));
    expect([state.station, state.evses]).toEqual([
      {
        connector: 0,
        status: "Faulted",
        statusAt: start + 1000,
        at: start + 1000,
        frame: 1,
        errorCode: "GroundFailure",
        vendorErrorCode: "E12",
      },
      [],
    ]);
  });

  it("takes an EVSE without a connector as having one", () => {
    expect(fold(fresh, status(1, 0, "Available")).evses[0]?.connectors).toEqual([
      { connector: 1, status: "Available", statusAt: start + 1000, at: start + 1000, frame: 1 },
    ]);
  });

  it("forgets the error with the next status, and keeps since when a repeated one stands", () => {
    const state = fold(
      fresh,
      status(1, 1, "Faulted", { errorCode: "HighTemperature", info: "hot" }),
      status(1, 1, "Available"),
      status(1, 1, "Available"),
    );
    expect(state.evses[0]?.connectors).toEqual([
      { connector: 1, status: "Available", statusAt: start + 2000, at: start + 3000, frame: 3 },
    ]);
  });

  it("a status from before the one that stands moves nothing, unless the station has restarted since", () => {
    const at = (word: "Available" | "Faulted", evse: number, seconds: number): EventBody => ({
      ...{ kind: "status", evse, connector: evse, status: word },
      stationTime: new Date(start + seconds * 1000).toISOString(),
    });
    const told = (state: StationState) => [state.station?.status, state.evses[0]?.connectors[0]?.status];
    const known = fold(fresh, at("Available", 0, 1), at("Available", 1, 2));
    const queued = [at("Faulted", 0, -3600), at("Faulted", 1, -3600)];
    expect(told(fold(known, ...queued))).toEqual(["Available", "Available"]);
    const again = fold(known, { kind: "booted", info: {}, answered: "Accepted" }, ...queued);
    expect(told(again)).toEqual(["Faulted", "Faulted"]);
  });

  it("shares with the state before what did not change, and leaves that one as it was", () => {
    const before = fold(fresh, status(1, 1, "Available"), status(2, 1, "Available"));
    const copy = structuredClone(before);
    const after = fold(before, status(2, 1, "Faulted"));
    expect(before).toEqual(copy);
    expect(after.evses[0]).toBe(before.evses[0]);
    expect(after.link).toBe(before.link);
    expect(after.findings).toBe(before.findings);
  });
});

describe("the station's clock", () => {
  it("is read off a status, however far off it is", () => {
    const stationTime = "1970-01-01T00:00:05Z";
    const state = fold(fresh, status(1, 1, "Available", { stationTime }));
    expect(state.clock).toEqual({ offsetMs: 5000 - (start + 1000), at: start + 1000, frame: 1, stationTime });
  });

  it("is not read off a time that cannot be read", () => {
    expect(fold(fresh, status(1, 1, "Available", { stationTime: "0000-00-00T00:00:00Z" })).clock).toBeUndefined();
  });

  it("is not read off what is told after the fact", () => {
    const stationTime = "2025-12-31T20:00:00Z";
    const late: EventBody = { kind: "transaction-started", id: "1", evse: 1, stationTime, offline: true };
    const old: EventBody = { kind: "transaction-ended", id: "2", evse: 1, stationTime: "2025-12-30T23:00:00Z" };
    expect([fold(fresh, late).clock, fold(fresh, old).clock]).toEqual([undefined, undefined]);
  });

  it.each([
    [undefined, true],
    ["Sample.Periodic", true],
    ["Sample.Clock", true],
    ["Trigger", true],
    ["Transaction.Begin", false],
    ["Transaction.End", false],
    ["Interruption.End", false],
  ])("with context %s is read off samples: %s", (context, read) => {
    const stationTime = "2026-01-01T00:00:03Z";
    const sample = { measurand: "Voltage", unit: "V", value: 230, said: "230", context } as const;
    const state = fold(fresh, { kind: "sampled", evse: 1, groups: [{ stationTime, samples: [sample] }] });
    expect(state.clock).toEqual(read ? { offsetMs: 2000, at: start + 1000, frame: 1, stationTime } : undefined);
  });

  it("is not read off samples of more than a day ago", () => {
    const sample = { measurand: "Voltage", unit: "V", value: 230, said: "230" } as const;
    const groups = [{ stationTime: "2025-12-30T23:59:00Z", samples: [sample] }];
    expect(fold(fresh, { kind: "sampled", evse: 1, groups }).clock).toBeUndefined();
  });
});

describe("commands", () => {
  it.each([
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

  it("keeps a command with its outcome", () => {
    const state = fold(
      fresh,
      { kind: "command-sent", id: "a", name: "reset", args: { kind: "soft" } },
      { kind: "command-done", id: "a", name: "reset", outcome: { result: "accepted" } },
    );
    expect(state).toEqual({
      ...fresh,
      commands: [
        {
          id: "a",
          name: "reset",
          args: { kind: "soft" },
          sentAt: start + 1000,
          doneAt: start + 2000,
          outcome: { result: "accepted" },
        },
      ],
      seq: 2,
    });
  });

  it("keeps the last 20 commands, and has no place for the outcome of one before", () => {
    const sent = Array.from(
      { length: 21 },
      (_, n): EventBody => ({
        kind: "command-sent",
        id: String(n),
        name: "reset",
        args: {},
      }),
    );
    const state = fold(fresh, ...sent, {
      kind: "command-done",
      id: "0",
      name: "reset",
      outcome: { result: "rejected" },
    });
    expect(state.commands.map(({ id, outcome }) => [id, outcome])).toEqual(
      Array.from({ length: 20 }, (_, n) => [String(n + 1), undefined]),
    );
  });
});
