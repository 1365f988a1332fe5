import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { KeptFile } from "../../../src/station/model.ts";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { s3Account, startS3 } from "../../harness/outbox/s3-stub.ts";
import { mustSkip } from "../../harness/required.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

/** It has a library of its own for each system. */
const duckdb = await import("@duckdb/node-api").catch(() => null);
const withDuckDb = test.skipIf(mustSkip("duckdb", duckdb !== null, "Its library is not installed for this system."));

/** Asks DuckDB, which reads what lies in files by itself. */
async function ask(sql: string): Promise<unknown[]> {
  if (!duckdb) throw new Error("DuckDB is not here.");
  const connection = await (await duckdb.DuckDBInstance.create()).connect();
  const reader = await connection.runAndReadAll(sql);
  const rows = reader.getRowObjectsJson();
  connection.closeSync();
  return rows;
}

withDuckDb(
  "frames and samples sent to a bucket are read by DuckDB as they lie there, and so are the manifests",
  async () => {
    const folder = await temporaryFolder();
    const home = await temporaryFolder();
    const s3 = await startS3();
    onTestFinished(() => s3.close());
    const core = await serveCli(folder);
    const data = ["--data", folder, "--json"];
    const station = await rawStation(`${core.url}CP1`);
    await station.ask("BootNotification", { chargePointVendor: "Tillverkare Å", chargePointModel: "Box" });
    const timestamp = "2026-01-02T03:04:05Z";
    for (const value of ["1.5", "2.25", "-3"]) {
      const sampledValue = [{ value, measurand: "Power.Active.Import", unit: "kW" }];
      await station.ask("MeterValues", { connectorId: 1, meterValue: [{ timestamp, sampledValue }] });
    }
    const { region, bucket, accessKeyId, secret } = s3Account;
    const kept = {
      endpoint: s3.url,
      region,
      bucket,
      prefix: "p",
      site: "Depå 4",
      user: accessKeyId,
      secret: { password: secret },
    };
    await jsonOf("api", "outbox.save", JSON.stringify({ name: "s3", kind: "s3", ...kept }), "--data", folder);
    for (const list of ["frames", "samples"]) {
      const out = join(home, `${list}.parquet`);
      await jsonOf("export", list, "CP1", ...data, "--out", out);
      const { id } = (await jsonOf("files", "add", out, "CP1", ...data)) as KeptFile;
      await jsonOf("outbox", "add", String(id), "s3", ...data);
    }
    expect((await runCli("outbox", "run", "--wait", "30", ...data)).code).toBe(0);
    const day = [...s3.objects.keys()]
      .find((key) => key.endsWith(".parquet"))
      ?.split("/")
      .slice(0, -1)
      .join("/");
    expect(day).toMatch(/^p\/Depå_4\/CP1\/\d{4}-\d\d-\d\d$/);
    // As it lies in the bucket, so that DuckDB is asked as it would be there.
    for (const [key, bytes] of s3.objects) {
      mkdirSync(dirname(join(home, key)), { recursive: true });
      writeFileSync(join(home, key), bytes);
    }
    const frames = `${home}/p/*/*/*/frames-*.parquet`;
    const samples = `${home}/p/*/*/*/samples-*.parquet`;
    const columns = async (files: string) =>
      (await ask(`SELECT string_agg(column_name, ' ') AS names FROM (DESCRIBE SELECT * FROM '${files}')`))[0];
    expect(await columns(frames)).toEqual({ names: "seq time station direction lane action text rules" });
    expect(await columns(samples)).toEqual({
      names:
        "time cameAt stationTime station evse connector transaction measurand phase location context value unit frame",
    });
    expect(
      await ask(`SELECT count(DISTINCT seq) AS frames, count(rules) AS odd FROM '${frames}' WHERE station = 'CP1'`),
    ).toEqual([{ frames: "8", odd: "0" }]);
    expect(
      await ask(
        `SELECT json_extract_string(text, '$[3].chargePointVendor') AS vendor FROM '${frames}' WHERE action = 'BootNotification' AND direction = 'in'`,
      ),
    ).toEqual([{ vendor: "Tillverkare Å" }]);
    expect(
      await ask(
        `SELECT measurand, unit, sum(value) AS total, count(connector) AS n, epoch_ms(max(CAST(stationTime AS TIMESTAMP))) AS newest FROM '${samples}' GROUP BY ALL`,
      ),
    ).toEqual([
      { measurand: "Power.Active.Import", unit: "W", total: 750, n: "3", newest: String(Date.parse(timestamp)) },
    ]);
    const manifests = `read_json('${home}/p/*/*/*/*.manifest.json', columns = {station: 'VARCHAR', site: 'VARCHAR', whole: 'BOOLEAN'})`;
    expect(
      await ask(`SELECT station, site, count(*) AS files, min(whole) AS whole FROM ${manifests} GROUP BY ALL`),
    ).toEqual([{ station: "CP1", site: "Depå 4", files: "2", whole: true }]);
  },
);
