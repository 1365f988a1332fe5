import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { DisposableStore } from "../lib/disposable.ts";
import { silentLogger } from "../lib/logger.ts";
import { english, words } from "../station/phrases.ts";
import { openRecord } from "./record.ts";

function open(dataFolder = mkdtempSync(join(tmpdir(), "plugside-record-"))) {
  const warn = vi.fn();
  const closing = new DisposableStore();
  const clock = createManualClock();
  const record = openRecord({ dataFolder, clock, log: { ...silentLogger, warn } }, closing);
  let over = false;
  const end = async () => {
    if (!over) await closing.dispose();
    over = true;
  };
  onTestFinished(async () => {
    await end();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  return { record, warn, clock, end, dataFolder };
}

test("a link that was up when the last life ended is over since the station was last heard, and that is on record", async () => {
  const first = open();
  const { registry, journal, recorder } = first.record;
  const entry = registry.ensure("CP1", first.clock.now());
  registry.ensure("CP2", first.clock.now());
  const via = {
    kind: "websocket",
    path: "/CP1",
    remoteAddress: "127.0.0.1",
    secure: false,
    securityProfile: 0,
    offered: [],
  };
  first.clock.advance(5000);
  const connection = journal.take();
  journal.write(entry, { kind: "link-opened", connection, via, ocpp: "1.6" } as never, connection);
  recorder.flush();
  const heard = entry.state.lastSeenAt;
  expect(entry.state.link.state).toBe("online");
  await first.end();
  const second = open(first.dataFolder);
  second.record.recorder.flush();
  const { state } = second.record.registry.require("CP1");
  expect(state.link).toMatchObject({ state: "offline" });
  const closed = second.record.events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["link-closed"] }, 10);
  expect(closed.map(({ event }) => [event.kind, event.at])).toEqual([["link-closed", heard]]);
});

test("what a person must know of is logged, and stands in the notices over a restart until it is seen", async () => {
  const { record, warn, clock, end, dataFolder } = open();
  record.tell(words("root-key-lost"));
  expect(warn.mock.calls).toEqual([[english(words("root-key-lost"))]]);
  expect(record.notices.list()).toEqual([{ id: 1, at: clock.now(), words: words("root-key-lost") }]);
  await end();
  expect(open(dataFolder).record.notices.list()).toMatchObject([{ words: words("root-key-lost") }]);
});
