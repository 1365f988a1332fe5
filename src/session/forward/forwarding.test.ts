import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import type { EventBody } from "../../station/events.ts";
import type { ForwardSettings } from "../../station/forward.ts";
import type { Secrets } from "../../store/secrets.ts";
import type { UpstreamAddress, UpstreamListener } from "../../transports/websocket/client.ts";
import type { Journal } from "../journal.ts";
import type { StationEntry } from "../station-entry.ts";
import { createForwarding, type Dialling } from "./forwarding.ts";
import { holdNothing } from "./held-frames.ts";
import type { StationPort } from "./station-port.ts";

const settings: ForwardSettings = {
  on: true,
  url: "ws://above/",
  credentials: "none",
  whenAway: "silent",
  insecure: false,
};

/** A station that is forwarded to a central system above that the test plays. `told` is what stands on record of it, `changes` whose
 * forwarding changed. */
function bench(stored: Map<string, ForwardSettings> = new Map([["CP1", settings]])) {
  const clock = createManualClock();
  const listeners: UpstreamListener[] = [];
  const told: string[] = [];
  const bodies: EventBody[] = [];
  const dialled: UpstreamAddress[] = [];
  const saved: [string, ForwardSettings][] = [];
  const passwords = new Map<string, string | undefined>();
  const changes: string[] = [];
  const journal = {
    take: () => 1,
    write(_entry: StationEntry, body: EventBody) {
      bodies.push(body);
      if (body.kind === "forward-changed") told.push(body.state);
      return 1;
    },
  } as Journal;
  const forwarding = createForwarding({
    store: { all: () => stored, save: (...given) => saved.push(given) },
    secrets: {
      get: (name: string) => passwords.get(name),
      set: (name: string, value?: string) => passwords.set(name, value),
    } as unknown as Secrets,
    journal,
    clock,
    log: silentLogger,
    dial(address, listener) {
      dialled.push(address);
      listeners.push(listener);
      return { send: () => undefined, close: () => undefined };
    },
    faults: () => [],
    answerMs: () => 30_000,
    messageLimit: () => 1000,
  });
  const port = { resume: () => undefined } as unknown as StationPort;
  const entry = { identity: "CP1" } as StationEntry;
  const attach = (dialling: Dialling = {}) => forwarding.attach(entry, port, dialling);
  const attachment = attach();
  forwarding.changed.on((identity) => changes.push(identity));
  return {
    ...{ forwarding, entry, attach, bodies, dialled, saved, passwords, changes },
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

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

test("it is dialled as the station would, with what it came with, and with what is set", () => {
  const stored = new Map<string, ForwardSettings>([
    ["CP1", { ...settings, url: "wss://above/ocpp", credentials: "station", ca: "PEM" }],
  ]);
  const { attach, dialled } = bench(stored);
  attach({ subprotocol: "ocpp2.0.1", userAgent: "Wallbox/7", authorization: "Basic c3RhdGlvbg==" });
  expect(dialled.at(-1)).toEqual({
    url: "wss://above/ocpp/CP1",
    subprotocol: "ocpp2.0.1",
    userAgent: "Wallbox/7",
    authorization: "Basic c3RhdGlvbg==",
    ca: "PEM",
    insecure: false,
    messageLimit: 1000,
  });
  stored.set("CP1", { ...settings, insecure: true });
  attach();
  expect(dialled.at(-1)).toEqual({ url: "ws://above/CP1", insecure: true, messageLimit: 1000 });
});

test.each<[Partial<ForwardSettings>, string | undefined, string | undefined]>([
  [{ credentials: "none", user: "u" }, "p", undefined],
  [{ credentials: "own" }, "p", basic("CP1", "p")],
  [{ credentials: "own", user: "u" }, "p", basic("u", "p")],
  [{ credentials: "own", user: "ü" }, undefined, basic("ü", "")],
])("%o with the password %s goes up as %s", (change, password, header) => {
  const { forwarding, entry, dialled, passwords, attach } = bench(new Map());
  forwarding.set(entry, { ...settings, ...change }, password);
  expect(dialled.at(-1)?.authorization).toBe(header);
  expect(forwarding.hasPassword("CP1")).toBe(change.credentials === "own" && password !== undefined);
  expect(passwords.get("forward:CP1")).toBe(change.credentials === "own" ? password : undefined);
  // The station's own are nobody's business unless they are asked for.
  attach({ authorization: "Basic c3RhdGlvbg==" });
  expect(dialled.at(-1)?.authorization).toBe(header);
});

test("a password stays until another is set, or other credentials are", () => {
  const { forwarding, entry } = bench();
  const own: ForwardSettings = { ...settings, credentials: "own" };
  const header = () => forwarding.authorization("CP1", own);
  forwarding.set(entry, own, "first");
  forwarding.set(entry, own);
  expect(header()).toBe(basic("CP1", "first"));
  forwarding.set(entry, own, "");
  expect([header(), forwarding.hasPassword("CP1")]).toEqual([basic("CP1", ""), true]);
  expect(forwarding.authorization("CP1", own, "tried")).toBe(basic("CP1", "tried"));
  forwarding.set(entry, { ...settings, credentials: "none" }, "ignored");
  expect(forwarding.hasPassword("CP1")).toBe(false);
});

test("a station that is not forwarded is dialled for nobody, and turned on it is, at once, as it is set anew", () => {
  const { forwarding, entry, dials, attachment, told, bodies, saved, changes, open } = bench(new Map());
  expect([dials(), attachment.relay, forwarding.settings("CP1"), forwarding.standing("CP1")]).toEqual([
    ...[0, null, undefined, { leg: { state: "idle" }, rule: holdNothing, held: [] }],
  ]);
  const off = { ...settings, on: false };
  forwarding.set(entry, off);
  expect([dials(), told, saved, changes]).toEqual([0, [], [["CP1", off]], ["CP1"]]);
  forwarding.set(entry, settings);
  open();
  const first = attachment.relay;
  expect([dials(), forwarding.relay("CP1"), forwarding.standing("CP1").leg.state]).toEqual([1, first, "open"]);
  forwarding.set(entry, { ...settings, url: "ws://other/" });
  expect([dials(), attachment.relay === first, first?.state.state]).toEqual([2, false, "idle"]);
  forwarding.set(entry, off);
  expect([attachment.relay, forwarding.settings("CP1")]).toEqual([null, off]);
  const { url } = settings;
  expect(bodies).toEqual([
    { kind: "forward-changed", state: "on", url },
    { kind: "forward-changed", state: "connected", url },
    { kind: "forward-changed", state: "on", url: "ws://other/" },
    { kind: "forward-changed", state: "off", url },
  ]);
});

test("a URL that will not do is refused, and nothing is changed by it", () => {
  const { forwarding, entry, saved, dials } = bench();
  expect(() => forwarding.set(entry, { ...settings, url: "http://above/" })).toThrow(
    expect.objectContaining({ code: "invalid-input" }),
  );
  expect([saved, forwarding.settings("CP1"), dials()]).toEqual([[], settings, 1]);
});

test("why nobody is above is told with the outage", () => {
  const { bodies, fail, attachment } = bench();
  fail();
  expect(bodies).toEqual([{ kind: "forward-changed", state: "away", url: settings.url, why: "refused", detail: "" }]);
  attachment.detach();
});

test("what is held stays set over a connection that is replaced, and is gone with the station", () => {
  const { forwarding, attach, attachment, changes, dials, passwords } = bench();
  const rule = { up: true, down: false, actions: ["Heartbeat"] };
  forwarding.hold("CP1", rule);
  expect(changes).toEqual(["CP1", "CP1"]);
  const first = attachment.relay;
  const next = attach();
  expect([attachment.relay, first?.state.state, dials(), next.relay === forwarding.relay("CP1")]).toEqual([
    ...[null, "idle", 2, true],
  ]);
  expect(forwarding.standing("CP1")).toMatchObject({ leg: { state: "connecting" }, rule });
  // The one that was replaced ends late: the next one stays.
  attachment.detach();
  expect(forwarding.relay("CP1")).toBe(next.relay);
  changes.length = 0;
  next.detach();
  expect([forwarding.relay("CP1"), changes.length > 0]).toEqual([null, true]);
  changes.length = 0;
  passwords.set("forward:CP1", "p");
  forwarding.forget("CP1");
  expect([forwarding.settings("CP1"), forwarding.hasPassword("CP1"), forwarding.standing("CP1").rule, changes]).toEqual(
    [...[undefined, false, holdNothing, ["CP1"]]],
  );
  expect(attach().relay).toBeNull();
});
