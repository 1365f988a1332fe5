import { expect, test } from "vitest";
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
