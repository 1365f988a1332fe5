import { describe, expect, test } from "vitest";
import { momentEvery } from "../../station/bounds.ts";
import type { OcppVersion, StationState } from "../../station/model.ts";
import { type Bench, openBench } from "../testing/bench.ts";

/** Seen live, with the number that the record had come to. */
type Seen = { seq: number; state: StationState };

const boot2 = { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } };
const two = { boot: boot2, place: "evseId", value: (step: number) => step };
const told = {
  "1.6": {
    boot: { chargePointVendor: "V", chargePointModel: "M" },
    place: "connectorId",
    value: (step: number) => `${step}`,
  },
  "2.0.1": two,
  "2.1": two,
};

/** A station that says something of everything, over more than two kept states. */
async function longTalk(version: OcppVersion, saving: (step: number) => boolean): Promise<[Bench, Seen[]]> {
  const bench = await openBench(version);
  const seen: Seen[] = [{ seq: bench.state().seq, state: bench.state() }];
  const say = (action: string, payload: object, id: string) => bench.say(JSON.stringify([2, id, action, payload]));
  const { boot, place, value } = told[version];
  say("BootNotification", boot, "boot");
  for (let step = 0; step < momentEvery * 1.3; step++) {
    const timestamp = new Date(bench.clock.now()).toISOString();
    const meterValue = [{ timestamp, sampledValue: [{ value: value(step) }] }];
    say("MeterValues", { [place]: 1 + (step % 2), meterValue }, `m${step}`);
    if (step % 5 === 0) bench.say("no frame");
    if (step % 7 === 0) {
      bench.ask("TriggerMessage", { requestedMessage: "Heartbeat" });
      const asked = JSON.parse(bench.sent.at(-1) ?? "") as [number, string];
      bench.say(JSON.stringify([3, asked[1], { status: "Accepted" }]));
    }
    if (saving(step)) bench.save();
    seen.push({ seq: bench.state().seq, state: bench.state() });
  }
  return [bench, seen];
}

/** Some of those seen, the ends and those about the borders among them. */
function some(seen: readonly Seen[]): Seen[] {
  return seen.filter((_one, at) => at < 2 || at % 41 === 0 || at > seen.length - 3);
}

const never = () => false;

describe.each(["1.6", "2.0.1", "2.1"] as const)("OCPP %s", (version) => {
  test.each([
    ["that was never kept", never],
    ["that is kept now and then", (step: number) => step % 100 === 99],
  ])("the state at a past moment of a station %s is the one that was live then", async (_what, saving) => {
    const [bench, seen] = await longTalk(version, saving);
    for (const { seq, state } of some(seen)) {
      expect(bench.past(seq)).toEqual(state);
      expect(bench.restoredPast(seq)).toEqual(state);
    }
    expect(bench.past(0)).toBeNull();
  });
});

describe("what is kept of the past", () => {
  const kept = (bench: Bench) =>
    bench.database
      .prepare("SELECT n, seq, state IS NULL AS bare, numbers IS NULL AS blind FROM moments ORDER BY n")
      .all();

  test("is a state every so many frames, with the numbers between", async () => {
    const [bench, seen] = await longTalk("1.6", (step) => step === momentEvery);
    expect(kept(bench).map(({ n, bare, blind }) => [n, bare, blind])).toEqual([[1, 0, 0]]);
    // The first one comes within as many frames, and the base of what follows is read, not folded.
    const [{ seq }] = kept(bench) as [{ seq: number }];
    expect(seen.some((one) => one.seq === seq)).toBe(true);
  });

  test.each([
    ["cannot be read", "UPDATE moments SET state = x'00ff'"],
    ["was thinned out", "UPDATE moments SET state = NULL"],
    ["has lost its numbers", "UPDATE moments SET numbers = NULL"],
    ["has other bytes for numbers", "UPDATE moments SET numbers = x'0500'"],
  ])("is not needed: one that %s gives the same state", async (_what, damage) => {
    const [bench, seen] = await longTalk("1.6", (step) => step % 100 === 99);
    bench.save();
    bench.database.exec(damage);
    for (const { seq, state } of some(seen)) expect(bench.past(seq)).toEqual(state);
  });

  test("is looked for in all of the record where a tail is not known", async () => {
    const [bench, seen] = await longTalk("2.0.1", never);
    bench.save();
    bench.database.exec("UPDATE stations SET tail = NULL");
    for (const { seq, state } of some(seen)) expect(bench.restoredPast(seq)).toEqual(state);
  });
});
