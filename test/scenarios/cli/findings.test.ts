import { expect, test } from "vitest";
import type { StationFindings } from "../../../src/services/findings/contract.ts";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { connectTo, until } from "../../harness/client.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

test("findings and their ticket, from the running core and from the record alike", async () => {
  const folder = await temporaryFolder();
  const data = ["--data", folder];
  const core = await serveCli(folder);
  const station = await rawStation(`${core.url}CP1`);
  await station.ask("BootNotification", { chargePointVendor: "Maker", chargePointModel: "Box" });
  await station.ask("Authorize", { idTag: "x".repeat(21) });
  await (await rawStation(`${core.url}GOOD`)).close();

  async function told() {
    const found = (await jsonOf("findings", ...data, "--json")) as StationFindings[];
    const { stdout } = await runCli("findings", ...data, "--station", "CP1", "--ticket");
    const ticket = stdout.split("\n").filter((line) => !line.startsWith("- Written:"));
    const line = (await runCli("findings", ...data)).stdout.split("\t").slice(0, 4);
    return { found: found.map(({ station: identity, findings }) => [identity, findings.length]), ticket, line };
  }
  const live = await told();
  expect(live.found).toEqual([["CP1", 1]]);
  expect(live.line).toEqual(["CP1", "notice", "too-long", "1"]);
  expect(live.ticket[0]).toBe("# Deviations from OCPP: CP1");
  expect(live.ticket.some((line) => line.includes('"Authorize",{"idTag":"xxxxxxxxxxxxxxxxxxxxx"}'))).toBe(true);

  const swedish = await runCli("findings", ...data, "--lang", "sv");
  expect(swedish.stdout).toContain("\tEn text är längre än tillåtet\t");
  const ticket = await runCli("findings", ...data, "--station", "CP1", "--ticket", "--lang", "sv");
  expect(ticket.stdout).toMatch(/^# Avvikelser från OCPP: CP1\n/);
  expect(await runCli("findings", ...data, "--lang", "de")).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('--lang takes en or sv; got "de".'),
  });
  expect((await runCli("attempts", ...data, "--lang", "sv")).code).toBe(0);
  const identities = async (...more: string[]) =>
    ((await jsonOf("attempts", ...data, "--json", ...more)) as { identity?: string }[]).map(({ identity }) => identity);
  // One that hangs up before it has said who it is was stopped.
  expect([await identities(), await identities("--stopped")]).toEqual([["CP1", "GOOD"], ["GOOD"]]);

  const good = await runCli("findings", ...data, "--station", "GOOD");
  expect(good).toEqual({ code: 0, stdout: "", stderr: "Nothing was found.\n" });
  expect((await runCli("findings", ...data, "--station", "NOBODY")).code).toBe(5);
  await core.end("SIGTERM");
  expect(await told()).toEqual(live);
});

test("tries that repeat are one line with their number and cause", async () => {
  const folder = await temporaryFolder();
  const { url } = await serveCli(folder);
  for (let tried = 0; tried < 3; tried++) await fetch(`${url.replace("ws:", "http:")}CP1`);
  const client = connectTo(folder);
  await until(client, "connection.attempts", {}, (rows) => rows[0]?.repeats === 3 && rows[0].state === "stopped");
  client.close();
  const lines = (await runCli("attempts", "--data", folder)).stdout.trimEnd().split("\n");
  expect(lines[0]?.split("\t").slice(1)).toEqual(["127.0.0.1", "-", "http", "stopped", "x 3"]);
  expect(lines[1]).toMatch(/^\t! \S.*\. \S/);
  const table = (await runCli("attempts", "--data", folder, "--csv")).stdout.split("\n");
  expect(table[1]).toContain(',"127.0.0.1",,"http","stopped",3,"');
});
