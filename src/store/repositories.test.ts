import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { selfSigned } from "../../test/harness/self-signed.ts";
import type { ForwardSettings } from "../station/forward.ts";
import { newStation } from "../station/model.ts";
import { CertificatesRepository } from "./certificates.ts";
import { openForwardStore } from "./forward.ts";
import { SavedCallsRepository } from "./kept/saved-calls.ts";
import { ProceduresRepository } from "./procedures.ts";
import { SettingsRepository } from "./settings.ts";
import { Database } from "./sqlite/database.ts";
import { StationsRepository } from "./stations.ts";

const { cert: pem } = await selfSigned("CP1");

function open() {
  const folder = mkdtempSync(join(tmpdir(), "plugside-repositories-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return database;
}

test("certificates of a kind come newest first, each once, with what is known of them", () => {
  const certificates = new CertificatesRepository(open());
  certificates.add({ kind: "trusted", fingerprint: "A", pem, at: 1 });
  certificates.add({ kind: "trusted", fingerprint: "B", pem, at: 2, note: "old CA" });
  certificates.add({ kind: "station", fingerprint: "A", pem, at: 3, station: "CP1" });
  certificates.add({ kind: "trusted", fingerprint: "A", pem, at: 4 });
  expect(certificates.all("trusted")).toEqual([
    { kind: "trusted", fingerprint: "A", pem, at: 4 },
    { kind: "trusted", fingerprint: "B", pem, at: 2, note: "old CA" },
  ]);
  certificates.remove("trusted", "A");
  expect(certificates.all("trusted").map(({ fingerprint }) => fingerprint)).toEqual(["B"]);
  expect(certificates.all("station")).toEqual([{ kind: "station", fingerprint: "A", pem, at: 3, station: "CP1" }]);
  expect([certificates.all("root"), certificates.damaged]).toEqual([[], false]);
});

test("one that cannot be read is passed over and told", () => {
  const certificates = new CertificatesRepository(open());
  certificates.add({ kind: "root", fingerprint: "A", pem: "no certificate", at: 1 });
  expect([certificates.all("root"), certificates.damaged]).toEqual([[], true]);
});

test("of what was issued to stations the newest thousand are kept, and all of the others", () => {
  const certificates = new CertificatesRepository(open());
  certificates.add({ kind: "root", fingerprint: "root", pem, at: 0 });
  for (let at = 1; at <= 1003; at++) certificates.add({ kind: "station", fingerprint: String(at), pem, at });
  const issued = certificates.all("station").map(({ at }) => at);
  expect([issued.length, issued[0], issued.at(-1)]).toEqual([1000, 1003, 4]);
  expect(certificates.all("root")).toHaveLength(1);
});

test("requests come newest first with what became of them, and the newest two hundred are kept", () => {
  const certificates = new CertificatesRepository(open());
  const request = (station: string) => certificates.addRequest({ station, at: 1, csr: "csr", state: "waiting" });
  const first = request("CP1");
  const second = certificates.addRequest({
    station: "CP2",
    at: 2,
    csr: "csr",
    state: "waiting",
    certificateType: "V2GCertificate",
    requestId: 7,
  });
  certificates.settle(first, { state: "sent", fingerprint: "A", outcome: { result: "accepted" } });
  expect(certificates.requests()).toEqual([
    {
      id: second,
      station: "CP2",
      at: 2,
      csr: "csr",
      state: "waiting",
      certificateType: "V2GCertificate",
      requestId: 7,
    },
    { id: first, station: "CP1", at: 1, csr: "csr", state: "sent", fingerprint: "A", outcome: { result: "accepted" } },
  ]);
  for (let more = 0; more < 199; more++) request("CP3");
  const ids = certificates.requests().map(({ id }) => id);
  expect([ids.length, ids.at(-1)]).toEqual([200, second]);
});

test("a request that was refused says why, and one that became nothing says nothing more", () => {
  const certificates = new CertificatesRepository(open());
  const id = certificates.addRequest({ station: "CP1", at: 1, csr: "csr", state: "waiting" });
  certificates.settle(id, { state: "refused", why: "no host name" });
  const base = { id, station: "CP1", at: 1, csr: "csr" };
  expect(certificates.requests()).toEqual([{ ...base, state: "refused", why: "no host name" }]);
  certificates.settle(id, { state: "waiting" });
  expect(certificates.requests()).toEqual([{ ...base, state: "waiting" }]);
});

test("of each station the last procedure is known, as it was last kept", () => {
  const procedures = new ProceduresRepository<{ step: string }>(open());
  procedures.add("CP1", { step: "old" });
  const id = procedures.add("CP1", { step: "send" });
  const other = procedures.add("CP2", { step: "way-in" });
  procedures.save(id, { step: "return" });
  expect(procedures.latest().toSorted((a, b) => a.id - b.id)).toEqual([
    { id, identity: "CP1", body: { step: "return" } },
    { id: other, identity: "CP2", body: { step: "way-in" } },
  ]);
});

test("a procedure that cannot be read is passed over, and none of before takes its place", () => {
  const database = open();
  const procedures = new ProceduresRepository<{ step: string }>(database);
  procedures.add("CP1", { step: "old" });
  const bad = ["CP1", "CP2", "CP3"].map((identity) => procedures.add(identity, { step: "send" }));
  const good = procedures.add("CP4", { step: "send" });
  for (const [n, body] of ["7", "null", "{"].entries())
    database.prepare("UPDATE procedures SET body = ? WHERE id = ?").run(body, bad[n] ?? 0);
  expect(procedures.latest()).toEqual([{ id: good, identity: "CP4", body: { step: "send" } }]);
});

test("a station is kept with its state, and how far the record is in it", () => {
  const database = open();
  const stations = new StationsRepository(database);
  const state = newStation("CP1", 0);
  const id = stations.add("CP1", state);
  expect([stations.all(), stations.folded()]).toEqual([[{ id, identity: "CP1", state, tail: [] }], 0]);
  const changed = { ...state, seq: 9, lastSeenAt: 5 };
  stations.save([{ id, state: changed, moments: [], anew: false, tail: [4, 9] }], 9);
  expect([stations.all(), stations.folded()]).toEqual([[{ id, identity: "CP1", state: changed, tail: [4, 9] }], 9]);
  stations.save([{ id, state: changed, moments: [], anew: false, tail: null }], 10);
  expect([stations.all()[0]?.tail, stations.folded()]).toEqual([null, 10]);
});

test("a kept state that is of no station, of another, or of another version is made anew; only damage is told", () => {
  const damaged = [
    "{",
    "null",
    JSON.stringify(newStation("CP2", 0)),
    JSON.stringify({ ...newStation("CP1", 0), evses: 7 }),
  ];
  const older = JSON.stringify({ ...newStation("CP1", 0), shape: -1 });
  const read = (text: string) => {
    const database = open();
    new StationsRepository(database).add("CP1", newStation("CP1", 0));
    database.prepare("UPDATE stations SET state = ?").run(text);
    const state = new StationsRepository(database).all()[0]?.state;
    return [state, database.skipped.has("stations")];
  };
  expect(damaged.map(read)).toEqual([
    [null, true],
    [null, false],
    [null, true],
    [null, true],
  ]);
  expect(read(older)).toEqual([null, false]);
});

test("how stations are forwarded stands among the settings, apart from them", () => {
  const database = open();
  const settings = new SettingsRepository(database);
  settings.set({ strict: true, language: undefined });
  const forward: ForwardSettings = {
    on: true,
    url: "ws://a",
    credentials: "none",
    insecure: false,
    whenAway: "silent",
  };
  openForwardStore(settings).save("CP:1", forward);
  expect(openForwardStore(new SettingsRepository(database)).all()).toEqual(new Map([["CP:1", forward]]));
  expect(settings.all()).toEqual({ strict: true, "forward:CP:1": forward });
});

test("a setting that cannot be read is left out and told", () => {
  const database = open();
  const settings = new SettingsRepository(database);
  settings.set({ strict: true });
  database.prepare("INSERT INTO settings (key, value) VALUES ('port', '{')").run();
  expect([settings.all(), database.skipped.has("settings")]).toEqual([{ strict: true }, true]);
});

test("saved calls come by their names, the last of a name, until they are removed", () => {
  const calls = new SavedCallsRepository(open());
  const reset = { name: "b", action: "Reset", payload: '{"type":"Soft"}' };
  calls.save(reset);
  calls.save({ name: "a", action: "Reset", payload: "{}" });
  calls.save({ name: "a", action: "ClearCache", payload: "{}" });
  expect(calls.all()).toEqual([{ name: "a", action: "ClearCache", payload: "{}" }, reset]);
  calls.remove("a");
  calls.remove("nobody");
  expect(calls.all()).toEqual([reset]);
});
