import { expect, it } from "vitest";
import type { Unit } from "../../../../src/lib/units.ts";
import { legendText } from "./paint.ts";

const number = (value: number, digits: number) => value.toFixed(digits);

it.each<[number | null, Unit, string]>([
  [null, "W", "–"],
  [10_755, "W", "10.76 kW"],
  [1_500, "Wh", "1.50 kWh"],
  [230.04, "V", "230.0 V"],
  [15.96, "A", "16.0 A"],
  [49.987, "Hz", "49.99 Hz"],
  [26.4, "Percent", "26 %"],
  [900.2, "RPM", "900 rpm"],
  [21.84, "Celsius", "21.8 °C"],
  [-1_500, "var", "-1.50 kvar"],
  [0.987, "", "0.99"],
])("%s %s reads %s in the legend", (value, unit, text) => {
  expect(legendText(value, unit, number).replace("\u202f", " ")).toBe(text);
});
