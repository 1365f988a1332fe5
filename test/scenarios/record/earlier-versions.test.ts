import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { snapshot, temporaryFolder, testCore } from "../../harness/core.ts";

// A record as that version left it (three virtual stations, one of them with faults, and a stranger), and what that version printed of it.
const versions = [
  {
    version: "0.1.0",
    frames: 610,
    sha256: "afdae263415ccd3df37e3756e32c3c631e38787dba2c6d014fe9b027c3141b35",
    stations: ["BADPROTO", "CP-1.6", "CP-2.0.1", "CP-2.1"],
    running: {
      "CP-1.6": ["35", 863_247, 865_735],
      "CP-2.0.1": ["c6d5d8ce-bc7a-422c-a03d-7690d18990da", 3_949_558, 3_949_679],
      "CP-2.1": ["35cbf30a-441f-47ab-a3a3-889e0dbed56d", 1_706_811, 1_709_249],
    },
    kinds: { booted: 3, "device-event": 23, status: 48, token: 16, "transaction-started": 8, "transaction-ended": 6 },
  },
];

test.each(versions)("a record of Plugside $version is opened, brought up to date, and whole", async (before) => {
  const folder = await temporaryFolder();
  const packed = readFileSync(join(import.meta.dirname, `../../records/${before.version}.db.gz`));
  writeFileSync(join(folder, "plugside.db"), gunzipSync(packed));
  const { client, restart } = await testCore({ dataFolder: folder });

  const { states } = await client.call("stations.states", { after: 0, limit: 100 });
  expect(states.map(({ identity }) => identity).sort()).toEqual(before.stations);
  const running = states.flatMap(({ identity, evses }) =>
    evses.flatMap(({ transaction }) =>
      transaction ? [[identity, [transaction.id, transaction.meterStart, transaction.meterNow]]] : [],
    ),
  );
  expect(Object.fromEntries(running)).toEqual(before.running);
  expect(states.every(({ link }) => link.state === "offline")).toBe(true);

  const hash = createHash("sha256");
  let since = 0;
  let count = 0;
  for (;;) {
    const records = await client.call("messages.frames", { since, limit: 500 });
    for (const { seq, direction, text } of records) hash.update(`${seq} ${direction} ${text}\n`);
    count += records.length;
    since = records.at(-1)?.seq ?? since;
    if (records.length === 0) break;
  }
  expect([count, hash.digest("hex")]).toEqual([before.frames, before.sha256]);

  const { entries } = await client.call("history.page", { limit: 500 });
  const counts = Object.groupBy(entries, ({ event }) => event.kind);
  const kinds = Object.keys(before.kinds).map((kind) => [kind, counts[kind as keyof typeof counts]?.length]);
  expect(Object.fromEntries(kinds)).toEqual(before.kinds);
  const links = counts["link-opened"]?.map(({ event }) => event.kind === "link-opened" && event.via);
  expect(links).toHaveLength(4);
  for (const via of links ?? [])
    expect(via).toMatchObject({ kind: "websocket", remoteAddress: "127.0.0.1", secure: false });
  expect(
    (await client.call("messages.page", { filter: { station: "CP-2.0.1", problems: true }, limit: 200 })).rows,
  ).not.toEqual([]);
  const series = await client.call("metering.range", { station: "CP-1.6", from: 0, to: Date.now(), maxPoints: 500 });
  expect(series.find(({ measurand }) => measurand === "Energy.Active.Import.Register")?.points.at(-1)?.[1]).toBe(
    865_735,
  );
  expect((await snapshot(client, "tokens.list", {})).tokens).toEqual([
    expect.objectContaining({ value: "04AABBCC", status: "Blocked" }),
  ]);

  const again = await restart();
  expect((await again.client.call("stations.states", { after: 0, limit: 100 })).states).toEqual(states);
});
