import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import type { EventBody } from "../../station/events.ts";
import type { ForwardSettings } from "../../station/forward.ts";
import type { Secrets } from "../../store/secrets.ts";
import type { UpstreamListener } from "../../transports/websocket/client.ts";
import type { Journal } from "../journal.ts";
import type { StationEntry } from "../station-entry.ts";
import { createForwarding } from "./forwarding.ts";
import type { StationPort } from "./station-port.ts";

const settings: ForwardSettings = {
  on: true,
  url: "ws://above/",
  credentials: "none",
  whenAway: "silent",
  insecure: false,
};

/** A station that is forwarded to a central system above that the test plays. `told` is what stands on record of it. */
function bench() {
  const clock = createManualClock();
  const listeners: UpstreamListener[] = [];
  const told: string[] = [];
  const journal = {
    take: () => 1,
    write(_entry: StationEntry, body: EventBody) {
      if (body.kind === "forward-changed") told.push(body.state);
      return 1;
    },
  } as Journal;
  const forwarding = createForwarding({
    store: { all: () => new Map([["CP1", settings]]), save: () => undefined },
    secrets: { get: () => undefined, set: () => undefined } as unknown as Secrets,
    journal,
    clock,
    log: silentLogger,
    dial(_address, listener) {
      listeners.push(listener);
      return { send: () => undefined, close: () => undefined };
    },
    faults: () => [],
    answerMs: () => 30_000,
    messageLimit: () => 1000,
  });
  const port = { resume: () => undefined } as unknown as StationPort;
  const attachment = forwarding.attach({ identity: "CP1" } as StationEntry, port, {});
  return {
    told,
    attachment,
    dials: () => listeners.length,
    open: () => listeners.at(-1)?.open("ocpp1.6"),
    fail: () => listeners.at(-1)?.closed({ problem: "refused", detail: "" }),
    wait: (ms: number) => clock.advance(ms),
  };
}

test("an outage above is told once, however often it is tried again, and anew after it was over", () => {
  const { told, open, fail, wait, dials, attachment } = bench();
  fail();
  wait(1_000);
  fail();
  wait(2_000);
  fail();
  expect([dials(), told]).toEqual([3, ["away"]]);
  wait(4_000);
  open();
  expect(told).toEqual(["away", "connected"]);
  fail();
  wait(8_000);
  fail();
  expect(told).toEqual(["away", "connected", "away"]);
  attachment.detach();
});
