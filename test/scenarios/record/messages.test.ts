import { expect, test } from "vitest";
import { createManualClock } from "../../../src/lib/clock.ts";
import type { MessageFilter } from "../../../src/services/messages/contract.ts";
import { snapshot, testCore } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

const noon = Date.UTC(2026, 6, 1, 12);
const minute = 60_000;

/** Four messages, one a minute: a boot, a status, a fault, its end. */
async function recorded() {
  const clock = createManualClock(noon);
  const core = await testCore({ clock });
  await core.client.call("settings.change", { pingSeconds: 0, triggerAfterConnect: false });
  const station = await rawStation(`${core.url}CP1`);
  const status = (word: string, errorCode: string) => ({ connectorId: 1, status: word, errorCode });
  await station.ask("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  clock.advance(minute);
  await station.ask("StatusNotification", status("Available", "NoError"));
  clock.advance(minute);
  await station.ask("StatusNotification", status("Faulted", "GroundFailure"));
  clock.advance(minute);
  await station.ask("StatusNotification", status("Available", "NoError"));
  return core.client;
}

test("a list is narrowed by time, on record and live alike", async () => {
  const client = await recorded();
  async function found(filter: MessageFilter) {
    const { rows } = await client.call("messages.page", { filter, limit: 100 });
    const live = await snapshot(client, "messages.live", { filter });
    const minutes = rows.map(({ at }) => (at - noon) / minute);
    expect(live.map(({ at }) => (at - noon) / minute)).toEqual(minutes);
    return minutes;
  }
  expect(await found({ from: noon + minute })).toEqual([1, 2, 3]);
  expect(await found({ from: noon + minute, to: noon + 2 * minute })).toEqual([1, 2]);
  expect(await found({ to: noon })).toEqual([0]);
  expect(await found({ from: noon + 9 * minute })).toEqual([]);
  expect(await found({ to: noon - 1 })).toEqual([]);
});

test("a moment leads to the frame that the record had come to", async () => {
  const client = await recorded();
  const { rows } = await client.call("messages.page", { filter: {}, limit: 100 });
  const at = async (ms: number) => (await client.call("messages.at", { station: "CP1", at: noon + ms })).seq;
  expect(await at(2.5 * minute)).toBe(rows[2]?.seq);
  expect(await at(2 * minute)).toBe(rows[2]?.seq);
  expect(await at(99 * minute)).toBe(rows[3]?.seq);
  expect(await at(-1)).toBeNull();
  expect((await client.call("messages.at", { station: "NOBODY", at: noon + minute })).seq).toBeNull();
});

test("a fault that a station tells is a problem, and its end is none", async () => {
  const client = await recorded();
  const { rows } = await client.call("messages.page", { filter: { problems: true }, limit: 100 });
  expect(rows.map(({ at }) => (at - noon) / minute)).toEqual([2]);
  const live = await snapshot(client, "messages.live", { filter: { problems: true } });
  expect(live.map(({ at }) => (at - noon) / minute)).toEqual([2]);
});
