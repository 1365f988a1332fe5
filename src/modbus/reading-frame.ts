import { isJsonObject, type JsonObject, parseJson } from "../lib/json.ts";
import { messageBounds } from "../station/bounds.ts";
import type { EventBody } from "../station/events.ts";
import { findEvse } from "../station/evses.ts";
import type { ConnectorState, SampleGroup, StationInfo, StationState, SummaryField } from "../station/model.ts";
import type { BlockReading } from "./device/read-device.ts";
import type { Told, ToldStatus } from "./profile/told.ts";
import { isStatus } from "./profile/words.ts";

/** The action of a frame that holds one reading of a device: the registers as they came, and what the profile made of them then. A profile
 * that changes later changes nothing of it. */
export const readingAction = "Modbus";
/** The same of what a station answered on its console. */
export const consoleAction = "Console";

/** Whether a frame of this action holds a reading of ours. */
export function isReading(action: string | null): boolean {
  return action === readingAction || action === consoleAction;
}

/** A reading as it is put on record. */
export function writeReading(profile: string, unit: number, blocks: readonly BlockReading[], told: Told): string {
  return JSON.stringify({
    modbus: 1,
    profile,
    unit,
    reads: blocks.map(({ table, address, registers, trouble }) => ({
      table,
      address,
      ...(registers && { registers: registers.map((one) => one.toString(16).padStart(4, "0")).join(" ") }),
      ...(trouble && { refused: trouble.code }),
    })),
    told: { info: told.info, statuses: told.statuses, samples: told.samples },
  });
}

/** What a reading on record tells. A status is told when it differs from the one that stands, or when it is the first since the link came up:
 * reading the same again is no news. */
export function readingEvents(text: string, station: StationState): EventBody[] {
  const told = toldIn(text);
  if (!told) return [];
  const events: EventBody[] = [];
  if (told.info && changes(station.info, told.info)) events.push({ kind: "identified", info: told.info });
  for (const status of told.statuses) {
    const { evse, errorCode, vendorErrorCode, info } = status;
    if (!isStatus(status.status) || !isNews(station, status)) continue;
    events.push({
      kind: "status",
      evse,
      connector: evse === 0 ? 0 : 1,
      status: status.status,
      ...(errorCode !== undefined && { errorCode }),
      ...(vendorErrorCode !== undefined && { vendorErrorCode }),
      ...(info !== undefined && { info }),
    });
  }
  for (const { evse, samples } of told.samples) {
    const groups: SampleGroup[] = [{ samples }];
    events.push({ kind: "sampled", evse, groups });
  }
  return events;
}

/** The fields of a reading that matter in a list. */
export function summariseReading(text: string): SummaryField[] {
  const told = toldIn(text);
  if (!told) return [];
  const fields: SummaryField[] = told.statuses.map(({ status }) => ({ label: "status", value: status }));
  const [error] = told.statuses.flatMap(({ info, vendorErrorCode }) => info ?? vendorErrorCode ?? []);
  if (error !== undefined) fields.push({ label: "vendorError", value: error.slice(0, longest) });
  const all = told.samples.flatMap(({ samples }) => samples);
  for (const [label, measurand] of summarised) {
    const sample = all.find((one) => one.measurand === measurand && one.phase === undefined);
    if (sample) fields.push({ label, value: `${sample.said} ${sample.unit}` });
  }
  return fields.slice(0, 4);
}

const longest = 80;
const summarised = [
  ["power", "Power.Active.Import"],
  ["energy", "Energy.Active.Import.Register"],
] as const;

type ToldThen = { info: StationInfo | null; statuses: ToldStatus[]; samples: Told["samples"] };

/** What was made of the registers when they came; null where the text is no reading. */
function toldIn(text: string): ToldThen | null {
  let frame: unknown;
  try {
    frame = parseJson(text, messageBounds);
  } catch {
    return null;
  }
  if (!isJsonObject(frame) || (frame.modbus !== 1 && frame.console !== 1) || !isJsonObject(frame.told)) return null;
  const { info, statuses, samples } = frame.told;
  return {
    info: isJsonObject(info) ? (info as StationInfo) : null,
    statuses: objects(statuses).filter((one) => typeof one.evse === "number") as ToldStatus[],
    samples: objects(samples).filter(({ samples: list }) => Array.isArray(list)) as unknown as Told["samples"],
  };
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function changes(known: StationInfo, told: StationInfo): boolean {
  return Object.entries(told).some(([key, value]) => known[key as keyof StationInfo] !== value);
}

function isNews(station: StationState, told: ToldStatus): boolean {
  const known: ConnectorState | undefined =
    told.evse === 0
      ? station.station
      : findEvse(station, told.evse)?.connectors.find(({ connector }) => connector === 1);
  if (!known || known.status !== told.status || known.at === undefined) return true;
  if (known.at < (station.link.since ?? 0)) return true;
  return (
    known.errorCode !== told.errorCode || known.vendorErrorCode !== told.vendorErrorCode || known.info !== told.info
  );
}
