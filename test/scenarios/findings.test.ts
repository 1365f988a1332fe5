import { expect, test } from "vitest";
import { openRecord } from "../../src/cli/reach.ts";
import { type Clock, createManualClock, systemClock } from "../../src/lib/clock.ts";
import { makeTicket } from "../../src/services/findings/logic.ts";
import { english } from "../../src/station/phrases.ts";
import { composeTicket } from "../../src/station/ticket.ts";
import { snapshot, testCore, until } from "../harness/core.ts";
import { rawStation } from "../harness/stations/raw-station.ts";

const noon = Date.UTC(2026, 6, 1, 12);
const boot = { chargePointVendor: "Maker", chargePointModel: "Box", firmwareVersion: "1.2" };

/** A station that has told a long info three times at two connectors, and one unreadable text. */
async function deviatingStation(clock: Clock = createManualClock(noon)) {
  const core = await testCore({ clock });
  const station = await rawStation(`${core.url}CP1`);
  await station.ask("BootNotification", boot);
  const long = "x".repeat(60);
  for (const n of [1, 2, 3]) {
    const status = { connectorId: n, errorCode: "NoError", status: "Available", info: `${n}${long}` };
    await station.ask("StatusNotification", status);
  }
  station.send("[2,");
  await station.ask("Heartbeat", {});
  return { ...core, station };
}

test("the list tells every deviating station, worst first, and follows; one that behaves is not in it", async () => {
  const { client, url, station } = await deviatingStation(systemClock);
  const good = await rawStation(`${url}GOOD`);
  await good.ask("BootNotification", boot);
  const list = await snapshot(client, "findings.list", {});
  expect(list.map(({ station: identity, info }) => [identity, info.vendor])).toEqual([["CP1", "Maker"]]);
  expect(list[0]?.findings.map(({ rule, count }) => [rule, count])).toEqual([
    ["not-json", 1],
    ["too-long", 3],
  ]);
  const followed = until(client, "findings.list", {}, (value) => value[0]?.findings.length === 3);
  await station.ask("Authorize", { idTag: "y".repeat(21) });
  expect((await followed)[0]?.findings.map(({ where }) => where)).toContain("Authorize /idTag");
});

test("the frames of a rule come newest first, page by page, at one place or at all", async () => {
  const { client } = await deviatingStation();
  const first = await client.call("findings.frames", { station: "CP1", rule: "too-long", limit: 2 });
  expect(first.frames.map(({ action, said }) => [action, english(said)[0]])).toEqual([
    ["StatusNotification", "3"],
    ["StatusNotification", "2"],
  ]);
  expect(first.more).toBe(true);
  const before = first.frames[1]?.seq;
  const second = await client.call("findings.frames", { station: "CP1", rule: "too-long", before, limit: 2 });
  expect([second.frames.map(({ said }) => english(said)[0]), second.more]).toEqual([["1"], false]);
  const elsewhere = { station: "CP1", rule: "too-long", where: "Authorize /idTag", limit: 2 } as const;
  expect(await client.call("findings.frames", elsewhere)).toEqual({ frames: [], more: false });
  await expect(client.call("findings.frames", { station: "NOBODY", rule: "too-long", limit: 2 })).rejects.toMatchObject(
    { code: "not-found" },
  );
});

test("a ticket tells the station, the rule, what was said and expected, counts, times, and the frames", async () => {
  const { client } = await deviatingStation();
  const ticket = await client.call("findings.ticket", { station: "CP1", rules: ["not-json"] });
  expect(composeTicket(ticket)).toBe(`# Deviations from OCPP: CP1

What the station said, beside what the specification expects there. Times are UTC.

- Station: CP1
- Vendor: Maker
- Model: Box
- Firmware: 1.2
- OCPP version: 1.6
- Written: 2026-07-01T12:00:00.000Z

## 1. The message is not JSON

- Rule: \`not-json\` (Error)
- Clause: OCPP-J 1.6 / 2.0.1 part 4, 4.1
- Where: \`frame\`
- Said: \`[2,\`
- Expected: ${english(ticket.entries[0]?.expected ?? "")}
- Seen once, 2026-07-01T12:00:00.000Z

The last frames, as on the wire (← from the station, → to it):

\`\`\`
2026-07-01T12:00:00.000Z ← [2,
\`\`\`

Passwords and keys are replaced by •••.
`);
});

test("secrets are in no ticket and in no list of frames", async () => {
  const core = await testCore();
  const { client } = core;
  const station = await rawStation(`${core.url}CP1`);
  await station.ask("BootNotification", boot);
  const command = { name: "raw", action: "GetConfiguration", payload: "{}" } as const;
  const outcome = client.call("stations.command", { identity: "CP1", command });
  const [, id] = JSON.parse(await station.next());
  const secret = "hunter2-hunter2-hunter2";
  const entry = { key: "AuthorizationKey", readonly: "no", value: secret };
  station.send(JSON.stringify([3, id, { configurationKey: [entry, { ...entry, value: [secret] }] }]));
  await outcome;
  const ticket = await client.call("findings.ticket", { station: "CP1" });
  expect(ticket.entries.map(({ rule, frames }) => [rule, frames.length])).toEqual([
    ["wrong-type", 1],
    ["wrong-type", 1],
  ]);
  expect(JSON.stringify(ticket)).not.toContain("hunter2");
  const { frames } = await client.call("findings.frames", { station: "CP1", rule: "wrong-type", limit: 9 });
  expect(frames).toHaveLength(1);
  expect(JSON.stringify(frames)).not.toContain("hunter2");
});

test("where no core runs the record gives the same ticket", async () => {
  const { client, core, folder } = await deviatingStation();
  const live = await client.call("findings.ticket", { station: "CP1" });
  client.close();
  await core.dispose();
  const record = openRecord(folder);
  const entry = record?.registry.get("CP1");
  if (!record || !entry) throw new Error("there is no record");
  const { findingFrames, frames } = record;
  const past = makeTicket({ index: findingFrames, frames }, entry.state, entry.id, live.madeAt);
  record.close();
  expect(past).toEqual(live);
});
