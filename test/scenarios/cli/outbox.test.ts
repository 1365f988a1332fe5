import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { KeptFile, OutboxEntry } from "../../../src/station/model.ts";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("files arrive once and whole on a stick that comes later, whenever the core is killed", async () => {
  const folder = await temporaryFolder();
  const home = await temporaryFolder();
  const stick = join(home, "stick");
  const data = ["--data", folder, "--json"];
  let core = await serveCli(folder);
  expect(await jsonOf("outbox", "destination", "stick", stick, ...data)).toEqual({
    name: "stick",
    kind: "folder",
    path: stick,
  });
  const wanted: string[] = [];
  for (let number = 1; number <= 4; number++) {
    const path = join(home, `log ${number}.bin`);
    const bytes = randomBytes(20_000_000 + number);
    writeFileSync(path, bytes);
    wanted.push(hashOf(bytes));
    const { id } = (await jsonOf("files", "add", path, ...data)) as KeptFile;
    expect(await jsonOf("outbox", "add", String(id), "stick", ...data)).toMatchObject({ file: id, state: "waiting" });
  }
  const tested = await runCli("outbox", "test", "stick", ...data);
  expect(tested.code).toBe(2);
  expect(JSON.parse(tested.stdout).problem).toContain("Plug in the stick");
  expect((await runCli("outbox", "run", "--wait", "0", ...data)).code).toBe(3);
  mkdirSync(stick);
  for (let killed = 0; killed < 3; killed++) {
    await runCli("outbox", "run", "--wait", String(killed * 0.05), ...data);
    core.kill();
    await core.ended;
    core = await serveCli(folder);
  }
  expect((await runCli("outbox", "run", "--wait", "60", ...data)).code).toBe(0);
  const arrived = readdirSync(stick).map((name) => hashOf(readFileSync(join(stick, name))));
  expect(arrived.sort()).toEqual(wanted.sort());
  const entries = (await jsonOf("outbox", ...data)) as OutboxEntry[];
  expect(entries.map(({ state }) => state)).toEqual(["sent", "sent", "sent", "sent"]);
  expect((await runCli("outbox", "forget", "stick", ...data)).code).toBe(0);
  expect(await jsonOf("outbox", "destinations", ...data)).toEqual([]);
  expect((await runCli("outbox", "add", "x", "stick", ...data)).code).toBe(5);
}, 240_000);
