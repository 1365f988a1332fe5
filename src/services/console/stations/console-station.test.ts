import { expect, test, vi } from "vitest";
import { sealed } from "../../../consoles/check.ts";
import { consoleProfiles } from "../../../consoles/shipped.ts";
import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import type { ConsoleView } from "../../../station/serial/console.ts";
import { usualSettings } from "../../../transports/serial/settings.ts";
import { openServices } from "../../testing/open-services.ts";
import { ConsoleStation } from "./console-station.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
const profile = consoleProfiles().find(({ name }) => name === "openevse-rapi");
if (!profile) throw new Error("the profile is gone");
const everyMs = profile.every * 1000;
const known: Record<string, string> = {
  $GV: "$OK 8.2.1 5.2.1",
  $GS: "$OK 3 120",
  $GG: "$OK 15900 230000",
  $GU: "$OK 0 121500",
};

/** A device on a console, that answers what a test lets it. */
async function setUp(answers: Record<string, string | null> = known, port = "/dev/ttyUSB0") {
  const { context, clock, frames } = await openServices();
  const asked: string[] = [];
  const device = { answers: { ...answers }, state: "open" as ConsoleView["state"], refuses: false };
  const setup = { port, settings: usualSettings, station: "EVSE-1", profile: "openevse-rapi" };
  const station = new ConsoleStation({
    ...context,
    setup,
    identity: "EVSE-1",
    profile: profile as NonNullable<typeof profile>,
    view: () => ({ state: device.state }) as ConsoleView,
    async send(bytes) {
      if (device.refuses) throw failure("unavailable", words("port-closed", { port }));
      const command = Buffer.from(bytes).toString().slice(0, 3);
      asked.push(command);
      const answer = device.answers[command];
      if (answer) setImmediate(() => say(answer.includes("^") ? answer : sealed(answer, "xor")));
    },
    clock,
  });
  const entry = (text: string) => ({
    id: 1,
    at: clock.now(),
    kind: "in" as const,
    base64: Buffer.from(text).toString("base64"),
  });
  function say(line: string): void {
    station.take([entry(`${line}\r`)]);
  }
  /** Lets a round come to its end: what is not answered runs out. */
  async function round(ms = everyMs): Promise<string[]> {
    clock.advance(ms);
    for (let at = 0; at < 12; at++) await turn();
    context.recorder.flush();
    return asked.splice(0);
  }
  const note = (state: ConsoleView["state"]) => {
    device.state = state;
    station.take([{ id: 2, at: clock.now(), kind: "note", note: words("port-gone", { port }) }]);
    context.recorder.flush();
  };
  const links = () => {
    context.recorder.flush();
    return context.events
      .newest(Number.MAX_SAFE_INTEGER, { kinds: ["link-opened", "link-closed"] }, 100)
      .reverse()
      .flatMap(({ event }) =>
        event.kind === "link-closed"
          ? [`${event.cause} ${event.code}`]
          : event.kind === "link-opened"
            ? [event.via.kind]
            : [],
      )
      .slice(1);
  };
  const own = () => context.registry.get("EVSE-1");
  return { station, device, round, say, entry, note, links, own, asked, clock, frames, context };
}

test("a device is asked round after round, once for what does not change, and is a station from its first answer", async () => {
  const { round, own, frames, links, context } = await setUp();
  expect(own()).toBeUndefined();
  const first = await round(0);
  expect(new Set(first)).toEqual(new Set(Object.keys(known)));
  const once = profile.asks.filter((ask) => ask.once).map(({ send }) => send);
  expect(once).toEqual(["$GV"]);
  expect(await round(everyMs - 1)).toEqual([]);
  expect(await round(1)).toEqual(first.filter((command) => !once.includes(command)));
  expect(own()?.state).toMatchObject({
    info: { vendor: "OpenEVSE", firmwareVersion: "8.2.1" },
    link: {
      state: "online",
      carrier: "console",
      port: "/dev/ttyUSB0",
      profile: "openevse-rapi",
      baudRate: 115_200,
      frame: "8N1",
    },
  });
  const told = frames().filter(({ station }) => station === own()?.id);
  expect(told).toHaveLength(2);
  expect(JSON.parse(String(told[0]?.data))).toMatchObject({
    console: 1,
    profile: "openevse-rapi",
    answers: expect.arrayContaining([{ asked: "$GV", answer: known.$GV }]),
  });
  expect(links()).toEqual(["console"]);
  expect(context.recorder.trouble).toBeNull();
});

test("one that is silent is not asked for all the rest, and after three rounds its connection is over", async () => {
  const { round, device, links, clock } = await setUp();
  await round(0);
  device.answers = {};
  const [first] = profile.asks.filter((ask) => !ask.once).map(({ send }) => send);
  for (let miss = 1; miss <= 3; miss++) {
    expect(await round()).toEqual([first]);
    expect(links()).toEqual(["console"]);
    clock.advance(1499);
    await turn();
    expect(links()).toEqual(["console"]);
    clock.advance(1);
    await round(0);
  }
  expect(links()).toEqual(["console", "silent 1006"]);
  device.answers = known;
  // It may be another device by now: what was asked once is asked anew.
  expect(await round()).toContain("$GV");
  expect(links()).toEqual(["console", "silent 1006", "console"]);
});

test("two rounds without an answer, and then one, are no silence", async () => {
  const { round, device, links } = await setUp();
  await round(0);
  for (let times = 0; times < 2; times++) {
    device.answers = {};
    for (let miss = 0; miss < 2; miss++) {
      await round();
      await round(1500);
    }
    device.answers = known;
    await round();
  }
  expect(links()).toEqual(["console"]);
});

test("what it refuses is not asked again, and what it answers wrongly is on record as damaged and taken for nothing", async () => {
  const { round, device, own, frames } = await setUp({ ...known, $GG: "$NK" });
  expect(await round(0)).toContain("$GG");
  expect(await round()).not.toContain("$GG");
  expect(own()?.state.findings).toEqual([]);
  device.answers.$GS = "$OK 254 120^00";
  await round();
  expect(own()?.state.findings).toMatchObject([{ rule: "line-damaged", where: "frame", said: words("line-check") }]);
  expect(frames().some(({ data, action }) => data === "$OK 254 120^00" && action === null)).toBe(true);
  expect(await round()).toContain("$GS");
});

test.each([
  ["/dev/ttyUSB0", "unplugged 1006"],
  ["tcp://host:23", "lost 1006"],
])(
  "when %s goes, the connection is over (%s), nothing is asked, and all is asked when it is back",
  async (port, end) => {
    const { round, note, links, device } = await setUp(known, port);
    await round(0);
    note("unplugged");
    expect(links()).toEqual(["console", end]);
    expect(await round()).toEqual([]);
    device.answers = known;
    note("open");
    expect(await round(0)).toContain("$GV");
  },
);

test("lines that are no answers wake it or are passed over; who is asked no more says goodbye, or goes down with the core", async () => {
  const { round, say, station, links, asked } = await setUp();
  await round(0);
  say("noise");
  await turn();
  expect(asked).toEqual([]);
  await station.dispose();
  expect(links()).toEqual(["console", "asked 1000"]);
  expect(await round(10 * everyMs)).toEqual([]);
  const other = await setUp();
  await other.round(0);
  await other.station.dispose("shutdown");
  expect(other.links()).toEqual(["console", "shutdown 1000"]);
});

test("a port that cannot be written to ends a round, and the next is tried", async () => {
  const { round, device, own, links, context } = await setUp();
  const logged = vi.spyOn(context.log, "info");
  device.refuses = true;
  expect(await round(0)).toEqual(["$GV"]);
  expect(logged.mock.calls).toEqual([
    ["a console was not asked", { error: expect.objectContaining({ code: "unavailable" }) }],
  ]);
  expect([own(), links()]).toEqual([undefined, []]);
  device.refuses = false;
  // What was answered in a round that broke off was not taken.
  expect(await round()).toContain("$GV");
  expect(own()?.state.info.firmwareVersion).toBe("8.2.1");
});

test("one answer alone is taken; half a line that came before the adapter went is no part of the next", async () => {
  const { round, device, own, frames, entry, station, note } = await setUp({ $GS: known.$GS ?? null });
  await round(0);
  for (let at = 0; at < 5; at++) await round(1500);
  expect(own()?.state.link.state).toBe("online");
  const count = frames().length;
  station.take([entry("$OK 3 1")]);
  note("unplugged");
  device.answers = known;
  note("open");
  await round(0);
  expect(frames().length).toBeGreaterThan(count);
  expect(own()?.state.findings).toEqual([]);
});

test("an answer that is waited for when the adapter goes is not waited for any longer", async () => {
  const { round, device, note, links } = await setUp();
  await round(0);
  device.answers = {};
  await round();
  note("unplugged");
  expect(await round(0)).toEqual([]);
  device.answers = known;
  note("open");
  // Not the second and a half that an answer may take.
  expect(await round(0)).toContain("$GV");
  expect(links()).toEqual(["console", "unplugged 1006", "console"]);
});
