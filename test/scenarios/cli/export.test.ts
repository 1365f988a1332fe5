import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli, serveCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

test("lists go to files by the filter of the screens, beside a running core and from the record alike", async () => {
  const folder = await temporaryFolder();
  const data = ["--data", folder];
  const core = await serveCli(folder);
  const station = await rawStation(`${core.url}CP1`);
  await station.ask("BootNotification", { chargePointVendor: "Maker", chargePointModel: "Box" });
  await station.ask("Heartbeat", {});
  await station.ask("StatusNotification", { connectorId: 1, status: "Faulted", errorCode: "GroundFailure" });
  const out = (name: string) => join(folder, name);

  async function told(round: string) {
    const file = out(`${round}.ndjson`);
    const result = await runCli(
      "export",
      "frames",
      "CP1",
      ...data,
      "--filter=-action:Heartbeat",
      "--out",
      file,
      "--json",
    );
    expect(result).toMatchObject({ code: 0, stderr: "" });
    const rows = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(JSON.parse(result.stdout)).toEqual({ file, rows: rows.length });
    const history = await runCli(
      "export",
      "history",
      ...data,
      "--group",
      "errors",
      "--format",
      "csv",
      "--out",
      "-",
      "--lang",
      "sv",
    );
    expect(history.stderr).toBe("1 row.\n");
    return { rows: rows.map((row) => (JSON.parse(row) as { action: string }).action), history: history.stdout };
  }
  const live = await told("live");
  expect(live.rows).toEqual(["BootNotification", "BootNotification", "StatusNotification", "StatusNotification"]);
  expect(live.history).toContain('"Uttag 1: Fel, GroundFailure"');
  const csv = out("findings.csv");
  expect((await runCli("export", "findings", ...data, "--out", csv)).code).toBe(0);
  expect(readFileSync(csv, "utf8")).toMatch(/^"station","severity",/);
  await core.end("SIGTERM");
  expect(await told("rest")).toEqual(live);
});

test("what cannot be exported is said in words, and nothing is written or overwritten", async () => {
  const folder = await temporaryFolder();
  const there = join(folder, "there.csv");
  writeFileSync(there, "mine");
  const data = ["--data", folder];
  const file = join(folder, "out.ndjson");
  const wrong = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli("export", ...args, ...data);
    expect([code, stdout]).toEqual([5, ""]);
    return stderr.split("\n")[0];
  };
  expect(await wrong("frames", "--out", file)).toBe(`There is no record in ${folder}.`);
  const core = await serveCli(folder);
  await (await rawStation(`${core.url}CP1`)).close();
  expect(await wrong("frames")).toBe("export takes --out FILE, or --out - for standard output.");
  expect(await wrong("--out", file)).toBe("export takes LIST and at most one station.");
  expect(await wrong("beer", "--out", file)).toBe(
    'LIST is one of frames, history, samples, transactions, findings, attempts; got "beer".',
  );
  expect(await wrong("frames", "NOBODY", "--out", file)).toBe("No station named NOBODY was ever heard of.");
  expect(await wrong("frames", "--out", there)).toBe(`${there} is there already.`);
  expect(await wrong("frames", "--out", join(folder, "no", "f"))).toBe(
    `There is no folder for ${join(folder, "no", "f")}.`,
  );
  expect(await wrong("frames", "--out", file, "--format", "xml")).toBe(
    '--format takes ndjson, csv or parquet; got "xml".',
  );
  expect(await wrong("history", "--out", `${file}.parquet`)).toBe(
    "Parquet holds frames or samples, and goes into a file.",
  );
  expect(await wrong("frames", "--out", file, "--filter", "acton:Boot")).toBe(
    "--filter: there is no field acton:Boot.",
  );
  expect(await wrong("frames", "--out", file, "--filter", "dir:up")).toBe("--filter: no such value dir:up.");
  expect(await wrong("frames", "--out", file, "--from", "soon")).toMatch(/^--from takes a time .*; got "soon"\.$/);
  expect(await wrong("frames", "--out", file, "--stopped")).toBe("--stopped does not go with frames.");
  expect(await wrong("samples", "--out", file)).toMatch(/^station: /);
  expect(await wrong("history", "--group", "beer", "--out", file)).toMatch(/^groups\.0: /);
  expect([readFileSync(there, "utf8"), existsSync(file)]).toEqual(["mine", false]);
  mkdirSync(join(folder, "taken.ndjson"));
  expect(await wrong("frames", "--out", join(folder, "taken.ndjson"))).toContain("is there already.");
});
