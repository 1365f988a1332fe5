import { expect, test } from "vitest";
import type { Attempt } from "../../station/attempts.ts";
import { MomentsRepository } from "../../store/moments/moments.ts";
import { createFilePlaces } from "../files/places.ts";
import { openServices } from "../testing/open-services.ts";
import type { ExportWish } from "./contract.ts";
import { exportHandlers } from "./handlers.ts";

function attempt(id: number, identity: string): Attempt {
  return {
    id,
    identity,
    state: "stopped",
    lastAt: id,
    remoteAddress: "192.0.2.7",
    passed: "tcp",
    repeats: 1,
    causes: [],
  } as unknown as Attempt;
}

async function setUp() {
  const bench = await openServices();
  const places = createFilePlaces(bench.clock);
  const kept = [attempt(1, "CP1"), attempt(2, "old"), attempt(3, "CP3")];
  const attempts = {
    tracker: { recent: () => [attempt(2, "new"), attempt(4, "CP4")] },
    repository: { newest: () => kept },
  };
  const handlers = exportHandlers(bench.context, {
    attempts,
    places,
    moments: new MomentsRepository(bench.database),
  } as unknown as Parameters<typeof exportHandlers>[1]);
  async function fetch(path: string) {
    const place = places.take(path);
    if (!place || !("made" in place)) throw new Error("nothing is made there");
    let text = "";
    for await (const piece of place.made.text()) text += piece.text;
    return { name: place.made.name, text };
  }
  const open = (wish: ExportWish, form: "csv" | "ndjson" = "ndjson") =>
    handlers["export.open"]({ wish, form, language: "en" });
  return { ...bench, open, fetch };
}

test("a list is fetched under its name, with what came until it is fetched, and no secret", async () => {
  const { open, fetch, tell } = await setUp();
  tell("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  const place = await open({ list: "frames", station: "CP1" });
  expect(place.name).toMatch(/^plugside-CP1-frames-20260101-\d{4}\.ndjson$/);
  tell("secret", "Heartbeat", { password: "hunter22" });
  const { name, text } = await fetch(place.path);
  const rows = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { action: string });
  expect([name, rows.map(({ action }) => action)]).toEqual([
    place.name,
    ["BootNotification", "BootNotification", "Heartbeat", "Heartbeat"],
  ]);
  expect(text).not.toContain("hunter22");
});

test("attempts under way are ahead of the record: each stands once, as it is now", async () => {
  const { open, fetch } = await setUp();
  const { text } = await fetch((await open({ list: "attempts" })).path);
  expect(
    text
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as Attempt).identity),
  ).toEqual(["CP1", "CP3", "new", "CP4"]);
});

test("a station that nobody knows is refused at once, save for attempts: it may never have come in", async () => {
  const { open, fetch } = await setUp();
  expect(() => open({ list: "history", station: "CP3" })).toThrow(expect.objectContaining({ code: "not-found" }));
  const { text } = await fetch((await open({ list: "attempts", station: "CP3" }, "csv")).path);
  expect(text.trimEnd().split("\n")).toHaveLength(2);
});

test("what waits to be stored when the file is fetched stands in it", async () => {
  const { open, fetch, context } = await setUp();
  const { path } = await open({ list: "history", station: "CP1" });
  context.journal.write(context.registry.require("CP1"), { kind: "own-clock-set", byMs: 4711 } as never);
  expect((await fetch(path)).text).toContain("4711");
});
