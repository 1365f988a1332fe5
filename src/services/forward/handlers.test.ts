import { expect, test, vi } from "vitest";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import type { ForwardRelay } from "../../session/forward/relay.ts";
import type { ForwardSettings } from "../../station/forward.ts";
import { words } from "../../station/phrases.ts";
import type { Dial } from "../../transports/websocket/client.ts";
import { openServices, watch } from "../testing/open-services.ts";
import { type ForwardContext, forwardHandlers } from "./handlers.ts";

const address = "wss://example.com/ocpp/CP1";
const settings: ForwardSettings = {
  on: true,
  url: "wss://example.com/ocpp",
  credentials: "own",
  user: "U",
  insecure: false,
  whenAway: "answer",
};

/** A station, and a central system above that is ours to say. */
async function setUp() {
  const { context, clock } = await openServices();
  const all = new Map<string, ForwardSettings>();
  const changed = createEmitter<string>(silentLogger);
  const relay = {
    dial: vi.fn(),
    release: vi.fn(() => true),
    drop: vi.fn(() => true),
    injectDown: vi.fn(),
    injectUp: vi.fn(() => true),
  };
  const facts = { forwarded: true, held: [] as object[] };
  const forwarding = {
    changed,
    settings: (identity: string) => all.get(identity),
    hasPassword: (identity: string) => identity === "CP1",
    set: vi.fn((entry: { identity: string }, next: ForwardSettings, _password?: string) => {
      all.set(entry.identity, next);
      changed.emit(entry.identity);
    }),
    standing: () => ({ leg: { state: "off" }, rule: { up: false, down: false, actions: [] }, held: facts.held }),
    relay: () => (facts.forwarded ? (relay as unknown as ForwardRelay) : null),
    hold: vi.fn(),
    authorization: (identity: string, { user }: ForwardSettings, password?: string) =>
      `${identity} ${user} ${password}`,
  };
  const closed = vi.fn();
  const dial = vi.fn<Dial>(() => ({ close: closed }) as unknown as ReturnType<Dial>);
  const handlers = forwardHandlers({
    registry: context.registry,
    forwarding,
    clock,
    dial,
    messageLimit: () => 77,
  } as unknown as ForwardContext);
  return { handlers, all, changed, relay, facts, forwarding, dial, closed, clock, registry: context.registry };
}

test("how a station is forwarded is set, turned, and told to who looks at it", async () => {
  const { handlers, forwarding, changed } = await setUp();
  const own = watch(handlers["forward.state"], { identity: "CP1" });
  const rest = { leg: { state: "off" }, hold: { up: false, down: false, actions: [] }, held: [] };
  expect(own.snapshot).toEqual({ setup: null, ...rest });
  const turn = (on: boolean) => handlers["forward.turn"]({ identity: "CP1", on });
  expect(() => turn(true)).toThrow(
    expect.objectContaining({ code: "conflict", words: words("no-forward-place", { identity: "CP1" }) }),
  );
  const setup = { ...settings, hasPassword: true, address };
  const wanted = { identity: "CP1", ...settings, url: " wss://example.com/ocpp ", password: "secret" };
  expect(handlers["forward.set"](wanted)).toEqual(setup);
  expect(forwarding.set).toHaveBeenLastCalledWith(expect.objectContaining({ identity: "CP1" }), settings, "secret");
  expect(turn(false)).toEqual({ ...setup, on: false });
  expect(forwarding.set).toHaveBeenLastCalledWith(expect.anything(), { ...settings, on: false }, undefined);
  changed.emit("CP2");
  expect(own.told).toEqual([
    { setup, ...rest },
    { setup: { ...setup, on: false }, ...rest },
  ]);
  own.close();
  turn(true);
  expect(own.told).toHaveLength(2);
  for (const url of ["no url", "http://\u0000"]) {
    expect(() => handlers["forward.set"]({ ...wanted, url })).toThrow(
      expect.objectContaining({ code: "invalid-input" }),
    );
  }
  expect(() => handlers["forward.set"]({ ...wanted, identity: "NOBODY" })).toThrow(
    expect.objectContaining({ code: "not-found" }),
  );
});

test("the relay is dialled, holds, lets go, drops, and takes a text of ours either way", async () => {
  const { handlers, relay, forwarding } = await setUp();
  const identity = "CP1";
  const rule = { up: true, down: false, actions: ["Reset"] };
  expect(handlers["forward.dial"]({ identity })).toBeNull();
  expect(handlers["forward.hold"]({ identity, ...rule })).toBeNull();
  expect(handlers["forward.release"]({ identity, seq: 4, text: "[]" })).toBeNull();
  expect(handlers["forward.drop"]({ identity, seq: 5 })).toBeNull();
  expect(handlers["forward.inject"]({ identity, to: "station", text: "down" })).toBeNull();
  expect(relay.injectUp).not.toHaveBeenCalled();
  expect(handlers["forward.inject"]({ identity, to: "upstream", text: "up" })).toBeNull();
  expect(
    [relay.dial, relay.release, relay.drop, relay.injectDown, relay.injectUp].map(({ mock }) => mock.calls),
  ).toEqual([[[]], [[4, "[]"]], [[5]], [["down"]], [["up"]]]);
  expect(forwarding.hold.mock.calls).toEqual([[identity, rule]]);
});

test("what does not wait, a system above that is away, and a station that is not forwarded are told apart", async () => {
  const { handlers, relay, facts } = await setUp();
  const identity = "CP1";
  relay.release.mockReturnValue(false);
  relay.drop.mockReturnValue(false);
  relay.injectUp.mockReturnValue(false);
  const failing = (code: string, more: object) => expect.objectContaining({ code, ...more });
  const notWaiting = failing("not-found", { words: words("not-waiting", { seq: 4 }) });
  expect(() => handlers["forward.release"]({ identity, seq: 4 })).toThrow(notWaiting);
  expect(() => handlers["forward.drop"]({ identity, seq: 4 })).toThrow(notWaiting);
  expect(() => handlers["forward.inject"]({ identity, to: "upstream", text: "x" })).toThrow(
    failing("unavailable", { words: words("above-away") }),
  );
  facts.forwarded = false;
  const notForwarded = failing("conflict", { words: words("not-forwarded", { identity }) });
  for (const ask of [
    () => handlers["forward.dial"]({ identity }),
    () => handlers["forward.release"]({ identity, seq: 4 }),
    () => handlers["forward.drop"]({ identity, seq: 4 }),
    () => handlers["forward.inject"]({ identity, to: "station", text: "x" }),
  ]) {
    expect(ask).toThrow(notForwarded);
  }
  expect(() => handlers["forward.hold"]({ identity: "NOBODY", up: true, down: true, actions: [] })).toThrow(
    failing("not-found", {}),
  );
});

test("a test call dials as the station would, tells what came of it and how long that took, and hangs up", async () => {
  const { handlers, dial, closed, clock, registry } = await setUp();
  const { on: _on, whenAway: _whenAway, ...rest } = settings;
  const asked = { identity: "CP1", ...rest, password: "pw", subprotocol: undefined, ca: undefined };
  const begun = handlers["forward.test"](asked);
  const [where, listener] = dial.mock.calls[0] ?? [];
  expect(where).toEqual({
    url: address,
    subprotocol: "ocpp1.6",
    authorization: "CP1 U pw",
    ca: undefined,
    insecure: false,
    messageLimit: 77,
  });
  clock.advance(41.6);
  listener?.open("ocpp1.6");
  expect(await begun).toEqual({ result: "open", address, subprotocol: "ocpp1.6", ms: 42 });
  expect(closed).toHaveBeenCalledTimes(1);
  const failed = handlers["forward.test"]({ ...asked, subprotocol: "ocpp2.0.1" });
  const [again, other] = dial.mock.calls[1] ?? [];
  clock.advance(7);
  const end = { code: 1006, reason: "", why: "x" } as unknown as Parameters<NonNullable<typeof other>["closed"]>[0];
  other?.closed(end);
  const entry = registry.require("CP1");
  entry.state = { ...entry.state, link: { ...entry.state.link, subprotocol: "ocpp2.1" } };
  void handlers["forward.test"]({ ...asked, ca: undefined, insecure: true });
  expect(dial.mock.calls[2]?.[0]).toMatchObject({ subprotocol: "ocpp2.1", insecure: true });
  void handlers["forward.test"]({ ...asked, identity: "NEW" });
  expect(dial.mock.calls[3]?.[0]).toMatchObject({ subprotocol: "ocpp1.6", url: "wss://example.com/ocpp/NEW" });
  expect([again?.subprotocol, await failed]).toEqual(["ocpp2.0.1", { result: "failed", address, ms: 7, ...end }]);
});
