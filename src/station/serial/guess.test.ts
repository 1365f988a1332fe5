import { describe, expect, it } from "vitest";
import { guessSettings, type Heard, judgeBytes } from "./guess.ts";

const log = Buffer.from("I (123) wifi: connected, laddstolpe på plats\r\n");
const noise = Uint8Array.from({ length: 60 }, (_, n) => (n * 151 + 77) % 256);

/** As seven data bits with a parity are heard by eight without. */
function withParity(text: string, odd: number): Uint8Array {
  return Uint8Array.from(Buffer.from(text), (byte) => {
    const count = [...byte.toString(2)].filter((bit) => bit === "1").length;
    return byte | (((count + odd) % 2) << 7);
  });
}

describe("what was heard", () => {
  it("reads as text, or does not", () => {
    expect(judgeBytes(log).text).toBe(1);
    expect(judgeBytes(noise).text).toBeLessThan(0.7);
    expect(judgeBytes(new Uint8Array())).toEqual({ bytes: 0, text: 0 });
  });

  it("has a parity where every byte has it", () => {
    expect(judgeBytes(withParity("U-Boot 2018.03 ready", 0))).toMatchObject({ text: 1, parity: "even" });
    expect(judgeBytes(withParity("U-Boot 2018.03 ready", 1))).toMatchObject({ text: 1, parity: "odd" });
    expect(judgeBytes(noise).parity).toBeUndefined();
  });
});

describe("a guess", () => {
  const at = (right: number, heard: Heard) => (baud: number) =>
    Promise.resolve(baud === right ? heard : judgeBytes(noise));

  it("stops at the first speed that reads as text", async () => {
    const tried: number[] = [];
    const { guess } = await guessSettings(at(9600, judgeBytes(log)), (_at, baud) => tried.push(baud) > 0);
    expect(guess?.settings).toEqual({ baudRate: 9600, dataBits: 8, parity: "none" });
    expect(tried).toEqual([115_200, 9600]);
  });

  it("tells seven data bits with their parity, and silence from noise", async () => {
    const { guess } = await guessSettings(
      at(2400, judgeBytes(withParity("OpenEVSE 8.2.1 ready and well, all of it", 0))),
    );
    expect(guess?.settings).toEqual({ baudRate: 2400, dataBits: 7, parity: "even" });
    expect(await guessSettings(async () => judgeBytes(noise))).toEqual({ guess: null, heard: 60 });
    expect(await guessSettings(async () => ({ bytes: 0, text: 0 }))).toEqual({ guess: null, heard: 0 });
  });

  it("ends when it is not wanted any more", async () => {
    let asked = 0;
    await guessSettings(
      async () => judgeBytes(noise),
      () => ++asked < 3,
    );
    expect(asked).toBe(3);
  });
});
