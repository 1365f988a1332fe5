import { expect, it } from "vitest";
import { SignWatch } from "./sign-watch.ts";

const reset = "rst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)";
const loader = "I (29) boot: ESP-IDF v4.4.2 2nd stage bootloader";
const guru = "Guru Meditation Error: Core  1 panic'ed (LoadProhibited). Exception was unhandled.";

function follow(lines: readonly [number, string][]): string[] {
  const watch = new SignWatch();
  return lines.flatMap(([seconds, line]) =>
    watch.line(line, seconds * 1000).map(({ sign, again }) => sign + (again ? ` +${again}` : "")),
  );
}

it("tells a reset and the start after it as one", () => {
  expect(
    follow([
      [0, reset],
      [0.1, loader],
      [100, loader],
    ]),
  ).toEqual(["reset", "started"]);
});

it("takes what starts ten seconds after a reset for a start of its own, and what starts sooner not", () => {
  const started = (seconds: number) =>
    follow([
      [0, reset],
      [seconds, loader],
    ]);
  expect([started(9.999), started(10)]).toEqual([["reset"], ["reset", "started"]]);
});

it("tells a loop as one, and what comes again once a minute with its count", () => {
  const loop = Array.from({ length: 100 }, (_, n): [number, string][] => [
    [n * 2, guru],
    [n * 2 + 0.5, reset],
    [n * 2 + 0.6, loader],
  ]);
  expect(follow(loop.flat())).toEqual([
    "panic",
    "reset",
    "boot-loop",
    "panic +29",
    "reset +29",
    "panic +29",
    "reset +29",
    "panic +29",
    "reset +29",
    "boot-loop",
  ]);
});

it("tells a loop again three minutes after it told it, and not before", () => {
  const loops = (seconds: number[]) =>
    follow(seconds.map((at): [number, string] => [at, reset])).filter((sign) => sign === "boot-loop").length;
  const every45 = [0, 45, 90, 135, 180, 225, 270];
  expect([loops(every45.slice(0, 3)), loops(every45), loops([...every45, 314.9]), loops([...every45, 315])]).toEqual([
    ...[0, 1, 1, 2],
  ]);
  // Of four starts within three minutes, and not of four in three minutes.
  expect([loops([0, 60, 120, 179.9]), loops([0, 60, 120, 180])]).toEqual([1, 0]);
});

it("is bounded whatever a console prints", () => {
  const flood = Array.from({ length: 5000 }, (_, n): [number, string] => [n / 100, `Kernel panic - not syncing: ${n}`]);
  expect(follow(flood)).toHaveLength(30);
});
