import type { JsonObject } from "../../lib/json.ts";
import { asNumber, objects, text } from "../read.ts";

/** The measured values of a message in short: of the newest group, digits as sent. */

const defaultMeasurand = "Energy.Active.Import.Register";
const defaultUnits: Record<string, string> = {
  "Energy.Active.Import.Register": "Wh",
  "Power.Active.Import": "W",
  "Current.Import": "A",
  SoC: "%",
};

/** What was measured of one measurand, e.g. "7.2 kW", or by phase "10 / 10 / 9.8 A". Undefined when it is not told. */
export function measured(payload: JsonObject, measurand: string): string | undefined {
  const group = [...objects(payload, "meterValue"), ...objects(payload, "transactionData")].at(-1);
  const told = objects(group, "sampledValue").filter(
    (sample) =>
      (text(sample, "measurand") ?? defaultMeasurand) === measurand &&
      text(sample, "format") !== "SignedData" &&
      (text(sample, "location") ?? "Outlet") === "Outlet" &&
      digits(sample) !== undefined,
  );
  const total = told.find((sample) => text(sample, "phase") === undefined);
  const shown = total ? [total] : told;
  const first = shown[0];
  if (!first) return undefined;
  return `${shown.map(digits).join(" / ")} ${unitOf(first, measurand)}`;
}

function unitOf(sample: JsonObject, measurand: string): string {
  const unit =
    text(sample, "unit") ?? text(objects(sample, "unitOfMeasure")[0], "unit") ?? defaultUnits[measurand] ?? "";
  return unit === "Percent" ? "%" : unit;
}

/** The value as sent; a 2.x multiplier (2.28 unitOfMeasure) is worked in. */
function digits(sample: JsonObject): string | undefined {
  const said = text(sample, "value")?.trim();
  const multiplier = asNumber(objects(sample, "unitOfMeasure")[0]?.multiplier);
  if (!said || !multiplier) return said || undefined;
  const value = asNumber(said);
  return value === undefined ? said : String(Number((value * 10 ** multiplier).toPrecision(12)));
}
