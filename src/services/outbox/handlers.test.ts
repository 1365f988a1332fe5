import { expect, test } from "vitest";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import { watch } from "../testing/open-services.ts";
import { outboxHandlers } from "./handlers.ts";
import type { Outbox } from "./outbox.ts";
import type { Redacting } from "./redacting.ts";

/** Notes what is asked of it, by name, with what it was given. */
function noting<T extends object>(asked: unknown[]): T {
  return new Proxy({} as T, {
    get:
      (_target, name) =>
      (...given: unknown[]) => {
        asked.push([name, ...given]);
        return `${String(name)} done`;
      },
  });
}

test.each<[string, unknown, unknown[]]>([
  ["outbox.add", { file: 7, destination: "usb" }, ["add", 7, "usb"]],
  ["outbox.remove", { id: 3 }, ["remove", 3]],
  ["outbox.run", {}, ["run"]],
  [
    "outbox.save",
    { name: "usb", kind: "folder", path: "/x", secret: { password: "p" } },
    ["save", { name: "usb", kind: "folder", path: "/x" }, { password: "p" }],
  ],
  ["outbox.forget", { name: "usb" }, ["forget", "usb"]],
  ["outbox.preview", { file: 7 }, ["preview", 7]],
  ["outbox.redact", { file: 7 }, ["copy", 7]],
  ["outbox.test", { name: "usb" }, ["test", "usb"]],
])("%s is handed on once", async (name, input, wanted) => {
  const asked: unknown[] = [];
  const handlers = outboxHandlers(noting<Outbox>(asked), noting<Redacting>(asked)) as unknown as Record<
    string,
    (input: unknown) => unknown
  >;
  await handlers[name]?.(input);
  expect(asked).toEqual([wanted]);
});

test("what waits and where it may go is told as it is, comes and goes, to who still looks", async () => {
  const outbox = {
    changed: createEmitter<unknown>(silentLogger),
    destinationChanged: createEmitter<unknown>(silentLogger),
    list: () => ["entry"],
    destinations: () => ["destination"],
    test: async () => ({ phrase: "no-core" }),
  };
  const handlers = outboxHandlers(outbox as unknown as Outbox, {} as Redacting);
  const [entries, places] = [watch(handlers["outbox.list"], {}), watch(handlers["outbox.destinations"], {})];
  for (const entry of [{ id: 4 }, null]) outbox.changed.emit({ id: 4, entry });
  for (const destination of [{ name: "n" }, null]) outbox.destinationChanged.emit({ name: "n", destination });
  for (const feed of [entries, places]) feed.close();
  outbox.changed.emit({ id: 4, entry: null });
  outbox.destinationChanged.emit({ name: "n", destination: null });
  expect([entries.snapshot, places.snapshot]).toEqual([["entry"], ["destination"]]);
  expect([entries.told, places.told]).toEqual([
    [
      { key: "4", row: { id: 4 } },
      { key: "4", row: null },
    ],
    [
      { key: "n", row: { name: "n" } },
      { key: "n", row: null },
    ],
  ]);
  expect(await handlers["outbox.test"]({ name: "n" })).toEqual({ problem: { phrase: "no-core" } });
});
