import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../../test/harness/core.ts";
import { type PortPair, portPair } from "../../test/harness/serial/port-pair.ts";
import { createManualClock, systemClock } from "../lib/clock.ts";
import { ModbusMaster } from "../modbus/bus/master.ts";
import { serveModbus } from "../modbus/bus/slave.ts";
import { writeRtu } from "../modbus/codec/framing.ts";
import { findProfile } from "../services/modbus/profiles.ts";
import { VirtualDevice } from "../simulator/modbus/device.ts";
import { writeControl } from "../transports/serial/line/control.ts";
import type { UpstreamAddress, UpstreamListener } from "../transports/websocket/client.ts";
import { printed, typing } from "./testing/printed.ts";

/** The one wire of a test; /dev/a and /dev/b are its ends. What asks for an end is called by the test; so is a central system. */
const bench = vi.hoisted(() => ({
  pair: null as unknown as PortPair,
  stop: (): void => undefined,
  dialled: [] as { address: UpstreamAddress; listener: UpstreamListener }[],
  above: [] as unknown[],
  /** What was set of a port that has signals; null for one that has none. */
  signals: null as unknown[] | null,
}));
vi.mock(import("../transports/websocket/client.ts"), async (original) => ({
  ...(await original()),
  createDial: () => (address: UpstreamAddress, listener: UpstreamListener) => {
    bench.dialled.push({ address, listener });
    return {
      send: (data: string | Uint8Array) => void bench.above.push(Buffer.from(data).toString()),
      close: () => void bench.above.push("closed"),
    } as never;
  },
}));
vi.mock("../transports/serial/open-port.ts", () => ({
  createOpener: () => async (path: string, settings: never) => {
    const port = await bench.pair.open(path.replace("/dev/", ""), settings);
    const { signals } = bench;
    return signals ? Object.assign(port, { signal: async (set: unknown) => void signals.push(set) }) : port;
  },
}));
vi.mock("./stop-signal.ts", () => ({
  stopSignal: () =>
    new Promise<void>((resolve) => {
      bench.stop = resolve;
    }),
}));

const settings = { baudRate: 19_200, dataBits: 8, parity: "none", stopBits: 1, flow: "none" } as const;
beforeEach(() => {
  Object.assign(bench, { pair: portPair(), dialled: [], above: [], signals: null });
});

/** Runs a command while something is done; waits each time until the command has an end open, and none any more. */
async function during(args: string[], work: (said: () => string) => Promise<void>): Promise<string> {
  const said: string[] = [];
  const data = /simulate|listen /.test(args.join(" ")) ? [] : ["--data", await temporaryFolder()];
  const running = printed(args, data, said);
  await expect.poll(() => bench.pair.held()).toContain("a");
  await work(() => said.join(""));
  bench.stop();
  return running;
}

const steady = (told: string) => told.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "NOW");

/** Says frames on the far end, each once the one before is told. */
async function speak(said: () => string, frames: Uint8Array[]): Promise<void> {
  const far = await bench.pair.open("b", settings);
  for (const [at, frame] of frames.entries()) {
    await far.write(frame);
    await expect.poll(() => said().match(/^\{"at":|^\d{4}-\S+\t(?!value)/gm)?.length).toBe(at + 1);
  }
  await far.dispose();
}

const voltage = [writeRtu(1, Uint8Array.of(4, 0, 0, 0, 2)), writeRtu(1, Uint8Array.of(4, 4, 0x43, 0x66, 0, 0))];
const frames = [
  writeRtu(7, Uint8Array.of(3, 0, 5, 0, 2)),
  writeRtu(7, Uint8Array.of(3, 4, 0, 1, 0, 2)),
  writeRtu(7, Uint8Array.of(6, 0, 9, 0, 16)),
  writeRtu(7, Uint8Array.of(6, 0, 9, 0, 16)),
  writeRtu(7, Uint8Array.of(3, 0, 5, 0, 2)),
  writeRtu(7, Uint8Array.of(0x83, 2)),
  writeRtu(8, Uint8Array.of(3, 2, 0, 1)),
  Uint8Array.of(1, 2, 3),
];

test("what another master and its devices say is told line by line, and each question with what came of it at the end", async () => {
  const text = await during(["modbus", "listen", "/dev/a,baud=19200"], (said) => speak(said, frames));
  const json = await during(["modbus", "listen", "/dev/a", "--json", "--profile", "eastron-sdm630"], (said) =>
    speak(said, voltage),
  );
  const read = await during(["modbus", "listen", "/dev/a", "--profile", "eastron-sdm630"], (said) =>
    speak(said, voltage),
  );
  const damaged = await during(["modbus", "listen", "/dev/a", "--json"], async (said) => {
    await speak(said, frames.slice(-1));
    bench.pair.unplug();
    await expect.poll(said).toContain("! a is gone: the adapter was unplugged.");
    bench.pair.plug();
  });
  expect(damaged).toContain(',"kind":"damaged","bytes":"010203"}\n');
  await expect(steady(`${text}\n${json}\n${read}`).replace(/every [\d.]+ s/g, "every N s")).toMatchFileSnapshot(
    "told/listen.txt",
  );
});

test("what moves in a device is told, and when it does not answer and does again", async () => {
  const device = new VirtualDevice(await findProfile("heidelberg-energy-control"), createManualClock(0));
  serveModbus({
    wire: await bench.pair.open("b", settings),
    framing: "rtu",
    units: new Map([[1, device]]),
    clock: createManualClock(0),
  });
  const watched = ["modbus", "watch", "/dev/a,baud=19200", "--profile", "heidelberg-energy-control", "--every", "0.1"];
  const text = await during(watched, async (said) => {
    await expect.poll(() => said()).toContain("are watched");
    device.set({ status: "Charging" });
    await expect.poll(() => said()).toContain("Charging");
  });
  await expect(steady(text)).toMatchFileSnapshot("told/watch.txt");
});

test("a virtual device serves a port, and is changed by the lines that are typed", async () => {
  const typed = typing();
  const line = [
    "simulate",
    "--modbus",
    "/dev/a",
    "--profile",
    "heidelberg-energy-control",
    "--unit",
    "3",
    "--amperes",
    "16",
  ];
  const text = await during(line, async (said) => {
    for (const [what, told] of [
      ["status Charging", null],
      ["status Asleep", "Lines are"],
      ["status Reserved", "The profile has no status"],
      ["amperes x", 'amperes takes a number; got "x".'],
      ["error none", null],
      ["error", null],
      ["error meltdown", "has no"],
      ["dance", null],
      ["", null],
    ] as const) {
      typed.write(`${what}\n`);
      if (told) await expect.poll(() => said()).toContain(told);
    }
    await expect.poll(() => said().match(/Lines are/g)).toHaveLength(2);
    typed.write(`${"x".repeat(1001)}\n`);
    await expect.poll(() => said()).toContain("longer than 1000");
    // The last line may have no end.
    typed.end("amperes 12");
    const master = new ModbusMaster({ wire: await bench.pair.open("b", settings), framing: "rtu", clock: systemClock });
    const registers = { kind: "read", table: "input", address: 5, count: 2 } as const;
    await expect.poll(() => master.ask(3, registers)).toEqual({ kind: "registers", registers: [7, 120] });
    bench.pair.unplug();
    await expect.poll(said).toContain("a is gone: the adapter was unplugged.");
  });
  await expect(text).toMatchFileSnapshot("told/virtual-device.txt");
  expect(bench.pair.held()).toEqual([]);
});

test("a console: lines that are typed go out, those that come are printed, and the end of the input waits a moment for more", async () => {
  const typed = typing();
  const told = await during(
    ["console", "/dev/a,baud=9600", "--eol", "lf", "--wait", "0.05", "--echo"],
    async (said) => {
      const far = await bench.pair.open("b", settings);
      const heard: string[] = [];
      far.listen({ data: (bytes) => heard.push(Buffer.from(bytes).toString()), closed: () => undefined });
      typed.write("hello\n");
      await expect.poll(() => heard.join("")).toBe("hello\n");
      await far.write(Buffer.from("there\r\npart"));
      await expect.poll(() => said()).toContain("there");
      typed.end();
    },
  );
  expect(told).toBe(
    "$ console /dev/a,baud=9600 --eol lf --wait 0.05 --echo\n! Opened: a.\nthere\npart\n! Closed.\n= 0\n",
  );
});

test("a console whose port went meanwhile has failed, though all that was typed had left", async () => {
  const typed = typing();
  const said: string[] = [];
  const running = printed(["console", "/dev/a", "--wait", "0"], ["--data", await temporaryFolder()], said);
  await expect.poll(() => bench.pair.held()).toContain("a");
  bench.pair.unplug();
  await expect.poll(() => said.join("")).toContain("! a is gone");
  typed.end();
  expect(await running).toMatch(/\n= 1\n$/);
});

test("a console that is only listened to prints each entry as JSON until it is stopped, and lets go of the port", async () => {
  const told = await during(["console", "/dev/a", "--listen", "--json"], async (said) => {
    const far = await bench.pair.open("b", settings);
    await far.write(Buffer.from("login: \r\n"));
    await expect.poll(() => said()).toContain("login");
  });
  expect(steady(told)).toBe(
    '$ console /dev/a --listen --json\n{"time":"NOW","kind":"note","text":"Opened: a."}\n{"time":"NOW","kind":"in","text":"login: "}\n{"time":"NOW","kind":"note","text":"Closed."}\n= 0\n',
  );
  expect(bench.pair.held()).toEqual(["b"]);
});

test("a console of this process: its signals, a break and a file go out, and what passed is on record until it is cleared", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "boot.txt");
  writeFileSync(file, "go\n");
  const far = await bench.pair.open("b", settings);
  const heard: string[] = [];
  far.listen({ data: (bytes) => heard.push(Buffer.from(bytes).toString()), closed: () => undefined });
  const run = (...args: string[]) => printed(["console", ...args], ["--data", folder]);
  bench.signals = [];
  typing().end("last");
  const asked = ["--dtr", "on", "--rts", "off", "--break", "1", "--send", file, "--wait", "0"];
  expect(
    (await run("/dev/a", ...asked, "--record")).replace(file, "FILE").replaceAll(file, "FILE"),
  ).toMatchInlineSnapshot(`
    "$ console /dev/a --dtr on --rts off --break 1 --send FILE --wait 0 --record
    ! Opened: a, 115200 baud, 8N1.
    ! Set by hand: DTR on, RTS off.
    ! A break of 1 ms was sent.
    ! The file boot.txt is sent: 3 bytes.
    ! The file boot.txt was sent whole: 3 bytes.
    ! 3 bytes of FILE were sent.
    ! Closed.
    = 0
    "
  `);
  expect(heard.join("")).toBe("go\nlast\r");
  expect(bench.signals).toMatchInlineSnapshot(`
    [
      {
        "dtr": true,
        "held": false,
        "rts": false,
      },
      {
        "dtr": true,
        "held": true,
        "rts": false,
      },
      {
        "dtr": true,
        "held": false,
        "rts": false,
      },
    ]
  `);
  expect(await run("/dev/a", "--clear")).toMatch(/No core runs on this folder.*\n= 4\n$/);
  expect(steady(await run("/dev/a", "--past"))).toMatchInlineSnapshot(`
    "$ console /dev/a --past
    NOW	#	Opened: a, 115200 baud, 8N1.
    NOW	#	Set by hand: DTR on, RTS off.
    NOW	#	A break of 1 ms was sent.
    NOW	#	The file boot.txt is sent: 3 bytes.
    NOW	>	go
    NOW	#	The file boot.txt was sent whole: 3 bytes.
    NOW	>	last
    NOW	#	Closed.
    = 0
    "
  `);
  expect(steady(await run())).toMatchInlineSnapshot(`
    "$ console
    /dev/a	NOW	NOW	8
    = 0
    "
  `);
});

test("a port is tried: what can be opened, and why it cannot", async () => {
  expect(await printed(["ports", "--try", "/dev/a"])).toBe("$ ports --try /dev/a\n/dev/a can be opened.\n= 0\n");
  expect(await printed(["ports", "--try", "/dev/a", "--json"])).toContain('{"port":"/dev/a","ok":true}');
  expect(bench.pair.held()).toEqual([]);
  bench.pair.unplug();
  expect(await printed(["ports", "--try", "/dev/a"])).toContain("! a is not there.");
});

/** Runs a bridge on which a station comes and goes, and whose central system and port do so too. */
async function bridged(args: string[]): Promise<string> {
  const said: string[] = [];
  const soFar = () => said.join("");
  const running = printed(["bridge", "/dev/a,framing=lines", ...args], [], said);
  await expect.poll(() => bench.pair.held()).toContain("a");
  const far = await bench.pair.open("b", settings);
  await far.write(Buffer.from(`${writeControl({ kind: "hello", identity: "CP1", subprotocols: ["ocpp1.6"] })}\n`));
  await expect.poll(() => bench.dialled).toHaveLength(1);
  const [{ listener } = {} as never] = bench.dialled;
  listener.open("ocpp1.6");
  await far.write(Buffer.from('[2,"1","Heartbeat",{}]\n'));
  await expect.poll(() => bench.above).toEqual(['[2,"1","Heartbeat",{}]']);
  await far.write(Buffer.from("{[,\n"));
  await expect.poll(soFar).toMatch(/damaged/);
  listener.closed({ problem: "closed", detail: "1006" });
  await expect.poll(soFar).toMatch(/gone from the line|"gone"/);
  bench.pair.unplug();
  await expect.poll(soFar).toMatch(/taken up again|"unplugged"/);
  bench.stop();
  return running;
}

test("a bridge tells in words, or as JSON, what becomes of the station, the central system and the port", async () => {
  const secret = join(await temporaryFolder(), "password");
  writeFileSync(secret, "p\u00e4ss:word\n");
  const files = ["--password-file", secret, "--ca", secret, "--insecure"];
  const text = await bridged(["ws://h/{identity}/x", ...files]);
  expect(bench.dialled.map(({ address }) => address)).toEqual([
    {
      ...{ url: "ws://h/CP1/x", authorization: `Basic ${Buffer.from("CP1:p\u00e4ss:word").toString("base64")}` },
      ...{ ca: "p\u00e4ss:word\n", insecure: true, messageLimit: 1024 * 1024, subprotocol: "ocpp1.6" },
      userAgent: undefined,
    },
  ]);
  Object.assign(bench, { pair: portPair(), dialled: [], above: [] });
  const json = await bridged(["ws://h/", "--json"]);
  expect(bench.dialled[0]?.address).toMatchObject({ url: "ws://h/CP1", authorization: undefined, insecure: false });
  await expect(`${text}\n${json}`.replaceAll(secret, "FILE")).toMatchFileSnapshot("told/bridge.txt");
});

test("a virtual device that cannot be served says why, and what to do", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  const served = (place: string) => printed(["simulate", "--modbus", place, "--profile", "wallbe"]);
  expect(await served(`127.0.0.1:${port}`)).toContain(
    `! 127.0.0.1:${port} is in use by another program. Close it, or take another port.\n= 1\n`,
  );
  expect(await served("192.0.2.1:1502")).toMatch(
    /! 192\.0\.2\.1:1502 is no address of this laptop \(.*EADDRNOTAVAIL.*\)\. Take 127\.0\.0\.1, or 0\.0\.0\.0 for all of them\.\n= 1\n$/,
  );
});
