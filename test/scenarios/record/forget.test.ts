import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { momentEvery } from "../../../src/station/bounds.ts";
import { ForgetRepository } from "../../../src/store/forget.ts";
import { Database } from "../../../src/store/sqlite/database.ts";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { connectTo } from "../../harness/client.ts";
import { snapshot, type TestCore, temporaryFolder, testCore, until } from "../../harness/core.ts";
import { answeringStation } from "../../harness/stations/answering-station.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

const versions = [
  { ocpp: "1.6", boot: { chargePointVendor: "V", chargePointModel: "M" } },
  { ocpp: "2.0.1", boot: { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } } },
  { ocpp: "2.1", boot: { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } } },
] as const;
/** What only its frames hold. */
const secret = "FORGET-ME-WHOLLY";
const protocols = { "1.6": "ocpp1.6", "2.0.1": "ocpp2.0.1", "2.1": "ocpp2.1" };

/** How many rows of the record speak of stations with these numbers. */
function rowsOf(folder: string): Record<string, number> {
  const database = new Database(join(folder, "plugside.db"), { readOnly: true });
  const count = (sql: string) => Number(database.prepare(sql).get()?.n);
  const rows = {
    stations: count("SELECT count(*) AS n FROM stations"),
    frames: count("SELECT count(DISTINCT station) AS n FROM frames"),
    events: count("SELECT count(DISTINCT station) AS n FROM events"),
    moments: count("SELECT count(DISTINCT station) AS n FROM moments"),
    findings: count("SELECT count(*) AS n FROM finding_frames"),
    access: count("SELECT count(*) AS n FROM access"),
    procedures: count("SELECT count(*) AS n FROM procedures"),
  };
  database.dispose();
  return rows;
}

describe.each(versions)("a station of $ocpp", ({ ocpp, boot }) => {
  async function heardOf(core: TestCore, identity: string, misfit: boolean) {
    const station = await rawStation(`${core.url}${identity}`, [protocols[ocpp]]);
    await station.ask("BootNotification", misfit ? { ...boot, odd: secret } : boot);
    return station;
  }

  test("is forgotten wholly, in the file too, and another one is untouched", async () => {
    const core = await testCore();
    const gone = await heardOf(core, "GONE", true);
    const stays = await heardOf(core, "STAYS", false);
    for (let told = 0; told <= momentEvery; told++) await gone.ask("Heartbeat", {});
    await expect.poll(() => rowsOf(core.folder), { timeout: 10_000 }).toMatchObject({ moments: 1 });
    await core.client.call("access.change", { identity: "GONE", profile: 0 });
    const before = await snapshot(core.client, "stations.state", { identity: "STAYS" });
    await gone.close();
    await until(core.client, "stations.state", { identity: "GONE" }, (state) => state?.link.state === "offline");
    const report = await core.client.call("stations.forgetPreview", { identity: "GONE" });
    expect(report).toEqual({
      identity: "GONE",
      firstSeenAt: expect.any(Number),
      lastSeenAt: expect.any(Number),
      frames: 2 * (momentEvery + 2),
      findings: expect.any(Number),
      access: true,
      forward: false,
      files: 0,
    });
    expect(report.findings).toBeGreaterThan(0);
    const [told, noMore] = await Promise.all([
      until(core.client, "stations.list", {}, (list) => list.length === 1),
      until(core.client, "stations.state", { identity: "GONE" }, (state) => state === null),
      core.client.call("stations.forget", { identity: "GONE" }),
    ]);
    expect([told.map(({ identity }) => identity), noMore]).toEqual([["STAYS"], null]);
    expect(await core.client.call("messages.frames", { station: "GONE", since: 0, limit: 10 })).toEqual([]);
    expect(rowsOf(core.folder)).toEqual({
      stations: 1,
      frames: 1,
      events: 1,
      moments: 0,
      findings: 0,
      access: 0,
      procedures: 0,
    });
    expect(await snapshot(core.client, "stations.state", { identity: "STAYS" })).toEqual(before);
    await stays.close();
    const again = await core.restart((folder) => {
      expect(readFileSync(join(folder, "plugside.db")).includes(secret)).toBe(false);
    });
    expect((await snapshot(again.client, "stations.list", {})).map(({ identity }) => identity)).toEqual(["STAYS"]);
    const anew = await heardOf(again, "GONE", false);
    const state = await until(again.client, "stations.state", { identity: "GONE" }, (one) => one?.boot !== undefined);
    expect([state?.findings, state?.frames]).toEqual([[], { in: 1, out: 1 }]);
    await anew.close();
  });
});

test("one that is connected is not forgotten, nor one that nobody has heard of", async () => {
  const core = await testCore();
  await answeringStation(`${core.url}HERE`);
  await until(core.client, "stations.list", {}, (list) => list.length === 1);
  const refused = await core.client.call("stations.forget", { identity: "HERE" }).catch((error) => error);
  expect(refused).toMatchObject({ code: "conflict", words: { phrase: "forget-connected" } });
  expect(await core.client.call("stations.forget", { identity: "X" }).catch((error) => error.code)).toBe("not-found");
  expect(await snapshot(core.client, "stations.count", {})).toEqual({ known: 1, online: 1 });
});

test("what a kill left half forgotten is taken away at the next start, and no number is given twice", async () => {
  const core = await testCore();
  const station = await rawStation(`${core.url}GONE`);
  await station.ask("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  await station.close();
  await until(core.client, "stations.state", { identity: "GONE" }, (state) => state?.link.state === "offline");
  let last = 0;
  const next = await core.restart((folder) => {
    const database = new Database(join(folder, "plugside.db"));
    last = Number(database.prepare("SELECT max(seq) AS n FROM events").get()?.n);
    new ForgetRepository(database).begin({ id: 1, identity: "GONE" }, last);
    database.dispose();
  });
  await expect.poll(() => rowsOf(next.folder)).toMatchObject({ stations: 0, frames: 0, events: 0 });
  expect(await snapshot(next.client, "stations.list", {})).toEqual([]);
  const other = await rawStation(`${next.url}OTHER`);
  await other.ask("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  const frames = await next.client.call("messages.frames", { station: "OTHER", since: 0, limit: 10 });
  expect(frames[0]?.seq).toBeGreaterThan(last);
});

test("the command line says what goes, and does it with --yes alone where nobody can be asked", async () => {
  const folder = await temporaryFolder();
  const core = await serveCli(folder);
  const station = await answeringStation(`${core.url}CP1`);
  const client = connectTo(folder);
  onTestFinished(() => client.close());
  const connected = await runCli("forget", "--data", folder, "CP1", "--yes");
  expect([connected.code, connected.stdout]).toEqual([1, ""]);
  expect(connected.stderr).toContain("CP1 is connected");
  await station.close();
  await until(client, "stations.state", { identity: "CP1" }, (state) => state?.link.state === "offline");
  const other = await rawStation(`${core.url}CP2`);
  await other.ask("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  const marked = async () => {
    const all = (await jsonOf("bookmarks", "--data", folder, "--json")) as { station: string; note?: string }[];
    return all.map(({ station: of, note }) => [of, note]);
  };
  const seqOf = async (identity: string) =>
    (await client.call("messages.frames", { station: identity, since: 0, limit: 1 }))[0]?.seq ?? 0;
  const own = await seqOf("CP1");
  await jsonOf("bookmarks", "set", `${own}`, "--note", "of the one that goes", "--data", folder, "--json");
  await jsonOf("bookmarks", "set", `#${await seqOf("CP2")}`, "--data", folder, "--json");
  expect(await marked()).toEqual([
    ["CP1", "of the one that goes"],
    ["CP2", undefined],
  ]);
  expect((await runCli("bookmarks", "set", "soon", "--data", folder)).code).toBe(5);
  expect((await runCli("bookmarks", "set", "999999", "--data", folder)).stderr).toContain("no frame 999999");
  const asked = await runCli("forget", "--data", folder, "CP1");
  expect([asked.code, asked.stdout]).toEqual([5, ""]);
  expect(asked.stderr).toMatch(
    /^This takes away for good, of CP1: its state and \d+ frames since .+ stay\.\nNothing was/,
  );
  const done = await runCli("forget", "--data", folder, "CP1", "--yes");
  expect([done.code, done.stdout]).toEqual([0, "CP1 is forgotten.\n"]);
  expect(await jsonOf("stations", "--data", folder, "--json")).toMatchObject([{ identity: "CP2" }]);
  expect(await marked()).toEqual([["CP2", undefined]]);
  expect(await snapshot(client, "bookmarks.list", {})).toMatchObject([{ station: "CP2" }]);
  expect((await runCli("forget", "--data", folder, "CP1", "--yes")).code).toBe(1);
});
