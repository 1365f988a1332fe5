import { expect, test, vi } from "vitest";
import { ring } from "./ring.ts";

test("two short notes, one after the other, that fade out; none before the first click or key", () => {
  const done: unknown[] = [];
  const isActive = { hasBeenActive: false };
  vi.stubGlobal("navigator", { userActivation: isActive });
  const tone = {
    frequency: { setValueAtTime: (...at: number[]) => done.push(["note", ...at]) },
    connect: (next: object) => next,
    start: () => done.push("start"),
    stop: (at: number) => done.push(["stop", at]),
    onended: (): unknown => undefined,
  };
  const level = {
    gain: {
      setValueAtTime: (...at: number[]) => done.push(["level", ...at]),
      linearRampToValueAtTime: (...at: number[]) => done.push(["ramp", ...at]),
    },
    connect: (end: unknown) => done.push(end),
  };
  vi.stubGlobal(
    "AudioContext",
    class {
      currentTime = 10;
      destination = "the speaker";
      createOscillator = () => tone;
      createGain = () => level;
      close = async () => void done.push("closed");
    },
  );
  ring();
  expect(done).toEqual([]);
  isActive.hasBeenActive = true;
  ring();
  expect(done.splice(0)).toEqual([
    ...[
      ["note", 660, 10],
      ["note", 880, 10.16],
      ["level", 0.2, 10],
      ["ramp", 0, 10.32],
    ],
    ...["the speaker", "start", ["stop", 10.32]],
  ]);
  tone.onended();
  expect(done).toEqual(["closed"]);
});
