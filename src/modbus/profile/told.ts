import type { Sample, StationInfo } from "../../station/model.ts";
import type { Decoded } from "./decode.ts";
import { isStatus, noStatus, readError } from "./words.ts";

/** What a reading says in the station model's words. */
export type Told = {
  info?: StationInfo;
  statuses: ToldStatus[];
  samples: { evse: number; samples: Sample[] }[];
  /** Registers whose value the profile does not know: what it is for, its address, the value. */
  unknown: { means: string; at: number; said: string }[];
};

export type ToldStatus = {
  evse: number;
  status: string;
  errorCode?: string;
  vendorErrorCode?: string;
  info?: string;
};

const longestInfo = 250;

const identities = {
  vendor: "vendor",
  model: "model",
  serial: "serialNumber",
  firmware: "firmwareVersion",
  "meter-type": "meterType",
  "meter-serial": "meterSerialNumber",
} as const;

/** Puts what registers say into the words of the station model. What is not told is not there. */
export function tell(decoded: readonly Decoded[]): Told {
  const info: StationInfo = {};
  const samples = new Map<number, Sample[]>();
  const statuses = new Map<number, ToldStatus>();
  const errors = new Map<number, { codes: string[]; words: string[] }>();
  const unknown: Told["unknown"] = [];
  for (const one of decoded) {
    const { register, raw, value, unit, words } = one;
    const { means, evse = 1 } = register;
    if (value === null || raw === null) continue;
    if (means === "note") continue;
    if (means in identities) info[identities[means as keyof typeof identities]] = String(value);
    else if (means === "status") {
      const [word] = words;
      if (word === noStatus) continue;
      if (word !== undefined && isStatus(word)) statuses.set(evse, { evse, status: word });
      else unknown.push({ means, at: register.at, said: String(raw) });
    } else if (means === "error") {
      // "No error" may have a number of its own, which the profile then calls so; and 0 may be one, where the profile names it.
      const named = words.filter((word) => word.toLowerCase() !== noStatus);
      if (named.length === 0 && (raw === 0 || raw === "" || words.length > 0)) continue;
      const known = errors.get(evse) ?? { codes: [], words: [] };
      known.codes.push(String(raw));
      known.words.push(...named);
      errors.set(evse, known);
    } else if (typeof value === "number") {
      const list = samples.get(evse) ?? [];
      list.push(sampleOf(one, value, unit));
      samples.set(evse, list);
    }
  }
  for (const [evse, { codes, words }] of errors) {
    const status = statuses.get(evse);
    if (!status) continue;
    const read = words.map(readError);
    const info = read
      .map((error) => error.info)
      .join("; ")
      .slice(0, longestInfo);
    statuses.set(evse, {
      ...status,
      errorCode: read[0]?.errorCode ?? "OtherError",
      vendorErrorCode: codes.join(" ").slice(0, 50),
      ...(info && { info }),
    });
  }
  return {
    ...(Object.keys(info).length > 0 && { info }),
    statuses: [...statuses.values()],
    samples: [...samples].map(([evse, list]) => ({ evse, samples: list })),
    unknown,
  };
}

function sampleOf({ register }: Decoded, value: number, unit: Sample["unit"]): Sample {
  const { means, phase, location } = register;
  return {
    measurand: means,
    ...(phase && { phase }),
    ...(location && { location }),
    unit,
    value,
    said: String(value),
  };
}
