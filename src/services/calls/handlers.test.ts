import { expect, test } from "vitest";
import { mostSavedCalls } from "../../station/bounds.ts";
import { SavedCallsRepository } from "../../store/kept/saved-calls.ts";
import { openServices, watch } from "../testing/open-services.ts";
import { callsHandlers } from "./handlers.ts";

const call = (name: string, payload = "{}") => ({ name, action: "Reset", payload });

async function setUp() {
  const { database, context } = await openServices();
  const repository = new SavedCallsRepository(database);
  return { database, repository, handlers: callsHandlers(repository, context.log) };
}

test("a call is kept under its name, replaced, and taken away; who looks is told", async () => {
  const { repository, handlers } = await setUp();
  handlers["calls.save"](call("b"));
  const { snapshot, told, close } = watch(handlers["calls.list"], {});
  expect(snapshot).toEqual([call("b")]);
  expect(handlers["calls.save"](call("a"))).toEqual(call("a"));
  handlers["calls.save"](call("b", '{"type":"Soft"}'));
  expect(repository.all()).toEqual([call("a"), call("b", '{"type":"Soft"}')]);
  expect(handlers["calls.remove"]({ name: "a" })).toBeNull();
  expect(repository.all()).toEqual([call("b", '{"type":"Soft"}')]);
  close();
  handlers["calls.save"](call("c"));
  expect(told).toEqual([
    { key: "a", row: call("a") },
    { key: "b", row: call("b", '{"type":"Soft"}') },
    { key: "a", row: null },
  ]);
});

test("when there are as many as may be, one can be replaced, and no other added", async () => {
  const { database, repository, handlers } = await setUp();
  database.transaction(() => {
    for (let at = 1; at < mostSavedCalls; at++) repository.save(call(`n${at}`));
  });
  handlers["calls.save"](call("last"));
  expect(() => handlers["calls.save"](call("more"))).toThrow(
    expect.objectContaining({
      code: "conflict",
      words: { phrase: "too-many-saved-calls", values: { count: mostSavedCalls } },
    }),
  );
  handlers["calls.save"](call("last", "[]"));
  expect(repository.all()).toHaveLength(mostSavedCalls);
  expect(repository.all().find(({ name }) => name === "last")).toEqual(call("last", "[]"));
});
