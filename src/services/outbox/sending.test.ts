import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { createManualClock, type ManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { failure } from "../../station/failure.ts";
import type { KeptFile } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { OutboxRepository } from "../../store/kept/outbox.ts";
import { Database } from "../../store/sqlite/database.ts";
import { Outbox } from "./outbox.ts";
import type { Delivery, Sender } from "./senders/sender.ts";

const sender = vi.hoisted(() => ({ send: null as Sender["send"] | null }));
vi.mock("./senders/open.ts", () => ({
  openSender: () => ({ test: async () => undefined, send: (delivery: Delivery) => sender.send?.(delivery) }),
}));

const file: KeptFile = { id: 1, name: "log.txt", bytes: 1, sha256: "ab", at: 1, state: "whole" };
let clock: ManualClock;
let outbox: Outbox;
beforeEach(async () => {
  const home = mkdtempSync(join(tmpdir(), "plugside-sending-"));
  const database = new Database(join(home, "plugside.db"));
  clock = createManualClock();
  const files = { require: (id: number) => ({ ...file, id }), placeOf: () => join(home, "1") };
  const secrets = { read: async () => ({}), write: async () => undefined, remove: () => undefined };
  const repository = new OutboxRepository(database);
  outbox = new Outbox({ files, repository, secrets, clock, log: silentLogger } as never);
  await outbox.save({ name: "stick", kind: "folder", path: home });
  onTestFinished(async () => {
    await outbox.dispose();
    database.dispose();
    rmSync(home, { recursive: true, force: true });
  });
});

/** A sender that sends for ever, and what it was given. */
function endless(): Promise<Delivery> {
  return new Promise((begun) => {
    sender.send = (delivery) => {
      begun(delivery);
      return new Promise((_sent, failed) => {
        delivery.signal.addEventListener("abort", () => failed(new Error("aborted")));
      });
    };
  });
}

test("what is taken out while it is sent is broken off, and so is what is sent when the core ends", async () => {
  let begun = endless();
  const { id } = outbox.add(1, "stick");
  clock.advance(0);
  let { signal } = await begun;
  expect(signal.aborted).toBe(false);
  outbox.remove(id);
  expect(signal.aborted).toBe(true);
  begun = endless();
  await vi.waitFor(() => expect(outbox.list()).toEqual([]), { timeout: 10_000 });
  outbox.add(2, "stick");
  clock.advance(0);
  ({ signal } = await begun);
  const ended = outbox.dispose();
  expect(signal.aborted).toBe(true);
  await ended;
});

test("a destination that something waits for stays", async () => {
  const begun = endless();
  outbox.add(1, "stick");
  clock.advance(0);
  await begun;
  expect(() => outbox.forget("stick")).toThrow();
  expect(outbox.destinations().map(({ name }) => name)).toEqual(["stick"]);
});

test("each try in vain is followed by a longer pause, ten minutes at most", async () => {
  sender.send = () => Promise.reject(failure("unavailable", words("no-core")));
  const pauses: number[] = [];
  outbox.changed.on(({ entry }) => {
    if (entry?.why !== undefined) pauses.push(((entry.nextAt ?? 0) - clock.now()) / 1000);
  });
  outbox.add(1, "stick");
  while (pauses.length < 9) {
    clock.advance(1000);
    await new Promise((turn) => setImmediate(turn));
  }
  expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600]);
});

test("what only a person can put right is tried again in ten minutes", async () => {
  sender.send = () => Promise.reject(failure("not-allowed", words("no-core")));
  outbox.add(1, "stick");
  clock.advance(0);
  await vi.waitFor(() => expect(outbox.list()[0]).toMatchObject({ tries: 1, nextAt: clock.now() + 600_000 }), {
    timeout: 10_000,
  });
});
