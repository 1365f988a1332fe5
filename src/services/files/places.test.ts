import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { createFilePlaces } from "./places.ts";

test("a place is good once", () => {
  const places = createFilePlaces(createManualClock());
  const [up, down] = [places.open({ up: { name: "a.log" } }), places.open({ down: 7 })];
  expect(up).toMatch(/^\/files\/[\w-]{32}$/);
  expect([places.take(down), places.take(down)]).toEqual([{ down: 7 }, null]);
  expect([places.take(up), places.take(up)]).toEqual([{ up: { name: "a.log" } }, null]);
  expect([places.take("/files/"), places.take("/files/x")]).toEqual([null, null]);
});

test("a place is good for ten minutes", () => {
  const clock = createManualClock();
  const places = createFilePlaces(clock);
  const [soon, late] = [places.open({ down: 1 }), places.open({ down: 2 })];
  clock.advance(599_999);
  expect(places.take(soon)).toEqual({ down: 1 });
  clock.advance(1);
  expect(places.take(late)).toBeNull();
});

test("of more than a hundred places the oldest is good no more", () => {
  const places = createFilePlaces(createManualClock());
  const paths = Array.from({ length: 101 }, (_, id) => places.open({ down: id }));
  expect(paths.map(places.take)).toEqual([null, ...Array.from({ length: 100 }, (_, at) => ({ down: at + 1 }))]);
});
