import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readContact } from "../../../src/api/contact.ts";
import type { KeptFile } from "../../../src/station/model.ts";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { temporaryFolder, testCore, until } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

const bytes = randomBytes(9_000_001);
const sha256 = createHash("sha256").update(bytes).digest("hex");

test("a file is kept with a station, whole, through the command line, and outlives the core", async () => {
  const folder = await temporaryFolder();
  const data = ["--data", folder];
  const source = join(await temporaryFolder(), "log å 1.bin");
  writeFileSync(source, bytes);
  expect((await runCli("files", ...data, "add", source)).code).toBe(4);
  const core = await serveCli(folder);
  await (await rawStation(`${core.url}CP1`)).close();
  expect(await jsonOf("files", ...data, "--json")).toEqual([]);

  const kept = (await jsonOf("files", ...data, "add", source, "CP1", "--json")) as KeptFile;
  expect(kept).toEqual({
    id: 1,
    station: "CP1",
    name: "log å 1.bin",
    bytes: bytes.length,
    sha256,
    at: expect.any(Number),
    state: "whole",
  });
  await runCli("files", ...data, "add", source);
  const changed = await jsonOf("files", ...data, "change", "2", "--name", "photo.jpg", "--note", "the plate", "--json");
  expect(changed).toMatchObject({ id: 2, name: "photo.jpg", note: "the plate" });
  expect(((await jsonOf("files", ...data, "--json")) as KeptFile[]).map(({ id }) => id)).toEqual([2, 1]);
  expect(await jsonOf("files", ...data, "CP1", "--json")).toEqual([kept]);
  const out = join(folder, "out.bin");
  expect((await runCli("files", ...data, "get", "1", "--out", out)).code).toBe(0);
  expect(readFileSync(out).equals(bytes)).toBe(true);

  for (const [args, why] of [
    [["get", "1", "--out", out], `${out} is there already.`],
    [["get", "7", "--out", `${out}7`], "There is no file 7."],
    [["get", "x", "--out", `${out}7`], 'A file goes by its number; got "x".'],
    [["change", "1"], "change takes --name NAME or --note TEXT."],
    [["add", join(folder, "none")], `There is no file ${join(folder, "none")}.`],
  ] as const) {
    const { code, stderr } = await runCli("files", ...data, ...args);
    expect([code, stderr]).toEqual([expect.toSatisfy((one) => one !== 0), expect.stringContaining(why)]);
  }
  expect((await runCli("files", ...data, "add", source, "NOBODY")).code).not.toBe(0);

  await core.end("SIGKILL");
  await core.ended;
  expect((await jsonOf("files", ...data, "CP1", "--json")) as KeptFile[]).toEqual([kept]);
  expect((await runCli("files", ...data, "get", "1", "--out", `${out}2`)).code).toBe(0);
  expect(readFileSync(`${out}2`).equals(bytes)).toBe(true);
});

/** Sends a part of a file and stays. */
function sendPart(folder: string, path: string) {
  const { port } = new URL(readContact(folder)?.url ?? "");
  const sending = request({ host: "127.0.0.1", port, path, method: "PUT", headers: { "content-length": 20_000_000 } });
  sending.on("error", () => undefined);
  sending.write(bytes);
  return sending;
}

test("what broke off is kept as far as it came, also by the end of the core, and says so", async () => {
  const core = await testCore();
  const { client, folder } = core;
  const place = await client.call("files.upload", { name: "half" });
  const sending = sendPart(folder, place.path);
  await until(client, "files.list", {}, (files) => (files[0]?.bytes ?? 0) > 8_000_000);
  await expect(client.call("files.remove", { id: 1 })).rejects.toMatchObject({ code: "conflict" });
  sending.destroy();
  await until(client, "files.list", {}, (files) => files[0]?.state === "partial");

  const second = await client.call("files.upload", { name: "half" });
  sendPart(folder, second.path);
  await until(client, "files.list", {}, (files) => files.some(({ id, bytes: came }) => id === 2 && came > 8_000_000));
  const next = await core.restart();
  const files = await until(next.client, "files.list", {}, () => true);
  expect(files.map(({ id, state, bytes: came }) => [id, state, came === bytes.length])).toEqual([
    [2, "partial", true],
    [1, "partial", true],
  ]);
  expect(statSync(join(folder, "files", "2")).size).toBe(bytes.length);
  await next.client.call("files.remove", { id: 2 });
  expect(existsSync(join(folder, "files", "2"))).toBe(false);
});

test("a place is good once, for what it was made for, and for no other path", async () => {
  const { client, folder } = await testCore();
  const base = (readContact(folder)?.url ?? "").replace(/^ws/, "http").replace(/\/api$/, "");
  const put = async (path: string, method = "PUT") =>
    await fetch(base + path, { method, ...(method === "PUT" && { body: "abc" }) });
  const first = await client.call("files.upload", { name: "../../etc/a\u0000b" });
  expect((await put(first.path)).status).toBe(201);
  expect((await put(first.path)).status).toBe(404);
  const down = await client.call("files.download", { id: 1 });
  expect((await put(down.path)).status).toBe(404);
  const again = await client.call("files.download", { id: 1 });
  const answer = await put(again.path, "GET");
  expect([answer.status, await answer.text(), answer.headers.get("content-disposition")]).toEqual([
    200,
    "abc",
    "attachment; filename*=UTF-8''__.._etc_a_b",
  ]);
  for (const path of ["/files/", "/files/1", "/files/../plugside.db"]) {
    expect((await put(path)).status).toBeGreaterThanOrEqual(403);
  }
  const forged = await client.call("files.upload", { name: "x" });
  const strange = await fetch(base + forged.path, {
    method: "PUT",
    body: "x",
    headers: { origin: "http://evil.test" },
  });
  expect(strange.status).toBe(403);
});

test("the files of a station go with it", async () => {
  const { client, folder, url } = await testCore();
  await (await rawStation(`${url}CP1`)).close();
  await until(client, "stations.state", { identity: "CP1" }, (state) => state?.link.state === "offline");
  const base = (readContact(folder)?.url ?? "").replace(/^ws/, "http").replace(/\/api$/, "");
  for (const station of ["CP1", undefined]) {
    const { path } = await client.call("files.upload", { station, name: "x" });
    expect((await fetch(base + path, { method: "PUT", body: "x" })).status).toBe(201);
  }
  expect(await client.call("stations.forgetPreview", { identity: "CP1" })).toMatchObject({ files: 1 });
  await client.call("stations.forget", { identity: "CP1" });
  expect((await until(client, "files.list", {}, () => true)).map(({ id }) => id)).toEqual([2]);
  expect([existsSync(join(folder, "files", "1")), existsSync(join(folder, "files", "2"))]).toEqual([false, true]);
});
