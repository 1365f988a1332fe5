import { afterEach, describe, expect, it, vi } from "vitest";
import { portPair } from "../../../test/harness/serial/port-pair.ts";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { words } from "../../station/phrases.ts";
import type { ConsoleEntry } from "../../station/serial/console.ts";
import type { SerialPortInfo } from "../../station/serial/ports.ts";
import type { OpenPort, OpenSerial, PortSignals } from "../../transports/serial/port.ts";
import { usualSettings } from "../../transports/serial/settings.ts";
import { type ConsoleBook, passingBook } from "./book.ts";
import { type Consoles, createConsoles } from "./consoles.ts";
import type { Recognised } from "./heard/reading.ts";
import { listenAt } from "./listen.ts";

let consoles: Consoles;
afterEach(() => consoles.dispose());

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

/** A port that is named otherwise than it was. */
function underPath(path: string, port: OpenPort): OpenPort {
  return new Proxy(port, {
    get(real, name) {
      if (name === "path") return path;
      const value = Reflect.get(real, name, real);
      return typeof value === "function" ? value.bind(real) : value;
    },
  });
}

async function bench(book: ConsoleBook = passingBook(), withSignals = false, ports: SerialPortInfo[] = []) {
  const pair = portPair();
  const signals: PortSignals[] = [];
  const opening = { until: Promise.resolve() };
  const open: OpenSerial = async (path, settings) => {
    await opening.until;
    if (path === "moved") return underPath(path, await pair.open("a", settings));
    const port = await pair.open(path, settings);
    if (withSignals && path === "a") port.signal = async (given) => void signals.push(given);
    return port;
  };
  const clock = createManualClock();
  const look = async () => ({ ports, networks: [] });
  const recognised: Recognised[] = [];
  consoles = createConsoles({
    open,
    look,
    book,
    heard: (_setup, more) => recognised.push(...more),
    clock,
    log: silentLogger,
  });
  const told: ConsoleEntry[] = [];
  consoles.told.on(({ entries }) => told.push(...entries));
  const view = await consoles.add({ port: "a", settings: usualSettings });
  const device = await pair.open("b", usualSettings);
  let heard = "";
  device.listen({
    data(bytes) {
      heard += Buffer.from(bytes).toString();
    },
    closed: () => undefined,
  });
  return {
    pair,
    opening,
    signals,
    clock,
    told,
    recognised,
    view,
    device,
    heard: () => heard,
    texts: () =>
      told.map((entry) => {
        if (entry.kind === "note") return entry.note.phrase;
        if (entry.kind === "sign") return entry.sign.sign;
        return entry.kind === "frame" ? entry.frame.action : Buffer.from(entry.base64, "base64").toString();
      }),
    say: async (text: string) => {
      await device.write(Buffer.from(text));
      await turn();
    },
  };
}

describe("a console", () => {
  it("tells what came and went, what is one after the other in one piece", async () => {
    const { say, clock, texts, view, heard } = await bench();
    expect(view).toMatchObject({ state: "open", counts: { received: 0, sent: 0 }, plain: true });
    clock.advance(20);
    await say("one ");
    await say("two ");
    await say("three");
    expect(texts()).toEqual(["console-opened-plain", "one "]);
    clock.advance(20);
    await consoles.get("a").send(Buffer.from("help\r"));
    await turn();
    expect(texts()).toEqual(["console-opened-plain", "one ", "two three", "help\r"]);
    expect(heard()).toBe("help\r");
    expect(consoles.list()[0]?.counts).toEqual({ received: 13, sent: 5 });
  });

  it("is unplugged and taken up again, and what is sent meanwhile is refused in words", async () => {
    const { pair, clock, texts, say } = await bench();
    await say("half a li");
    pair.unplug();
    expect(consoles.list()[0]).toMatchObject({ state: "unplugged", trouble: { phrase: "port-gone" } });
    await expect(consoles.get("a").send(Buffer.from("x"))).rejects.toMatchObject({ code: "unavailable" });
    expect(texts().slice(-2)).toEqual(["half a li", "port-gone"]);
    pair.plug();
    clock.advance(1000);
    await turn();
    expect(consoles.list()[0]?.state).toBe("open");
    expect(texts().at(-1)).toBe("console-opened-plain");
  });

  it("shows nothing that is not on record, reads nothing meanwhile, and loses nothing", async () => {
    let full = false;
    const passing = passingBook();
    const { say, clock, texts, recognised } = await bench({
      add(pieces) {
        if (full) throw new Error("disk full");
        return passing.add(pieces);
      },
    });
    clock.advance(20);
    full = true;
    const logged = vi.spyOn(silentLogger, "error");
    await say("one ");
    await say("two");
    // However often it is tried again.
    expect(logged.mock.calls).toEqual([["a console cannot be put on record", { error: new Error("disk full") }]]);
    expect(texts()).toEqual(["console-opened-plain"]);
    expect(consoles.list()[0]).toMatchObject({
      ...{ state: "unrecorded", trouble: { phrase: "console-unrecorded" } },
      counts: { received: 4, sent: 0 },
    });
    await expect(consoles.get("a").send(Buffer.from("typed\r"))).rejects.toMatchObject({ code: "unavailable" });
    full = false;
    clock.advance(1000);
    await turn();
    clock.advance(20);
    // What was not sent was not typed.
    expect(recognised).toMatchObject([{ note: { phrase: "console-opened-plain" } }]);
    expect(texts().join("|")).toBe("console-opened-plain|one |two");
    expect(consoles.list()[0]?.state).toBe("open");
  });

  it("tells a boot and a message of OCPP where they are printed, after the bytes that tell them", async () => {
    const { say, clock, texts, told, recognised } = await bench();
    clock.advance(20);
    await say("rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13\r");
    await say('\nI (99) ocpp: send [2,"7","Authorize",{"idTag":"04A1"}] ok\r\n');
    clock.advance(20);
    expect(texts().slice(1)).toEqual([
      "rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13\r",
      "reset",
      '\nI (99) ocpp: send [2,"7","Authorize",{"idTag":"04A1"}] ok\r\n',
      "Authorize",
    ]);
    expect(told.at(2)).toMatchObject({ sign: { system: "esp32", cause: "brownout" } });
    expect(told.at(-1)).toMatchObject({
      frame: { type: "call", id: "7", direction: "in", text: '[2,"7","Authorize",{"idTag":"04A1"}]' },
    });
    await consoles.get("a").send(Buffer.from("reboot\r"));
    await consoles.get("a").send(Buffer.from("$GS\r"), "profile");
    expect(recognised).toMatchObject([
      { note: { phrase: "console-opened-plain" } },
      { sign: { sign: "reset" } },
      { frame: { action: "Authorize" } },
      { note: { phrase: "console-typed", values: { text: "reboot" } } },
    ]);
  });

  it("tells a message that is printed without its secrets", async () => {
    const { say, clock, told } = await bench();
    clock.advance(20);
    await say('send [2,"8","DataTransfer",{"vendorId":"V","password":"hunter22"}] ok\r\n');
    clock.advance(20);
    const [frame] = told.flatMap((entry) => (entry.kind === "frame" ? entry.frame : []));
    expect(frame).toMatchObject({ action: "DataTransfer", text: expect.stringContaining('"password"') });
    expect(frame?.text).not.toContain("hunter22");
  });

  it("tells where a file begins, ends, and was stopped, and none of its lines", async () => {
    const { recognised, heard, pair } = await bench();
    const file = { name: "f.txt", size: 4 };
    const port = consoles.get("a");
    await port.sendFile(Buffer.from("a\r"), { ...file, at: 0 });
    await port.sendFile(Buffer.from("b\r"), { ...file, at: 2 });
    await port.sendFile(new Uint8Array(), { ...file, at: 2, stopped: true });
    await turn();
    expect(heard()).toBe("a\rb\r");
    pair.unplug();
    await expect(port.sendFile(Buffer.from("a\r"), { ...file, at: 0 })).rejects.toMatchObject({ code: "unavailable" });
    const notes = recognised.flatMap((one) => ("note" in one ? one.note : [])).slice(1);
    expect(notes).toMatchObject([
      { phrase: "console-file-begun", values: { name: "f.txt", size: 4 } },
      { phrase: "console-file-sent" },
      { phrase: "console-file-stopped", values: { sent: 2, size: 4 } },
      { phrase: "port-gone" },
    ]);
  });

  it("refuses a second one on its port, and what no port can do", async () => {
    await bench();
    await expect(consoles.add({ port: "a", settings: usualSettings })).rejects.toMatchObject({ code: "conflict" });
    await expect(consoles.get("a").signal({ dtr: false })).rejects.toMatchObject({
      words: { phrase: "console-no-signals" },
    });
    expect(() => consoles.get("b")).toThrow("b is no console.");
    const told: number[] = [];
    consoles.changed.on(() => told.push(consoles.list().length));
    const removed = consoles.remove("a");
    // At once, and not when its port has been let go of.
    expect(told).toEqual([0]);
    await removed;
  });

  it("is unplugged while it sends: whoever sends is told, and so is what may be left behind", async () => {
    const { pair, clock, texts, heard } = await bench();
    pair.stall(true);
    const sent = consoles.get("a").send(Buffer.from("a file"));
    const refused = expect(sent).rejects.toMatchObject({ words: { phrase: "port-gone" } });
    await turn();
    pair.unplug();
    await refused;
    expect(texts().slice(1)).toEqual(["a file", "port-gone", "console-unsent"]);
    expect(consoles.list()[0]?.counts.sent).toBe(0);
    pair.stall(false);
    pair.plug();
    clock.advance(1000);
    await turn();
    // What waited for the port of before does not count against this one.
    const all = Buffer.alloc(256 * 1024);
    await consoles.get("a").send(all);
    await turn();
    expect([heard(), consoles.list()[0]?.counts.sent]).toEqual(["", all.length]);
  });

  it("does not wait for a port that takes nothing for ever, and says that it may not all have left", async () => {
    const { pair, clock, texts } = await bench();
    pair.stall(true);
    const sent = expect(consoles.get("a").send(Buffer.from("x"))).rejects.toMatchObject({
      words: { phrase: "console-takes-nothing" },
    });
    clock.advance(14_999);
    await turn();
    expect(texts().slice(1)).toEqual(["x"]);
    clock.advance(1);
    await sent;
    expect(texts().slice(1)).toEqual(["x", "console-unsent"]);
  });

  it.each(["unplug", "close"] as const)(
    "a break that %s cuts short is not told as sent, and ends at once",
    async (how) => {
      const { pair, texts, signals } = await bench(passingBook(), true);
      const broken = consoles.get("a").sendBreak(5000);
      const refused = expect(broken).rejects.toMatchObject({ code: "unavailable" });
      await turn();
      if (how === "unplug") pair.unplug();
      else await consoles.remove("a");
      await refused;
      expect(texts().slice(1)).toEqual([how === "unplug" ? "port-gone" : "console-closed"]);
      // Closed, the line is let go of before.
      expect(signals.map(({ held }) => held)).toEqual(how === "unplug" ? [true] : [true, false]);
    },
  );

  it("is away since it went, however often it is tried meanwhile", async () => {
    const { pair, clock } = await bench();
    pair.unplug();
    const since = consoles.list()[0]?.since;
    clock.advance(3000);
    await turn();
    expect(consoles.list()[0]).toMatchObject({ state: "unplugged", since, trouble: { phrase: "port-missing" } });
  });

  it("is taken up where its adapter is now, says so, and is looked for from there on", async () => {
    const adapter = { kind: "bridge", vendorId: "1a86", productId: "7523", serialNumber: "S1" } as const;
    const ports: SerialPortInfo[] = [{ path: "a", ...adapter }];
    const { pair, clock, told } = await bench(passingBook(), false, ports);
    const again = async () => {
      pair.unplug();
      pair.plug();
      clock.advance(1000);
      await turn();
      const [{ path, setup, state } = { path: "", setup: { port: "" }, state: "" }] = consoles.list();
      return [path, setup.port, state];
    };
    ports[0] = { path: "moved", ...adapter };
    expect(await again()).toEqual(["moved", "a", "open"]);
    expect(told.at(-1)).toMatchObject({ note: words("console-opened-plain", { port: "moved" }) });
    // Another of the same numbers comes first among the ports: it was not this one.
    ports.unshift({ path: "a", ...adapter });
    expect(await again()).toEqual(["moved", "a", "open"]);
  });

  it.each(["opens", "does not open"])(
    "is closed while its port is being opened: one that %s then is not kept, nor tried again",
    async (how) => {
      const { pair, clock, opening } = await bench();
      pair.unplug();
      pair.plug();
      const gate = Promise.withResolvers<void>();
      opening.until = gate.promise;
      clock.advance(1000);
      await turn();
      await consoles.remove("a");
      if (how === "does not open") pair.unplug();
      gate.resolve();
      await turn();
      pair.plug();
      clock.advance(5000);
      await turn();
      expect([pair.held(), consoles.list()]).toEqual([[], []]);
    },
  );

  it("tells no signals as set that were on their way when the port went", async () => {
    const { pair, texts } = await bench(passingBook(), true);
    const setting = expect(consoles.get("a").signal({ dtr: false })).rejects.toMatchObject({ code: "unavailable" });
    pair.unplug();
    await setting;
    expect(texts().slice(1)).toEqual(["port-gone"]);
    expect(consoles.list()[0]).not.toHaveProperty("signals");
  });

  it("is listened to for its speed: unplugged meanwhile is told, and is not silence", async () => {
    const pair = portPair();
    const clock = createManualClock();
    const heard = listenAt(pair.open, "a", usualSettings, clock);
    const refused = expect(heard).rejects.toMatchObject({ code: "unavailable", words: { phrase: "port-gone" } });
    await turn();
    pair.unplug();
    await refused;
    pair.plug();
    const silent = listenAt(pair.open, "a", usualSettings, clock);
    await turn();
    clock.advance(1500);
    expect((await silent).bytes).toBe(0);
    expect(pair.held()).toEqual([]);
  });

  it("holds what waits to be sent within bounds", async () => {
    const { pair } = await bench();
    const port = consoles.get("a");
    const full = { words: { phrase: "console-takes-nothing" } };
    await expect(port.send(new Uint8Array(256 * 1024 + 1))).rejects.toMatchObject(full);
    pair.stall(true);
    const waiting = port.send(new Uint8Array(256 * 1024));
    await turn();
    await expect(port.send(new Uint8Array(1))).rejects.toMatchObject(full);
    pair.stall(false);
    await waiting;
    await expect(port.send(new Uint8Array(1))).resolves.toBeUndefined();
  });

  it("sets DTR and RTS by hand, one by one, and tells how they stand; a port that comes back knows nothing of it", async () => {
    const { pair, clock, signals, texts, told } = await bench(passingBook(), true);
    const port = consoles.get("a");
    expect(consoles.list()[0]).not.toHaveProperty("plain");
    await port.signal({ dtr: false });
    await port.signal({ rts: false });
    expect(signals).toEqual([
      { dtr: false, rts: true, held: false },
      { dtr: false, rts: false, held: false },
    ]);
    expect(consoles.list()[0]?.signals).toEqual({ dtr: false, rts: false });
    expect(texts()).toEqual(["console-opened", "console-signals", "console-signals"]);
    expect(told.at(-1)).toMatchObject({
      note: { values: { dtr: { phrase: "signal-off" }, rts: { phrase: "signal-off" } } },
    });
    await port.signal({ dtr: true });
    expect(told.at(-1)).toMatchObject({ note: { values: { dtr: { phrase: "signal-on" } } } });
    pair.unplug();
    pair.plug();
    clock.advance(1000);
    await turn();
    expect(consoles.list()[0]?.signals).toBeUndefined();
  });

  it("holds the line in a break as long as was asked for, and tells it then", async () => {
    const { clock, signals, texts } = await bench(passingBook(), true);
    const broken = consoles.get("a").sendBreak(250);
    await turn();
    clock.advance(249);
    await turn();
    expect(signals).toEqual([{ dtr: true, rts: true, held: true }]);
    clock.advance(1);
    await broken;
    expect([signals.at(-1), texts().at(-1)]).toEqual([{ dtr: true, rts: true, held: false }, "console-break"]);
  });

  it("gathers what comes for 20 ms, and no longer than 64 KB of it", async () => {
    const { say, clock, texts } = await bench();
    clock.advance(20);
    await say("a");
    expect(texts()).toEqual(["console-opened-plain", "a"]);
    await say("b");
    clock.advance(19);
    expect(texts()).toHaveLength(2);
    clock.advance(1);
    expect(texts().at(-1)).toBe("b");
    await say("c");
    await say("x".repeat(64 * 1024 - 2));
    expect(texts().at(-1)).toBe("b");
    await say("yz");
    expect(texts().at(-1)).toBe(`c${"x".repeat(64 * 1024 - 2)}yz`);
    await say("d");
    clock.advance(19);
    expect(texts().at(-1)).not.toBe("d");
    clock.advance(1);
    expect(texts().at(-1)).toBe("d");
  });

  it("takes 256 KB that wait to be sent, and not a byte more", async () => {
    const { pair } = await bench();
    pair.stall(true);
    const first = consoles.get("a").send(new Uint8Array(256 * 1024));
    await expect(consoles.get("a").send(new Uint8Array(1))).rejects.toMatchObject({
      words: { phrase: "console-takes-nothing" },
    });
    pair.stall(false);
    await first;
    await consoles.get("a").send(new Uint8Array(1));
    expect(consoles.list()[0]?.counts.sent).toBe(256 * 1024 + 1);
  });

  it("is in trouble while it cannot be opened at first, says why, and is tried every second", async () => {
    const { pair, clock } = await bench();
    pair.unplug();
    const view = await consoles.add({ port: "b", settings: usualSettings });
    expect(view).toMatchObject({ state: "trouble", path: "b", trouble: { phrase: expect.any(String) } });
    pair.plug();
    clock.advance(999);
    await turn();
    expect(consoles.list().at(-1)?.state).toBe("trouble");
    clock.advance(1);
    await turn();
    expect(consoles.list().at(-1)).toMatchObject({ state: "open" });
    expect(consoles.list().at(-1)).not.toHaveProperty("trouble");
  });

  it("tells that a file was stopped where a piece of it cannot be sent", async () => {
    const { pair, recognised, clock } = await bench();
    const port = consoles.get("a");
    await port.sendFile(Buffer.from("a"), { name: "f", size: 9, at: 0 });
    pair.stall(true);
    const refused = expect(port.sendFile(Buffer.from("b"), { name: "f", size: 9, at: 1 })).rejects.toMatchObject({
      code: "unavailable",
    });
    clock.advance(15_000);
    await refused;
    const notes = recognised.flatMap((one) => ("note" in one ? one.note.phrase : []));
    expect(notes.slice(-2)).toEqual(["console-unsent", "console-file-stopped"]);
  });

  it("sixteen are open at a time, and one that is closed is gone from the list and from its port", async () => {
    const { pair } = await bench();
    for (let at = 1; at < 16; at++) await consoles.add({ port: `none${at}`, settings: usualSettings });
    await expect(consoles.add({ port: "more", settings: usualSettings })).rejects.toMatchObject({
      code: "conflict",
      words: { phrase: "console-too-many", values: { most: 16 } },
    });
    let changes = 0;
    consoles.changed.on(() => changes++);
    await consoles.remove("a");
    expect([consoles.has("a"), consoles.list().length, pair.held().includes("a"), changes > 0]).toEqual([
      false,
      15,
      false,
      true,
    ]);
  });
});
