import { describe, expect, test } from "vitest";
import { createManualClock } from "../../src/lib/clock.ts";
import type { CommandOutcome } from "../../src/station/commands.ts";
import type { OcppVersion } from "../../src/station/model.ts";
import { words } from "../../src/station/phrases.ts";
import { snapshot, type TestCore, testCore, until } from "../harness/core.ts";
import { type RawStation, rawStation } from "../harness/stations/raw-station.ts";
import { benchStart } from "../harness/stations/station-bench.ts";

const boot2 = { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } };
const authorize2 = { idToken: { idToken: "AA", type: "ISO14443" } };
const versions = [
  { version: "1.6", boot: { chargePointVendor: "V", chargePointModel: "M" }, authorize: { idTag: "AA" } },
  { version: "2.0.1", boot: boot2, authorize: authorize2 },
  { version: "2.1", boot: boot2, authorize: authorize2 },
] as const satisfies { version: OcppVersion; boot: object; authorize: object }[];

type Payload = Record<string, unknown> & { status?: string; currentTime?: string };
const payloadOf = (text: string): Payload => JSON.parse(text)[2];
/** The decision in an answer to Authorize or StartTransaction. */
const decided = ({ idTagInfo, idTokenInfo }: Payload) => ((idTagInfo ?? idTokenInfo) as { status: string }).status;

describe.each(versions)("what is asked of us again, OCPP $version", ({ version, boot, authorize }) => {
  async function setUp() {
    const clock = createManualClock(benchStart);
    const core = await testCore({ clock });
    const station = await rawStation(`${core.url}CP1`, [`ocpp${version}`]);
    async function again(text: string): Promise<Payload> {
      station.send(text);
      // What we ask it meanwhile is another matter.
      for (;;) {
        const heard = await station.next();
        if (heard.startsWith("[3,")) return payloadOf(heard);
      }
    }
    return { ...core, clock, again };
  }

  test.each(["BootNotification", "Heartbeat"])("the very same %s is told the time of now", async (action) => {
    const { client, clock, again } = await setUp();
    const text = JSON.stringify([2, "1000001", action, action === "Heartbeat" ? {} : boot]);
    expect((await again(text)).currentTime).toBe("2026-06-01T08:00:00.000Z");
    clock.advance(10_000);
    expect((await again(text)).currentTime).toBe("2026-06-01T08:00:10.000Z");
    const frames = await client.call("messages.frames", { since: 0, limit: 10 });
    const last = frames.findLast(({ direction }) => direction === "in");
    expect(last?.findings).toContainEqual({
      rule: "duplicate-id",
      where: action,
      said: words("same-message-again", { id: "1000001" }),
    });
  });

  test("a card that was blocked meanwhile is told so, and that is on record, before and after a restart", async () => {
    const core = await setUp();
    const { client, again } = core;
    const text = JSON.stringify([2, "card", "Authorize", authorize]);
    expect(decided(await again(text))).toBe("Accepted");
    await client.call("tokens.save", { value: "AA", status: "Blocked" });
    expect(decided(await again(text))).toBe("Blocked");
    const decisions = async (of: TestCore) =>
      (await snapshot(of.client, "tokens.decisions", {})).map(({ presented }) => presented.decision);
    expect(await decisions(core)).toEqual(["Accepted", "Blocked"]);
    expect(await decisions(await core.restart())).toEqual(["Accepted", "Blocked"]);
  });

  test("a boot that is asked again after we changed our mind is answered and told as now", async () => {
    const core = await setUp();
    const text = JSON.stringify([2, "b", "BootNotification", boot]);
    await core.client.call("settings.change", { bootStatus: "Pending" });
    expect((await core.again(text)).status).toBe("Pending");
    await core.client.call("settings.change", { bootStatus: "Accepted" });
    expect((await core.again(text)).status).toBe("Accepted");
    const answered = async ({ client }: TestCore) =>
      (await snapshot(client, "stations.state", { identity: "CP1" }))?.boot?.answered;
    expect(await answered(core)).toBe("Accepted");
    expect(await answered(await core.restart())).toBe("Accepted");
  });
});

test("the very same start gets the transaction that it got, and the card's status of now", async () => {
  const { client, url } = await testCore();
  const station = await rawStation(`${url}CP1`);
  const start = JSON.stringify([
    2,
    "s",
    "StartTransaction",
    { connectorId: 1, idTag: "AA", meterStart: 0, timestamp: new Date().toISOString() },
  ]);
  station.send(start);
  const first = payloadOf(await station.next());
  await station.ask("StopTransaction", {
    transactionId: first.transactionId,
    meterStop: 10,
    timestamp: new Date().toISOString(),
  });
  await client.call("tokens.save", { value: "AA", status: "Blocked" });
  station.send(start);
  const again = payloadOf(await station.next());
  expect([again.transactionId, decided(again)]).toEqual([first.transactionId, "Blocked"]);
});

type Settled = { about: string; answer: (id: string) => string; outcome: Partial<CommandOutcome> };
const unreadable = { result: "unreadable", why: words("answer-unreadable") } as const;
const settled: Settled[] = [
  { about: "a payload that is a list", answer: (id) => `[3,"${id}",["Accepted"]]`, outcome: unreadable },
  { about: "a payload that is a text", answer: (id) => `[3,"${id}","Accepted"]`, outcome: unreadable },
  { about: "a text that is cut", answer: (id) => `[3,"${id}",{"status":"Acc`, outcome: unreadable },
  {
    about: "a value that is missing",
    answer: (id) => `[4,"${id}",,"x",{}]`,
    outcome: unreadable,
  },
  {
    about: "an error without anything",
    answer: (id) => `[4,"${id}"]`,
    outcome: { result: "rejected", why: words("error-without-code") },
  },
  {
    about: "an error whose code is null",
    answer: (id) => `[4,"${id}",null,"no code",{}]`,
    outcome: { result: "rejected", why: "no code" },
  },
  {
    about: "an error whose code is a number",
    answer: (id) => `[4,"${id}",500,"x",{}]`,
    outcome: { result: "rejected", why: "500", error: { code: "500", description: "x", details: "{}" } },
  },
];

describe.each(versions)("what answers a call of ours, OCPP $version", ({ version }) => {
  async function setUp(answer: (id: string, action: string) => string) {
    const core = await testCore();
    const station: RawStation = await rawStation(`${core.url}CP1`, [`ocpp${version}`]);
    station.socket.on("message", (data) => {
      const [type, id, action] = JSON.parse(String(data)) as [number, string, string];
      if (type === 2) station.send(answer(id, action));
    });
    await until(core.client, "stations.state", { identity: "CP1" }, (state) => state?.link.state === "online");
    return core;
  }

  test.each(settled)("$about settles it at once, and the next goes out", async ({ answer, outcome }) => {
    const { client } = await setUp((id, action) =>
      action === "Reset" ? answer(id) : `[3,"${id}",{"status":"Accepted"}]`,
    );
    const command = (name: "reset" | "raw") =>
      client.call("stations.command", {
        identity: "CP1",
        command: name === "reset" ? { name, kind: "soft" } : { name, action: "ClearCache", payload: "{}" },
      });
    const [reset, next] = await Promise.all([command("reset"), command("raw")]);
    const { latencyMs: _latencyMs, frame, answerFrame, ...rest } = reset;
    expect(rest).toMatchObject(outcome);
    expect(next.result).toBe("accepted");
    const frames = await client.call("messages.frames", { since: 0, limit: 10 });
    const told = frames.map(({ seq, action, direction }) => ({ seq, action, direction }));
    // Never two of ours in flight: what frees the way is on record before what goes out on it.
    expect(told).toEqual([
      { seq: frame, action: "Reset", direction: "out" },
      { seq: answerFrame, action: "Reset", direction: "in" },
      { seq: next.frame, action: "ClearCache", direction: "out" },
      { seq: next.answerFrame, action: "ClearCache", direction: "in" },
    ]);
    expect(frames[1]?.findings.length).toBeGreaterThan(0);
  });
});
