import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { CallInput } from "../../../src/api/contract.ts";
import { type DiagnosticsRequest, uploadWays } from "../../../src/services/diagnostics/contract.ts";
import type { QuirkName } from "../../../src/services/simulator/contract.ts";
import { startVirtualStation } from "../../../src/simulator/virtual-station.ts";
import type { OcppVersion } from "../../../src/station/model.ts";
import { snapshot } from "../../harness/client.ts";
import { type TestCore, testCore, until } from "../../harness/core.ts";

const versions: OcppVersion[] = ["1.6", "2.0.1", "2.1"];
const station = "LOG-1";

/** Longer than any test for what is to come; short for what has come. */
const uploadWaits = { sign: 60_000, bytes: 60_000, late: 60_000, again: 60_000, settled: 300, settledTold: 50 };
/** Short as well where a station says nothing more, so that a ladder is climbed within a test. */
const climbingWaits = { ...uploadWaits, late: 600, again: 300 };

/** A core with one virtual station on it. */
async function coreWith(ocpp: OcppVersion, quirks: QuirkName[] = [], waits: object = uploadWaits): Promise<TestCore> {
  const bench = await testCore({ uploadPorts: [0], uploadWaits: waits });
  const connected = startVirtualStation({ identity: station, ocpp, url: bench.url, quirks });
  onTestFinished(() => connected.stop());
  await until(bench.client, "certificates.overview", {}, ({ wss }) => wss.state === "ready");
  await until(bench.client, "stations.list", {}, (all) => all.length === 1 && all[0]?.link.state === "online");
  return bench;
}

/** Asks, and waits for the last word. */
async function fetchLog(
  { client }: TestCore,
  wish: Partial<CallInput<"diagnostics.request">> = {},
): Promise<DiagnosticsRequest> {
  const { id } = await client.call("diagnostics.request", { station, wait: 30, ...wish });
  return lastWord(client, id);
}

async function lastWord(client: TestCore["client"], id: number): Promise<DiagnosticsRequest> {
  const over = (list: DiagnosticsRequest[]) => list.find((one) => one.id === id && one.verdict !== undefined);
  return over(await until(client, "diagnostics.list", {}, (list) => over(list) !== undefined)) as DiagnosticsRequest;
}

const ways = versions.flatMap((version) =>
  (["auto", ...uploadWays] as const).map((protocol) => ({ version, protocol })),
);

test.each(ways)("$version: the log comes with one request, by $protocol", async ({ version, protocol }) => {
  const bench = await coreWith(version);
  const request = await fetchLog(bench, { protocol });
  expect(request).toMatchObject({ verdict: "received", rungs: [{ result: "received", status: "Uploaded" }] });
  const [file] = request.files;
  const bytes = readFileSync(join(bench.folder, "files", String(file?.id)));
  expect(bytes.toString()).toContain(`# ${station}`);
  expect(file).toMatchObject({
    state: "whole",
    bytes: bytes.length,
    protocol: protocol === "auto" ? "http" : protocol,
  });
  expect(file?.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  const kept = await until(bench.client, "files.list", { station }, (files) => files.length === 1);
  expect(kept[0]).toMatchObject({ station, state: "whole", bytes: bytes.length });
});

test.each(versions)("%s: the log of security comes as well, or is told not to be there", async (version) => {
  const bench = await coreWith(version);
  expect(await fetchLog(bench, { kind: "security" })).toMatchObject({ verdict: "received" });
  const samples = await fetchLog(bench, { kind: "data-collector" });
  expect(samples.verdict).toBe(version === "2.1" ? "received" : "unsupported");
});

// What it says may be here before what it sent is.
const halfWay = expect.stringMatching(/^(broken-off|told-failed)$/);

const quirks: [QuirkName, object][] = [
  ["log-own-name", { verdict: "received", files: [{ name: `export/${station} (1).log` }] }],
  ["log-after-uploaded", { verdict: "received" }],
  ["log-silent", { verdict: "received" }],
  ["log-never-comes", { verdict: "nothing-came", rungs: uploadWays.map(() => ({ result: "silent" })) }],
  ["log-gives-up", { verdict: "broken-off", rungs: uploadWays.map(() => ({ result: halfWay })) }],
  ["log-wrong-protocol", { verdict: "nothing-came", rungs: uploadWays.map(() => ({ result: "told-failed" })) }],
];

test.each(quirks)("a station that does %s is understood", { timeout: 40_000 }, async (quirk, expected) => {
  const waits = quirk === "log-after-uploaded" ? uploadWaits : climbingWaits;
  const bench = await coreWith("2.0.1", [quirk], waits);
  const request = await fetchLog(bench);
  expect(request).toMatchObject(expected);
  if (request.verdict !== "received") expect(request.cure).toBeDefined();
});

test("a later request takes the place of the one that is under way", async () => {
  const bench = await coreWith("2.0.1", ["log-never-comes"]);
  const first = await bench.client.call("diagnostics.request", { station, wait: 60 });
  const second = await bench.client.call("diagnostics.request", { station, wait: 60 });
  expect((await lastWord(bench.client, first.id)).verdict).toBe("superseded");
  await bench.client.call("diagnostics.cancel", { id: second.id });
  expect((await lastWord(bench.client, second.id)).verdict).toBe("canceled");
  await expect(bench.client.call("diagnostics.cancel", { id: second.id })).rejects.toMatchObject({ code: "conflict" });
});

test("a station that is not there is offline, and one that nobody knows not found", async () => {
  const bench = await coreWith("1.6");
  await expect(fetchLog(bench, { station: "NOBODY" })).rejects.toMatchObject({ code: "not-found" });
  const again = await bench.restart();
  expect((await fetchLog(again)).verdict).toBe("offline");
});

/** What the station was told, by its frame. */
async function locationOf(client: TestCore["client"], request: DiagnosticsRequest): Promise<string> {
  const frame = request.rungs[0]?.frame;
  const told = await client.call("messages.frame", { seq: frame ?? 0 });
  return /"(?:location|remoteLocation)":"([^"]+)"/.exec(told.text ?? "")?.[1] ?? "";
}

test("a request goes on over a restart, and what was begun is gone on with", async () => {
  const bench = await coreWith("1.6", ["log-never-comes"]);
  const { id } = await bench.client.call("diagnostics.request", { station, wait: 600, protocol: "http" });
  const asked = (list: DiagnosticsRequest[]) =>
    list.find((one) => one.id === id && one.rungs[0]?.status === "Uploaded");
  const open = asked(await until(bench.client, "diagnostics.list", {}, (list) => asked(list) !== undefined));
  const location = await locationOf(bench.client, open as DiagnosticsRequest);
  const port = new URL(location).port;
  const again = await bench.restart();
  const place = location.replace(`:${port}/`, `:${new URL(again.url).port}/`);
  const put = async (body: string, range: string) =>
    (await fetch(`${place}log.txt`, { method: "PUT", body, headers: { "content-range": range } })).status;
  expect(await put("hello ", "bytes 0-5/11")).toBe(201);
  const all = await snapshot(again.client, "diagnostics.list", {});
  expect(all.find((one) => one.id === id)?.files).toMatchObject([{ name: "log.txt", bytes: 6, state: "partial" }]);
  expect(await put("there", "bytes 6-10/11")).toBe(201);
  const request = await lastWord(again.client, id);
  expect(request).toMatchObject({ verdict: "received", files: [{ name: "log.txt", bytes: 11, state: "whole" }] });
  expect(readFileSync(join(again.folder, "files", String(request.files[0]?.id)), "utf8")).toBe("hello there");
  expect((await fetch(`${place}late.txt`, { method: "PUT", body: "x" })).status).not.toBe(201);
});
