import { expect, test } from "vitest";
import { createEmitter } from "../../lib/emitter.ts";
import { createLogger, silentLogger } from "../../lib/logger.ts";
import type { ListeningPlace } from "./contract.ts";
import { followPortHolders } from "./port-holders.ts";

const at = (port: number, more: Partial<ListeningPlace> = {}): ListeningPlace => ({
  host: "0.0.0.0",
  port,
  wanted: port,
  mode: "both",
  ...more,
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

function follow(first: ListeningPlace[], programs: Record<number, string>) {
  const state = { places: first };
  const asked: number[] = [];
  const logged: string[] = [];
  const changed = createEmitter<void>(silentLogger);
  const holders = followPortHolders({
    listening: () => state.places,
    changed,
    async ask(port) {
      asked.push(port);
      return programs[port] ?? null;
    },
    log: createLogger((line) => logged.push(line)),
  });
  const heldBy = () => holders.told(state.places).map((place) => place.heldBy ?? null);
  return { state, asked, logged, changed, holders, heldBy };
}

test("a port that was taken, is taken, or is another's on 127.0.0.1 is told with its program", async () => {
  const places = [
    at(9001, { wanted: 9000 }),
    at(9100, { problem: "EADDRINUSE" }),
    at(9200, { shadowed: true }),
    at(9300),
    at(80, { problem: "EACCES" }),
  ];
  const { heldBy, asked, logged } = follow(places, { 9000: "a", 9200: "c", 9300: "d", 80: "e" });
  expect(heldBy()).toEqual([null, null, null, null, null]);
  await settled();
  expect(asked).toEqual([9000, 9100, 9200]);
  expect(heldBy()).toEqual(["a", null, "c", null, null]);
  expect(logged.map((line) => line.replace(/^.*warn\s+/, ""))).toEqual([
    "port 9000 is held by a",
    "port 9200 is held by c",
  ]);
});

test("it is asked anew when the places change, and not after the end", async () => {
  const programs = { 9000: "a" };
  const { state, changed, holders, heldBy, asked, logged } = follow([at(9000)], programs);
  await settled();
  expect(asked).toEqual([]);
  state.places = [at(9001, { wanted: 9000 })];
  changed.emit();
  await settled();
  expect(heldBy()).toEqual(["a"]);
  for (const program of ["a", "b"]) {
    programs[9000] = program;
    changed.emit();
    await settled();
  }
  expect(heldBy()).toEqual(["b"]);
  expect(logged.map((line) => line.replace(/^.*warn\s+/, ""))).toEqual([
    "port 9000 is held by a",
    "port 9000 is held by b",
  ]);
  void holders.dispose();
  changed.emit();
  expect(asked).toEqual([9000, 9000, 9000]);
});

test("what is found of places that have changed meanwhile, or after the end, counts no more", async () => {
  const answers: ((program: string) => void)[] = [];
  const changed = createEmitter<void>(silentLogger);
  let places = [at(9001, { wanted: 9000 }), at(9101, { wanted: 9100 })];
  const holders = followPortHolders({
    listening: () => places,
    changed,
    ask: () => new Promise((resolve) => answers.push(resolve)),
    log: silentLogger,
  });
  const heldBy = () => holders.told(places).map((place) => place.heldBy ?? null);
  places = [at(9201, { wanted: 9200 })];
  changed.emit();
  answers[1]?.("new");
  await settled();
  answers[0]?.("old");
  await settled();
  expect([answers.length, heldBy()]).toEqual([2, ["new"]]);
  changed.emit();
  void holders.dispose();
  answers[2]?.("late");
  await settled();
  expect(heldBy()).toEqual(["new"]);
});
