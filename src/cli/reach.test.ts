import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../../test/harness/core.ts";
import { contactFile } from "../api/contact.ts";
import { FailureError } from "../lib/contract.ts";
import { openBench } from "../session/testing/bench.ts";
import { words } from "../station/phrases.ts";
import { failureOf, fetchFile, urlOf } from "./kept-file.ts";
import { openRecord, reachCore, withCore } from "./reach.ts";
import { printed, terminal } from "./testing/printed.ts";

/** What answers at the place of a core: an empty one is gone at once. */
const far = vi.hoisted(() => ({
  is: "core" as "core" | "gone" | "impostor",
  status: {} as Record<string, unknown>,
  feeds: {} as Record<string, unknown>,
  answers: {} as Record<string, unknown>,
  heard: [] as unknown[],
  closed: 0,
}));
vi.mock("../api/dial.ts", () => ({
  dialCore(_contact: unknown, onImpostor: () => void) {
    let tell: (text: string) => void = () => undefined;
    return {
      send(text: string) {
        const { id, ...asked } = JSON.parse(text);
        far.heard.push(asked);
        if (asked.watch)
          tell(JSON.stringify({ id, snapshot: asked.watch in far.feeds ? far.feeds[asked.watch] : far.status }));
        if (asked.call) tell(JSON.stringify({ id, ...(far.answers[asked.call] as object) }));
      },
      close: () => far.closed++,
      onOpen(listener: () => void) {
        if (far.is === "core") queueMicrotask(listener);
      },
      onMessage(listener: (text: string) => void) {
        tell = listener;
      },
      onClose(listener: (why: string) => void) {
        if (far.is === "impostor") onImpostor();
        if (far.is !== "core") queueMicrotask(() => listener("gone"));
      },
    };
  },
}));

let folder = "";
let said = terminal();
beforeEach(async () => {
  Object.assign(far, {
    is: "core",
    status: { storeProblem: null, notices: [] },
    answers: {},
    feeds: {},
    heard: [],
    closed: 0,
  });
  folder = await temporaryFolder();
  said = terminal();
  onTestFinished(said.end);
});

function withContact(): void {
  contactFile(folder, { url: "ws://127.0.0.1:4711/cli", secret: "s", pid: 1, ports: [] });
}

test("no core runs on a folder without a contact, nor on one whose core was killed; what answers in its place is told", async () => {
  expect(await reachCore(folder)).toBe(null);
  withContact();
  far.is = "gone";
  expect([await reachCore(folder), said.err()]).toEqual([null, ""]);
  far.is = "impostor";
  expect(await reachCore(folder)).toBe(null);
  expect(said.err()).toBe("What answers at 127.0.0.1:4711 is not this folder's core.\n");
});

test("whatever is asked for, it is told that no station is answered, and what befell the record", async () => {
  withContact();
  const core = await reachCore(folder);
  expect([core?.state, said.err()]).toEqual(["open", ""]);
  expect(far.heard[0]).toEqual({ watch: "connection.status", input: {} });
  expect(far.heard.at(-1)).toEqual({ unwatch: true });
  far.status = {
    storeProblem: words("no-core"),
    notices: [
      { id: 1, at: 0, words: words("never-heard-of") },
      { id: 2, at: 1000, words: words("no-core") },
    ],
  };
  await reachCore(folder);
  expect(said.err()).toMatchInlineSnapshot(`
    "No station is answered: no core runs on this folder
    1970-01-01T00:00:00.000Z no such station was ever heard of
    1970-01-01T00:00:01.000Z no core runs on this folder
    "
  `);
});

test("work that a core is needed for is done with it, and the core let go of, however that ends", async () => {
  const work = vi.fn<(core: unknown) => Promise<unknown>>(async () => "done");
  expect(await withCore(folder, work)).toBe(4);
  expect([work.mock.calls.length, said.err()]).toEqual([0, "No core runs on this folder. Start one: plugside serve\n"]);
  withContact();
  expect([await withCore(folder, work), far.closed]).toEqual([0, 1]);
  work.mockResolvedValueOnce(3);
  expect([await withCore(folder, work), far.closed]).toEqual([3, 2]);
  work.mockRejectedValueOnce(new Error("not so"));
  await expect(withCore(folder, work)).rejects.toThrow("not so");
  expect(far.closed).toBe(3);
});

test("where no core runs no station is online: a killed core may have left it so", async () => {
  expect(openRecord(folder)).toBe(null);
  const bench = await openBench("1.6");
  bench.say('[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  bench.save();
  const { lastSeenAt, link } = bench.state();
  const record = openRecord(dirname(bench.database.path));
  expect(record?.registry.get("CP1")?.state.link).toEqual({
    ...link,
    ...{ state: "offline", since: lastSeenAt, closed: { code: 1006, reason: "", cause: "own-end" } },
  });
  expect(record?.frames.bounds().last).toBeGreaterThan(0);
  record?.close();
  expect(() => record?.frames.bounds()).toThrow();
});

test("entries of a record that cannot be read are told once it is open", async () => {
  const bench = await openBench("1.6");
  bench.say('[2,"1","Heartbeat",{}]');
  bench.save();
  bench.database.prepare("UPDATE stations SET state = '{' WHERE id = 1").run();
  openRecord(dirname(bench.database.path))?.close();
  expect(said.err()).toMatchInlineSnapshot(`
    "Entries of the record that cannot be read were left out (stations: 1). States are made anew from the messages.
    "
  `);
});

test("a file of the core's is written where none is yet; what the core says in its place is thrown", async () => {
  withContact();
  const client = await reachCore(folder);
  if (!client) throw new Error("no core");
  const out = join(folder, "out.log");
  const fetched = vi.spyOn(globalThis, "fetch");
  far.answers["files.download"] = { value: { path: "/files/7" } };
  fetched.mockImplementation(async () => new Response("bytes"));
  await fetchFile(client, folder, 7, out);
  expect(far.heard.at(-1)).toEqual({ call: "files.download", input: { id: 7 } });
  expect(fetched.mock.calls).toEqual([["http://127.0.0.1:4711/files/7"]]);
  await expect(fetchFile(client, folder, 7, out)).rejects.toMatchObject({ code: "EEXIST" });
  const failure = { code: "not-found", message: "no", details: [1], words: words("no-core") };
  fetched.mockImplementation(async () => new Response(JSON.stringify(failure), { status: 404 }));
  const refused = fetchFile(client, folder, 7, join(folder, "other.log"));
  await expect(refused).rejects.toMatchObject(failure);
  expect(await failureOf(new Response(JSON.stringify(failure)))).toBeInstanceOf(FailureError);
  expect(urlOf(folder, "/files/9")).toBe("http://127.0.0.1:4711/files/9");
  rmSync(join(folder, "core.json"));
  expect(() => urlOf(folder, "/files/9")).toThrow("The core is gone.");
});

test("a file goes up to the core by its bytes; what the core says in the place of keeping it is told", async () => {
  withContact();
  const path = join(folder, "photo.txt");
  writeFileSync(path, "the plate");
  far.answers["files.upload"] = { value: { path: "/files/up" } };
  const kept = { id: 7, name: "photo.txt", bytes: 9, at: 0, state: "whole", station: "CP1" };
  const fetched = vi.spyOn(globalThis, "fetch");
  const sent: string[] = [];
  const answering = (answer: object, status: number) =>
    fetched.mockImplementation(async (url, { method, body } = {}) => {
      sent.push(`${method} ${url} ${await new Response(body).text()}`);
      return new Response(JSON.stringify(answer), { status });
    });
  said.end();
  answering(kept, 201);
  expect(await printed(["files", "add", path, "CP1", "--json"], ["--data", folder])).toBe(
    `$ files add ${path} CP1 --json\n${JSON.stringify(kept)}\n= 0\n`,
  );
  expect(far.heard.at(-1)).toEqual({ call: "files.upload", input: { station: "CP1", name: "photo.txt" } });
  answering({ code: "unavailable", message: "The disk is full." }, 507);
  expect(await printed(["files", "add", path], ["--data", folder])).toBe(
    `$ files add ${path}\n! The disk is full.\n= 1\n`,
  );
  expect(sent).toEqual(Array(2).fill("PUT http://127.0.0.1:4711/files/up the plate"));
});

test("a log that a station has sent is written where one wants it, the whole one; where none came nothing is", async () => {
  withContact();
  said.end();
  const out = join(folder, "station.log");
  const files = [
    { id: 7, name: "part", bytes: 9, state: "partial", protocol: "http" },
    { id: 8, name: "whole", bytes: 5, state: "whole", sha256: "s8", protocol: "ftp" },
  ];
  const request = { id: 4, station: "CP1", at: 0, endedAt: 1500, rungs: [], verdict: "received", files };
  const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response("bytes"));
  far.answers["files.download"] = { value: { path: "/files/down" } };
  const asked = async (answer: object) => {
    far.answers["diagnostics.request"] = { value: answer };
    far.feeds = { "diagnostics.list": [answer], "stations.state": null };
    return (await printed(["diagnostics", "CP1", "--out", out], ["--data", folder])).split("\n").slice(1).join("\n");
  };
  expect(await asked({ ...request, verdict: "nothing-came", files: [] })).toBe("nothing-came\t\t\t\t\n= 3\n");
  expect([existsSync(out), fetched.mock.calls]).toEqual([false, []]);
  expect(await asked(request)).toBe("received\t8\t5\ts8\tftp\n= 0\n");
  expect(far.heard).toContainEqual({ call: "files.download", input: { id: 8 } });
  expect(readFileSync(out, "utf8")).toBe("bytes");
});
