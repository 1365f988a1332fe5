import { expect, test } from "vitest";
import { silentLogger } from "../lib/logger.ts";
import { words } from "../station/phrases.ts";
import { openNotices } from "./notices.ts";
import type { SettingsRepository } from "./settings.ts";

/** Settings in memory, which can be made to fail. */
function settings() {
  const values: Record<string, unknown> = {};
  const state = { fails: false };
  const repository = {
    all: () => values,
    set(changed: Record<string, unknown>) {
      if (state.fails) throw new Error("the disk is full");
      Object.assign(values, changed);
    },
  } as unknown as SettingsRepository;
  return { repository, values, state };
}

const notice = (port: number) => words("no-port", { place: `10.0.0.1:${port}`, why: "taken" });

test("a notice stands until somebody has seen it, over a restart too", () => {
  const { repository } = settings();
  const first = openNotices(repository, silentLogger);
  first.add(notice(1), 10);
  first.add(notice(2), 20);
  const again = openNotices(repository, silentLogger);
  expect(again.list()).toEqual([
    { id: 1, at: 10, words: notice(1) },
    { id: 2, at: 20, words: notice(2) },
  ]);
  const told: number[][] = [];
  again.changed.on((notices) => told.push(notices.map(({ id }) => id)));
  again.remove(1);
  again.remove(7);
  expect(told).toEqual([[2]]);
  expect(
    openNotices(repository, silentLogger)
      .list()
      .map(({ id }) => id),
  ).toEqual([2]);
});

test("what stands already is not told twice", () => {
  const notices = openNotices(settings().repository, silentLogger);
  notices.add(notice(1), 10);
  notices.add(notice(1), 20);
  expect(notices.list()).toEqual([{ id: 1, at: 10, words: notice(1) }]);
});

test("of more than twenty the oldest go, and no number is given twice", () => {
  const notices = openNotices(settings().repository, silentLogger);
  for (let port = 1; port <= 25; port++) notices.add(notice(port), port);
  expect(notices.list().map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, at) => at + 6));
});

test("one that cannot be kept stands all the same", () => {
  const { repository, state } = settings();
  const logged: unknown[] = [];
  const log = { ...silentLogger, error: (text: string, details?: object) => logged.push([text, details]) };
  const notices = openNotices(repository, log);
  state.fails = true;
  notices.add(notice(1), 10);
  expect(notices.list()).toHaveLength(1);
  expect(logged).toEqual([["a notice could not be kept", { error: new Error("the disk is full") }]]);
});

test("what is no notice is passed over", () => {
  const { repository, values } = settings();
  values.notices = [{ id: 1, at: 10, words: notice(1) }, { id: 2 }, null, "a notice"];
  expect(openNotices(repository, silentLogger).list()).toHaveLength(1);
  values.notices = "none";
  expect(openNotices(repository, silentLogger).list()).toEqual([]);
});
