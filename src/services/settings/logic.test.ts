import { expect, test } from "vitest";
import { silentLogger } from "../../lib/logger.ts";
import type { SettingsRepository } from "../../store/settings.ts";
import { defaultSettings, type Settings, settingsShape } from "./contract.ts";
import { openSettings } from "./logic.ts";

/** Settings on a record in memory. */
function open(stored: Record<string, unknown> = {}) {
  const repository = {
    all: () => stored,
    set: (values: Record<string, unknown>) => void Object.assign(stored, values),
  } as SettingsRepository;
  return { stored, book: openSettings(repository, silentLogger) };
}

test("what was never set has its default", () => {
  expect(open().book.values).toEqual(defaultSettings);
});

test("what is damaged or out of its range has its default, and takes nothing from the rest", () => {
  const { book } = open({ heartbeatSeconds: 0, answerSeconds: "soon", strict: true, nobody: 1 });
  expect(book.values).toEqual({ ...defaultSettings, strict: true });
});

test("a change is kept, told, and leaves the rest as it was", () => {
  const { book, stored } = open({ strict: true });
  const told: Settings[] = [];
  book.changed.on((values) => told.push(values));
  const after = { ...defaultSettings, strict: true, heartbeatSeconds: 60 };
  expect(book.change({ heartbeatSeconds: 60 })).toEqual(after);
  expect([book.values, told, stored]).toEqual([after, [after], { strict: true, heartbeatSeconds: 60 }]);
});

test("tokens that are not listed are accepted until that is turned off", () => {
  expect([open().book.acceptAll, open({ acceptAll: false }).book.acceptAll]).toEqual([true, false]);
  const { book, stored } = open();
  book.setAcceptAll(false);
  expect([book.acceptAll, stored]).toEqual([false, { acceptAll: false }]);
});

test("what is set at first is what most benches want, and each of it is within its range", () => {
  expect(defaultSettings).toEqual({
    language: "system",
    theme: "system",
    notices: "silent",
    port: 9000,
    listeners: [],
    pingSeconds: 30,
    heartbeatSeconds: 300,
    answerSeconds: 30,
    frameLimit: 1_048_576,
    compression: true,
    announce: false,
    bootStatus: "Accepted",
    strict: false,
    unknownStations: "accept",
    timeMilliseconds: true,
    triggerAfterConnect: true,
    signCsr: "auto",
    csrOrganisation: "",
    rsaCertificate: false,
    oldTls: false,
    serverNames: [],
  });
  expect(settingsShape.safeParse(defaultSettings)).toEqual({ success: true, data: defaultSettings });
});
