import type { Json, JsonObject } from "../../lib/json.ts";
import { isJsonObject } from "../../lib/json.ts";
import { asNumber, objects, text } from "../../ocpp/read.ts";
import type { Request } from "../model.ts";

const register = "Energy.Active.Import.Register";

/** The request with each of its values changed, in either version's shape. */
export function withSamples(request: Request, change: (sample: JsonObject) => JsonObject): Request {
  const payload: JsonObject = { ...request.payload };
  for (const field of ["meterValue", "transactionData"]) {
    if (!Array.isArray(payload[field])) continue;
    payload[field] = objects(payload, field).map((group) => ({
      ...group,
      sampledValue: objects(group, "sampledValue").map(change),
    }));
  }
  return { ...request, payload };
}

/** The request with the values of the energy register changed, Wh to Wh. The digits stay of the kind that they were. */
export function withRegister(request: Request, change: (wh: number) => number): Request {
  return withSamples(request, (sample) => {
    const wh = asNumber(sample.value);
    if (wh === undefined || (text(sample, "measurand") ?? register) !== register) return sample;
    return { ...sample, value: like(sample.value, change(wh)) };
  });
}

function like(before: Json | undefined, value: number): Json {
  return typeof before === "string" ? String(value) : value;
}

/** The request with each of its times changed. */
export function withTimes(request: Request, change: (time: string) => string): Request {
  return { ...request, payload: timesIn(request.payload, change) };
}

function timesIn(from: JsonObject, change: (time: string) => string): JsonObject {
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(from)) result[name] = timeIn(name, value, change);
  return result;
}

function timeIn(name: string, value: Json, change: (time: string) => string): Json {
  if (typeof value === "string") return name === "timestamp" || name === "generatedAt" ? change(value) : value;
  if (Array.isArray(value)) return value.map((item) => timeIn(name, item, change));
  return isJsonObject(value) ? timesIn(value, change) : value;
}
