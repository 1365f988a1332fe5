import { expect, test } from "vitest";
import { createEmitter } from "../lib/emitter.ts";
import { silentLogger } from "../lib/logger.ts";
import type { EventBody, WebSocketVia } from "../station/events.ts";
import type { Recorder, Stored } from "../store/recorder.ts";
import type { AttemptTracker } from "../transports/attempts/tracker.ts";
import { watchAttempts } from "./attempt-watch.ts";

/** What the attempts are told of an event that was stored. */
function told(body: EventBody): string[] {
  const said: string[] = [];
  const stored = createEmitter<Stored>(silentLogger);
  const note =
    (what: string) =>
    (...args: unknown[]) =>
      void said.push(`${what} ${JSON.stringify(args)}`);
  const tracker = { booted: note("booted"), explained: note("explained"), recorded: note("recorded") };
  watchAttempts({ stored } as Recorder, tracker as unknown as AttemptTracker);
  const station = { id: 1, identity: "CP1" };
  stored.emit({ frames: [], marked: [], events: [{ station, event: { ...body, at: 0, seq: 1 }, own: false }] });
  return said;
}

const via: WebSocketVia = {
  kind: "websocket",
  remoteAddress: "",
  secure: false,
  securityProfile: 0,
  offered: [],
  path: "/CP1",
};

test.each<[EventBody, string[]]>([
  [{ kind: "booted", info: {}, answered: "Pending" }, ['booted ["CP1","Pending"]']],
  [
    { kind: "link-opened", connection: 4, ocpp: "1.6", via: { ...via, attempt: 9 } },
    ['recorded [9,{"connection":4,"ocpp":"1.6"}]'],
  ],
  [{ kind: "link-opened", connection: 4, ocpp: "1.6", via }, []],
  [{ kind: "security-event", type: "InvalidTLSVersion" }, ['explained ["CP1","InvalidTLSVersion"]']],
  [
    { kind: "security-event", type: "InvalidCsmsCertificate", techInfo: "expired" },
    ['explained ["CP1","InvalidCsmsCertificate: expired"]'],
  ],
  [
    { kind: "security-event", type: "InvalidCentralSystemCertificate" },
    ['explained ["CP1","InvalidCentralSystemCertificate"]'],
  ],
  [{ kind: "security-event", type: "InvalidTLSCipherSuite" }, ['explained ["CP1","InvalidTLSCipherSuite"]']],
  [{ kind: "link-opened", connection: 4, via: { ...via, attempt: 9 } } as EventBody, []],
  [
    { kind: "link-opened", connection: 4, ocpp: "2.1", via: { ...via, attempt: 0 } },
    ['recorded [0,{"connection":4,"ocpp":"2.1"}]'],
  ],
  // It has nothing to do with how the station came in.
  [{ kind: "security-event", type: "MemoryExhaustion" }, []],
  [{ kind: "heartbeat" }, []],
])("%o: %o", (body, said) => {
  expect(told(body)).toEqual(said);
});
