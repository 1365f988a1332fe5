import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { failure } from "../../station/failure.ts";
import type { KeptFile } from "../../station/model.ts";
import type { OutboxEntry } from "../../station/onward/outbox.ts";
import { english, words } from "../../station/phrases.ts";
import { OutboxRepository } from "../../store/kept/outbox.ts";
import { Database } from "../../store/sqlite/database.ts";
import { openKeyFiles } from "../certificates/keys.ts";
import { Outbox } from "./outbox.ts";
import { openDestinationSecrets } from "./secrets.ts";

const content = "2026-01-01T00:00:00Z ERROR no ground\n";

/** A record with one file, log.txt, and a destination "stick" that is not there yet. */
async function outboxWithFile() {
  const home = mkdtempSync(join(tmpdir(), "plugside-outbox-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const database = new Database(join(home, "plugside.db"));
  onTestFinished(() => database.dispose());
  writeFileSync(join(home, "1"), content);
  const sha256 = createHash("sha256").update(content).digest("hex");
  const known: KeptFile = { id: 1, name: "log.txt", bytes: content.length, sha256, at: 1, state: "whole" };
  const kept = new Map([[1, known]]);
  const files = {
    require(id: number) {
      const file = kept.get(id);
      if (!file) throw failure("not-found", words("no-file", { id }));
      return file;
    },
    placeOf: (id: number) => join(home, String(id)),
  };
  const clock = createManualClock();
  const repository = new OutboxRepository(database);
  const secrets = openDestinationSecrets(openKeyFiles(join(home, "keys"), null));
  const network = { now: "home" };
  const start = () => {
    const outbox = new Outbox({ files, repository, secrets, networks: () => network.now, clock, log: silentLogger });
    onTestFinished(() => outbox.dispose());
    return outbox;
  };
  const stick = join(home, "stick");
  const outbox = start();
  await outbox.save({ name: "stick", kind: "folder", path: stick });
  return { kept, network, clock, repository, start, outbox, stick };
}

/** Lets the clock run for so long, and waits for what is told next and for what follows from it at once. */
async function next(outbox: Outbox, clock: { advance(ms: number): void }, ms = 0): Promise<OutboxEntry | null> {
  const entry = await new Promise<OutboxEntry | null>((resolve) => {
    const listening = outbox.changed.on(({ entry }) => {
      void listening.dispose();
      resolve(entry);
    });
    clock.advance(ms);
  });
  await new Promise((resolve) => setImmediate(resolve));
  return entry;
}

test("a file waits for its stick, says why, arrives once and is not sent again", async () => {
  const { clock, outbox, stick } = await outboxWithFile();
  expect(english((await outbox.test("stick")) ?? "")).toContain("is not there. Plug in the stick");
  outbox.add(1, "stick");
  const failed = await next(outbox, clock);
  expect(failed).toMatchObject({ state: "waiting", tries: 1, nextAt: clock.now() + 5000 });
  expect(english(failed?.why ?? "")).toContain("is not there. Plug in the stick");
  expect(() => outbox.forget("stick")).toThrow("Files still wait for stick: 1.");
  mkdirSync(stick);
  expect(await next(outbox, clock, 5000)).toMatchObject({ state: "sent", tries: 1, place: join(stick, "log.txt") });
});

test("what a stick that came takes is whole, under its own name, and asked for again it stays one", async () => {
  const { clock, outbox, stick } = await outboxWithFile();
  mkdirSync(stick);
  expect(await outbox.test("stick")).toBeNull();
  outbox.add(1, "stick");
  expect(await next(outbox, clock)).toMatchObject({ state: "sent", place: join(stick, "log.txt"), tries: 0 });
  expect(outbox.add(1, "stick")).toMatchObject({ id: 1, state: "sent" });
  expect(readdirSync(stick)).toEqual(["log.txt"]);
  expect(readFileSync(join(stick, "log.txt"), "utf8")).toBe(content);
});

test("a life that ended before it took note finds what arrived; a draft that it left is replaced", async () => {
  const { clock, repository, outbox, start, stick } = await outboxWithFile();
  await outbox.dispose();
  mkdirSync(stick);
  repository.add({ file: 1, name: "log.txt", destination: "stick", state: "waiting", at: 1, tries: 0, nextAt: 1 });
  const draft = `.plugside-${createHash("sha256").update(content).digest("hex").slice(0, 32)}.part`;
  writeFileSync(join(stick, draft), "half");
  const second = start();
  const sent = await next(second, clock);
  expect(sent).toMatchObject({ state: "sent" });
  expect(readdirSync(stick)).toEqual(["log.txt"]);
  await second.dispose();
  const { sentAt: _at, place: _place, ...forgotten } = sent as OutboxEntry;
  repository.put({ ...forgotten, state: "waiting", nextAt: 1 });
  writeFileSync(join(stick, draft), "half");
  expect(await next(start(), clock)).toMatchObject({ state: "sent", place: join(stick, "log.txt") });
  expect(readdirSync(stick)).toEqual(["log.txt"]);
});

test("another file of that name is left alone; a file that is gone stops", async () => {
  const { kept, clock, outbox, stick } = await outboxWithFile();
  mkdirSync(stick);
  writeFileSync(join(stick, "log.txt"), "another");
  outbox.add(1, "stick");
  const sent = await next(outbox, clock);
  expect(sent?.place).toMatch(/log-[0-9a-f]{12}\.txt$/);
  expect(readFileSync(join(stick, "log.txt"), "utf8")).toBe("another");
  outbox.remove(1);
  outbox.add(1, "stick");
  kept.clear();
  expect(await next(outbox, clock)).toMatchObject({ id: 2, state: "stopped" });
  expect(() => outbox.remove(7)).toThrow("nothing with the number 7");
  await expect(outbox.save({ name: "x", kind: "folder", path: "logs" })).rejects.toThrow("logs is no whole path");
  expect(() => outbox.add(9, "stick")).toThrow("There is no file 9.");
});

test("another network is a reason to try at once, and the same one is none", async () => {
  const { clock, network, outbox } = await outboxWithFile();
  outbox.add(1, "stick");
  await next(outbox, clock);
  for (const pause of [5000, 10_000, 20_000]) await next(outbox, clock, pause);
  expect(outbox.list()[0]).toMatchObject({ tries: 4, nextAt: clock.now() + 40_000 });
  network.now = "depot";
  expect(await next(outbox, clock, 15_000)).toMatchObject({ tries: 0, nextAt: clock.now() });
  expect(outbox.list()[0]).toMatchObject({ tries: 1, nextAt: clock.now() + 5000 });
});

test("a file that is still coming is not taken, and one whose coming broke off is", async () => {
  const { kept, clock, outbox, stick } = await outboxWithFile();
  const file = kept.get(1) as KeptFile;
  kept.set(1, { ...file, state: "coming" });
  expect(() => outbox.add(1, "stick")).toThrow("log.txt");
  expect(outbox.list()).toEqual([]);
  kept.set(1, { ...file, state: "partial", sha256: undefined });
  mkdirSync(stick);
  expect(outbox.add(1, "stick")).toMatchObject({ file: 1 });
  // Its hash is made for the way.
  while ((await next(outbox, clock))?.state !== "sent");
  expect(readFileSync(join(stick, "log.txt"), "utf8")).toBe(content);
});
