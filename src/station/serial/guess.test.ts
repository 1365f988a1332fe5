import { describe, expect, it } from "vitest";
import { lineBits, type OnError, received } from "../../../test/harness/serial/uart.ts";
import { guessSettings, type Heard, type HeardFrame, judgeBytes, type ListenSettings, mostListened } from "./guess.ts";

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

  it.each([
    ["printable letters", " ~", 1],
    ["line ends, tabs and escapes", "\n\r\t\x1b", 1],
    ["controls", "\x00\x07\x1f\x7f", 0],
    ["letters of two and three bytes", "åß漢\u07ff\u0800", 1],
    ["half of each", "ab\x00\x01", 0.5],
  ])("%s are text to this part", (_name, text, part) => {
    expect(judgeBytes(Buffer.from(text)).text).toBe(part);
  });

  it.each([
    ["a byte that begins nothing", [0x80, 0xc1, 0xf5], 0],
    ["a letter that is cut off", [0xe6, 0xbc], 0],
    ["a letter whose rest is another", [0xc3, 0x41], 0.5],
    ["a letter of four bytes", [0xf0, 0x9f, 0x98, 0x80], 0],
  ])("%s is none", (_name, bytes, part) => {
    expect(judgeBytes(Uint8Array.from(bytes)).text).toBe(part);
  });

  it("tells a parity from twelve bytes on, and what was dropped from ten letters on", () => {
    expect(judgeBytes(withParity("abcdefghijk", 0)).parity).toBeUndefined();
    expect(judgeBytes(withParity("abcdefghijkl", 0)).parity).toBe("even");
    // As they come through where odd parity breaks the frame of the others.
    const ones = (letter: string) => [...letter.charCodeAt(0).toString(2)].filter((bit) => bit === "1").length;
    const alike = [..."!$'*-03569?ACDFGHIJ"].filter((letter) => ones(letter) % 2 === 0);
    expect(judgeBytes(Buffer.from(alike.slice(0, 9).join("").repeat(3))).dropped).toBeUndefined();
    expect(judgeBytes(Buffer.from(alike.slice(0, 10).join("").repeat(3))).dropped).toBe("odd");
    expect(judgeBytes(Buffer.from(`${alike.slice(0, 10).join("").repeat(3)}\x03`)).dropped).toBeUndefined();
  });

  it("has a parity where every byte has it", () => {
    expect(judgeBytes(withParity("U-Boot 2018.03 ready", 0))).toMatchObject({ text: 1, parity: "even" });
    expect(judgeBytes(withParity("U-Boot 2018.03 ready", 1))).toMatchObject({ text: 1, parity: "odd" });
    expect(judgeBytes(noise).parity).toBeUndefined();
  });
});

describe("a guess", () => {
  const at = (right: number, heard: Heard) => (tried: ListenSettings) =>
    Promise.resolve(tried.baudRate === right && tried.parity === "none" ? heard : judgeBytes(noise));

  it("stops at the first speed that reads as text", async () => {
    const tried: string[] = [];
    const { guess } = await guessSettings(
      at(9600, judgeBytes(log)),
      (_at, { baudRate, parity }) => tried.push(`${baudRate} ${parity}`) > 0,
    );
    expect(guess).toMatchObject({ settings: { baudRate: 9600, dataBits: 8, parity: "none" }, orElse: [] });
    expect(tried).toEqual(["115200 none", "9600 none", "9600 even", "9600 odd"]);
  });

  it.each([
    ["enough to be sure of ends the search", { bytes: 32, text: 0.97 }, 9600, 2],
    ["a little less goes on", { bytes: 31, text: 0.97 }, 9600, 12],
    ["a little less like text goes on", { bytes: 32, text: 0.969 }, 9600, 12],
    ["the least that is told is told", { bytes: 12, text: 0.85 }, 9600, 12],
    ["fewer bytes are not", { bytes: 11, text: 1 }, null, 12],
    ["less like text is not", { bytes: 99, text: 0.849 }, null, 12],
  ] as [string, Heard, number | null, number][])("%s", async (_name, heard, speed, listened) => {
    const speeds: number[] = [];
    const { guess } = await guessSettings(async ({ baudRate, parity }) => {
      if (parity === "none") speeds.push(baudRate);
      return baudRate === 9600 && parity === "none" ? heard : { bytes: 5, text: 0 };
    });
    expect([guess?.settings.baudRate ?? null, speeds.length]).toEqual([speed, listened]);
  });

  it("listens at the speeds that consoles have, in this order, and takes the best of those that are likely", async () => {
    const speeds: number[] = [];
    const { guess, heard } = await guessSettings(async ({ baudRate, parity }) => {
      if (parity === "none") speeds.push(baudRate);
      return { bytes: 20, text: baudRate === 4800 ? 0.95 : baudRate === 57_600 ? 0.9 : 0.86 };
    });
    expect(speeds).toEqual([
      115_200, 9600, 57_600, 38_400, 19_200, 230_400, 460_800, 921_600, 74_880, 1_500_000, 4800, 2400,
    ]);
    expect([guess?.settings.baudRate, heard, mostListened]).toEqual([4800, 20, 14]);
  });

  it("tells seven data bits with their parity, and silence from noise", async () => {
    const { guess } = await guessSettings(
      at(2400, judgeBytes(withParity("OpenEVSE 8.2.1 ready and well, all of it", 0))),
    );
    expect(guess?.settings).toEqual({ baudRate: 2400, dataBits: 7, parity: "even" });
    expect(await guessSettings(async () => judgeBytes(noise))).toEqual({ guess: null, heard: 60 });
    expect(await guessSettings(async () => ({ bytes: 0, text: 0 }))).toEqual({ guess: null, heard: 0 });
  });

  it("finds no speed where there is none", async () => {
    const heard = await guessSettings(async () => ({ ...judgeBytes(log), plain: true as const }));
    expect(heard).toEqual({ guess: null, heard: log.length, plain: true });
  });

  it("takes the first of two speeds that read as well, and tells the most that was heard", async () => {
    const { guess, heard } = await guessSettings(async ({ baudRate, parity }) => {
      const likely = parity === "none" && (baudRate === 9600 || baudRate === 57_600);
      return likely ? { bytes: 20, text: 0.9 } : { bytes: baudRate === 38_400 ? 25 : 3, text: 0 };
    });
    expect([guess?.settings.baudRate, heard]).toEqual([9600, 25]);
  });

  it("listens for no parity that is not wanted any more", async () => {
    const tried: string[] = [];
    const { guess } = await guessSettings(
      async ({ parity }) => {
        tried.push(parity);
        return { bytes: 40, text: parity === "none" ? 1 : 0 };
      },
      (_at, { parity }) => parity !== "even",
    );
    expect([tried, guess?.orElse.map(({ parity }) => parity)]).toEqual([["none", "odd"], ["even"]]);
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

describe("a parity after eight bits", () => {
  const lines =
    "I (29) boot: ESP-IDF v4.4.2 2nd stage bootloader\r\nW (512) wifi: AP 00:1b:44 lost, -71 dBm; [retry] 3/5\r\n";
  const eight = (parity: HeardFrame["parity"]) => ({ dataBits: 8, parity }) as const;
  const [none, even, odd] = [eight("none"), eight("even"), eight("odd")];

  /** A device that says the same over and over, and a receiver that is set to one frame after the other. */
  async function guess(sent: HeardFrame, onError: OnError, gap: number) {
    const bits = lineBits(Buffer.from(lines.repeat(4)), sent, gap);
    const listen = async ({ baudRate, ...frame }: ListenSettings) =>
      baudRate === 19_200 ? judgeBytes(received(bits, frame, onError)) : judgeBytes(noise);
    const found = (await guessSettings(listen)).guess;
    return found && [found.settings.parity, ...found.orElse.map(({ parity }) => parity)];
  }

  it.each([
    ["8N1 that comes without a pause", none, "kept", 0, ["none"]],
    ["8N1 that comes without a pause", none, "dropped", 0, ["none"]],
    ["8N1 with pauses", none, "dropped", 3, ["none"]],
    ["8E1", even, "dropped", 0, ["even"]],
    ["8E1 with pauses", even, "dropped", 3, ["even"]],
    ["8O1", odd, "dropped", 0, ["odd"]],
    // An adapter that tells no errors hands on the same bytes whatever the parity is.
    ["8N1 with pauses", none, "kept", 3, ["none", "even", "odd"]],
    ["8E1", even, "kept", 0, ["none", "even", "odd"]],
    ["8O1 with pauses", odd, "kept", 2, ["none", "even", "odd"]],
  ] as const)(
    "of %s (%j), where what does not fit is %s (%d bits of pause)",
    async (_name, sent, onError, gap, told) => {
      expect(await guess(sent, onError, gap)).toEqual(told);
    },
  );

  it.each([
    [{ bytes: 11, text: 0 }, true],
    [{ bytes: 12, text: 0.96 }, false],
    [{ bytes: 12, text: 0.97 }, true],
    [{ bytes: 40, text: 1, dropped: "odd" }, false],
    [{ bytes: 40, text: 1, parity: "odd" }, false],
  ] as [Heard, boolean][])("is ruled out by what is heard with it, or not: %o", async (heard, open) => {
    const listen = (whole: Heard) =>
      guessSettings(async ({ parity }) =>
        parity === "none" ? whole : parity === "even" ? heard : { bytes: 40, text: 0 },
      );
    expect((await listen({ bytes: 40, text: 1 })).guess?.orElse).toEqual(open ? [even] : []);
    // Where letters were dropped without it, what is whole with it is for sure.
    const { settings, orElse } = (await listen({ bytes: 40, text: 1, dropped: "even" })).guess ?? {};
    const sure = open && heard.text > 0;
    expect([settings?.parity, orElse]).toEqual([open ? "even" : "none", open && !sure ? [none] : []]);
  });

  it("is told from the letters that came where the device fell silent, and then not for sure", async () => {
    const bits = lineBits(Buffer.from(lines), even, 0);
    const listen = async ({ parity }: ListenSettings) =>
      judgeBytes(parity === "none" ? received(bits, none, "dropped") : new Uint8Array());
    expect((await guessSettings(listen)).guess).toMatchObject({ settings: { parity: "even" }, orElse: [none] });
  });
});
