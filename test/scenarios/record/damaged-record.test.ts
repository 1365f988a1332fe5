import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { pageSize } from "../../../src/store/sqlite/database.ts";
import { runCli } from "../../harness/cli.ts";
import { snapshot, type TestCore, testCore, until } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

const boot = { chargePointVendor: "Vendor", chargePointModel: "Model" };
const beats = 200;

/** A core that a station has talked to at some length. */
async function talkedTo(): Promise<TestCore> {
  const core = await testCore();
  const station = await rawStation(`${core.url}CP1`);
  await station.ask("BootNotification", boot);
  for (let count = 0; count < beats; count++) {
    await station.ask("DataTransfer", { vendorId: "Vendor", data: "x".repeat(2000) });
  }
  await station.close();
  await core.client.call("tokens.save", { value: "04A1", status: "Blocked" });
  return core;
}

/** What a person is told, and what is left. */
async function lookAt({ client }: TestCore) {
  const { notices, storeProblem } = await snapshot(client, "connection.status", {});
  const frames = await client.call("messages.frames", { since: 0, limit: 5000 });
  const state = await snapshot(client, "stations.state", { identity: "CP1" });
  return { told: notices.map(({ words }) => words.phrase), storeProblem, frames: frames.length, state };
}

/** It works: a station is answered, and that is on record. */
async function expectToWork(core: TestCore): Promise<void> {
  const station = await rawStation(`${core.url}CP2`);
  expect(await station.ask("BootNotification", boot)).toMatchObject({ status: "Accepted" });
  await station.close();
  const frames = await core.client.call("messages.frames", { station: "CP2", since: 0, limit: 10 });
  expect(frames.length).toBe(2);
}

function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const file = openSync(path, "r+");
  writeSync(file, bytes, 0, undefined, at);
  closeSync(file);
}

const garbage = (length: number) => Uint8Array.from({ length }, (_byte, at) => (at * 197 + 31) % 251);

describe("a core starts on whatever lies in the record's place, and says so", () => {
  test.each<[string, (path: string) => void, { told: string[]; least: number }]>([
    [
      "half a file",
      (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
      { told: ["record-salvaged"], least: 2 },
    ],
    ["a garbage header", (path) => overwrite(path, 0, garbage(100)), { told: ["record-salvaged"], least: 2 * beats }],
    ["garbage", (path) => writeFileSync(path, garbage(100_000)), { told: ["record-begun-anew"], least: 0 }],
    ["a text", (path) => writeFileSync(path, "minutes of a meeting"), { told: ["record-begun-anew"], least: 0 }],
    ["an empty file", (path) => writeFileSync(path, ""), { told: ["record-was-empty"], least: 0 }],
    [
      "garbage as its log",
      (path) => writeFileSync(`${path}-wal`, garbage(50_000)),
      { told: ["record-log-damaged"], least: 2 * beats },
    ],
    [
      "garbage as its lock",
      (path) => writeFileSync(join(dirname(path), "lock.db"), garbage(5000)),
      { told: [], least: 2 * beats },
    ],
  ])("%s", async (_what, damage, { told, least }) => {
    const core = await (await talkedTo()).restart((folder) => damage(join(folder, "plugside.db")));
    const found = await lookAt(core);
    expect(found).toMatchObject({ told, storeProblem: undefined });
    expect(found.frames).toBeGreaterThanOrEqual(least);
    if (found.frames > 0) expect(found.state?.info).toMatchObject({ vendor: "Vendor", model: "Model" });
    const kept = readdirSync(core.folder).filter((name) => name.includes(".damaged-"));
    expect(kept.length).toBeGreaterThanOrEqual(told.length > 0 && told[0] !== "record-was-empty" ? 1 : 0);
    await expectToWork(core);

    // It stands until somebody has seen it.
    const again = await core.restart();
    expect((await lookAt(again)).told).toEqual(told);
    const [notice] = (await snapshot(again.client, "connection.status", {})).notices;
    if (notice) await again.client.call("connection.noticeSeen", { id: notice.id });
    expect((await lookAt(await again.restart())).told).toEqual([]);
  });

  test("a record that is damaged in its middle, found in the background while it runs", async () => {
    const core = await (await talkedTo()).restart((folder) => {
      const path = join(folder, "plugside.db");
      const bytes = readFileSync(path);
      // Pages with frames on them; others may be free.
      const full = Array.from({ length: bytes.length / pageSize }, (_page, number) => number * pageSize).filter((at) =>
        bytes.subarray(at, at + pageSize).includes("x".repeat(1500)),
      );
      for (const at of [full[10], full[30]]) overwrite(path, at ?? Number.NaN, new Uint8Array(pageSize));
    });
    await until(core.client, "connection.status", {}, ({ notices }) => notices.length > 0);
    const found = await lookAt(core);
    expect(found).toMatchObject({ told: ["record-salvaged"], storeProblem: undefined });
    expect(found.frames).toBeGreaterThan(beats);
    expect(found.frames).toBeLessThan(2 * beats + 2);
    await expectToWork(core);
  });
});

test("a row that cannot be read costs that row alone, is told, and a state is folded anew", async () => {
  const first = await talkedTo();
  const { state } = await lookAt(first);
  await first.client.call("tokens.save", { value: "04B2", status: "Accepted" });
  const core = await first.restart((folder) => {
    const database = new DatabaseSync(join(folder, "plugside.db"));
    database.exec('UPDATE stations SET state = \'{"identity":"CP1"}\'');
    database.exec("UPDATE tokens SET status = 'Blockd' WHERE value = '04A1'");
    database.exec("INSERT OR REPLACE INTO settings VALUES ('pingSeconds', '{')");
    database.exec("INSERT INTO access VALUES ('CP9', 'null')");
    database.exec("INSERT INTO procedures VALUES (7, 'CP9', '[')");
    database.exec("UPDATE attempts SET body = '{}'");
    // The boot has no finding to lose.
    database.exec("UPDATE frames SET findings = '{' WHERE seq = (SELECT min(seq) FROM frames)");
    database.exec("INSERT INTO events VALUES (9999999, 0, 1, 0, 'link-closed', 1, '{')");
    database.exec("INSERT INTO certificates (kind, fingerprint, pem, at) VALUES ('trusted', 'AA', 'no', 0)");
    database.close();
  });
  const found = await lookAt(core);
  expect(found.told).toEqual(["record-rows-skipped"]);
  expect(found.state).toEqual({ ...state, seq: found.state?.seq, link: found.state?.link });
  expect((await snapshot(core.client, "tokens.list", {})).tokens.map(({ value }) => value)).toEqual(["04B2"]);
  await expectToWork(core);
  const { stderr } = await runCli("stations", "--data", core.folder, "--json");
  expect(stderr).toMatch(/attempts: \d+.*cannot be read|cannot be read.*attempts: \d+/);
});

test("a start folds from where the record was folded up to, not from the station that was silent longest", async () => {
  const first = await testCore();
  const old = await rawStation(`${first.url}OLD`);
  await old.ask("BootNotification", boot);
  await old.close();
  const talker = await rawStation(`${first.url}CP1`);
  for (let count = 0; count < 50; count++) await talker.ask("Heartbeat", {});
  await talker.close();
  const core = await first.restart((folder) => {
    const database = new DatabaseSync(join(folder, "plugside.db"));
    // What is folded already is not even looked at.
    database.exec("UPDATE frames SET text = 'not read again' WHERE seq <= (SELECT folded FROM record)");
    const row = database.prepare("SELECT folded, (SELECT max(seq) FROM frames) AS last FROM record").get();
    expect(Number(row?.folded)).toBeGreaterThanOrEqual(Number(row?.last));
    database.close();
  });
  const states = await Promise.all(
    ["OLD", "CP1"].map((identity) => snapshot(core.client, "stations.state", { identity })),
  );
  expect(states.map((state) => state?.frames.in)).toEqual([1, 50]);
});
