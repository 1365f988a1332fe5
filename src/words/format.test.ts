import { describe, expect, it } from "vitest";
import {
  bytesText,
  clockDuration,
  dateText,
  dayText,
  differenceText,
  durationText,
  latencyText,
  measuredText,
  momentText,
  numberText,
  quantityParts,
  quantityText,
  timeText,
} from "./format.ts";

const local = (hour: number, minute: number, second: number, ms = 0) =>
  new Date(2026, 4, 3, hour, minute, second, ms).getTime();

describe("numbers", () => {
  it("have a decimal point in English and a decimal comma in Swedish", () => {
    expect([numberText("en", 1234.5, 1), numberText("sv", 1234.5, 1)]).toEqual(["1,234.5", "1\u00a0234,5"]);
  });

  it("never read minus zero", () => {
    expect(numberText("en", -0.001, 1)).toBe("0.0");
  });
});

describe("quantities", () => {
  it("are read in kilo where the base unit is small, with a thin space before the unit", () => {
    expect(quantityText("en", 11_040, "W")).toBe("11.04\u202fkW");
    expect(quantityText("sv", 4310, "Wh")).toBe("4,31\u202fkWh");
    expect(quantityText("sv", 230.44, "V")).toBe("230,4\u202fV");
  });

  it("come in parts, for a number set larger than its unit", () => {
    expect(quantityParts("en", 41.5, "Celsius")).toEqual({ number: "41.5", unit: "°C" });
  });

  it("stand alone where there is no unit", () => {
    expect(quantityText("en", 0.98, "")).toBe("0.98");
  });
});

describe("times", () => {
  it("are local, 24 h, with seconds, and milliseconds where asked", () => {
    expect([timeText(local(9, 2, 5, 42)), timeText(local(21, 2, 5, 42), true)]).toEqual(["09:02:05", "21:02:05.042"]);
  });

  it("carry their date only on another day", () => {
    expect(dateText(local(1, 0, 0))).toBe("2026-05-03");
    expect(momentText(local(1, 0, 0), local(23, 59, 59))).toBe("01:00:00");
    expect(momentText(local(1, 0, 0), local(24, 0, 0))).toBe("2026-05-03 01:00:00");
  });
});

describe("lengths of time", () => {
  it("are told in their two largest parts", () => {
    const said = [0, 388, 41_000, 252_000, 7_500_000, 273_600_000, 3_600_000].map(durationText);
    const plain = said.map((text) => text.replaceAll("\u202f", " "));
    expect(plain).toEqual(["0 s", "388 ms", "41 s", "4 min 12 s", "2 h 5 min", "3 d 4 h", "1 h"]);
  });

  it("keep their sign", () => {
    expect([durationText(-7400), measuredText(-7400)]).toEqual(["−7\u202fs", "−7400\u202fms"]);
  });

  it("are rounded, and carried into the larger part", () => {
    const said = [999.6, 1499, 1500, 59_600, 3_599_400, 3_599_600, 7_559_000, 86_369_000, 86_399_000].map(durationText);
    const plain = said.map((text) => text.replaceAll("\u202f", " "));
    expect(plain).toEqual(["1 s", "1 s", "2 s", "1 min", "59 min 59 s", "1 h", "2 h 6 min", "23 h 59 min", "1 d"]);
  });

  it("that were measured are told to the millisecond below ten seconds", () => {
    const said = [0, 388.4, 1500, 2000, 9999.7, 10_400, 62_000].map(measuredText);
    const plain = said.map((text) => text.replaceAll("\u202f", " "));
    expect(plain).toEqual(["0 s", "388 ms", "1500 ms", "2 s", "10 s", "10 s", "1 min 2 s"]);
  });

  it("of an answer are never told as nothing", () => {
    expect([0, 0.4, 12, 1500.4, 9999, 10_000, 62_000].map(latencyText)).toEqual([
      "<1\u202fms",
      "<1\u202fms",
      "12\u202fms",
      "1500\u202fms",
      "9999\u202fms",
      "10\u202fs",
      "1\u202fmin 2\u202fs",
    ]);
  });

  it("run like a clock", () => {
    expect([41_000, 725_000, 3_723_000, -5].map(clockDuration)).toEqual(["0:41", "12:05", "1:02:03", "0:00"]);
  });
});

it("bytes are read in kilo and mega", () => {
  expect([bytesText("en", 512), bytesText("sv", 1234), bytesText("en", 1_500_000)]).toEqual([
    "512\u202fB",
    "1,2\u202fkB",
    "1.5\u202fMB",
  ]);
});

it("every unit is read as people know it, with the digits that mean something", () => {
  const plain = (text: string) => text.replaceAll("\u202f", " ").replaceAll("\u00a0", "_");
  const units = ["Wh", "W", "varh", "var", "VA", "VAh", "A", "V", "Hz", "Celsius", "Percent", "RPM", ""] as const;
  expect(units.map((unit) => plain(quantityText("en", 1234.567, unit)))).toEqual([
    ...["1.23 kWh", "1.23 kW", "1.23 kvarh", "1.23 kvar", "1.23 kVA", "1.23 kVAh"],
    ...["1,234.6 A", "1,234.6 V", "1,234.57 Hz", "1,234.6 °C", "1,235 %", "1,235 rpm", "1,234.57"],
  ]);
  expect(units.map((unit) => plain(quantityText("sv", 1234.567, unit)))).toEqual([
    ...["1,23 kWh", "1,23 kW", "1,23 kvarh", "1,23 kvar", "1,23 kVA", "1,23 kVAh"],
    ...["1_234,6 A", "1_234,6 V", "1_234,57 Hz", "1_234,6 °C", "1_235 %", "1_235 rpm", "1_234,57"],
  ]);
});

it("each turns into the next larger one where it is so much, and not before", () => {
  const plain = (text: string) => text.replaceAll("\u202f", " ");
  const at = [999.4, 999.5, 59_499, 3_599_499, 3_599_500, 86_369_999, 86_370_000, 90_000_000, 172_800_000];
  expect(at.map((ms) => plain(durationText(ms)))).toEqual([
    ...["999 ms", "1 s", "59 s", "59 min 59 s", "1 h", "23 h 59 min", "1 d", "1 d 1 h", "2 d"],
  ]);
  expect([999, 1000, 999_949, 1_000_000].map((bytes) => plain(bytesText("en", bytes)))).toEqual([
    ...["999 B", "1.0 kB", "999.9 kB", "1.0 MB"],
  ]);
  expect([59_999, 60_000, 3_599_999, 3_600_000, 90_061_000].map(clockDuration)).toEqual([
    ...["0:59", "1:00", "59:59", "1:00:00", "25:01:01"],
  ]);
  expect([0, -0.4, -0.5, 1234, -1234, 59_999, 61_234, -3_725_006].map(differenceText)).toEqual([
    ...["+0.000", "+0.000", "−0.001", "+1.234", "−1.234", "+59.999", "+1:01.234", "−1:02:05.006"],
  ]);
  expect([0, 0.999, 1].map((ms) => plain(latencyText(ms)))).toEqual(["<1 ms", "<1 ms", "1 ms"]);
});

it("a day has its name, in capitals in both languages", () => {
  expect([dayText("en", local(12, 0, 0)), dayText("sv", local(12, 0, 0))]).toEqual([
    "Sunday 2026-05-03",
    "Söndag 2026-05-03",
  ]);
});
