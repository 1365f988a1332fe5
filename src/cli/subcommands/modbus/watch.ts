import { setTimeout as wait } from "node:timers/promises";
import { FailureError } from "../../../lib/contract.ts";
import { isoTime } from "../../../lib/units.ts";
import type { DeviceReading } from "../../../services/modbus/contract.ts";
import type { ReadAsked } from "../../../services/modbus/reading.ts";
import { complain, printJson, printRow } from "../../output.ts";
import type { Desk } from "./desk.ts";
import { printUnread } from "./printing.ts";

/** Reads again and again until the signal, and tells what changed: the way to find out which register moves when a button is pressed.
 * A reading that fails is told once, and tried again. */
export async function watchDevice(
  desk: Desk,
  asked: ReadAsked,
  { seconds, json, signal }: { seconds: number; json: boolean; signal: AbortSignal },
): Promise<void> {
  let before: Map<string, string> | null = null;
  let failing: string | null = null;
  while (!signal.aborted) {
    try {
      const reading = await desk.read(asked);
      if (failing !== null) complain("It answers again.");
      failing = null;
      const now = statesOf(reading);
      if (before === null) {
        complain(`${now.size} values are watched, every ${seconds} s. What changes is told.`);
        printUnread(reading.blocks);
      } else
        for (const [name, state] of now)
          if (before.get(name) !== state) tell(reading.at, name, before.get(name), state, json);
      before = now;
    } catch (error) {
      if (!(error instanceof FailureError) || error.code !== "unavailable" || before === null) throw error;
      if (failing !== error.message) complain(error.message);
      failing = error.message;
    }
    await wait(seconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}

function statesOf({ profile, values, blocks }: DeviceReading): Map<string, string> {
  if (profile)
    return new Map(
      values.map(({ at, means, phase, value, unit, words }) => {
        const shown =
          words.length > 0
            ? `${words.join("; ")} (${value})`
            : `${value ?? "not measured"}${unit && value !== null ? ` ${unit}` : ""}`;
        return [[at, means, phase ?? ""].join(" ").trim(), shown];
      }),
    );
  return new Map(
    blocks.flatMap(({ table, address, registers }) =>
      (registers ?? []).map((value, place): [string, string] => [`${table} ${address + place}`, String(value)]),
    ),
  );
}

function tell(at: number, what: string, from: string | undefined, to: string, json: boolean): void {
  if (json) printJson({ at: isoTime(at), what, from: from ?? null, to });
  else printRow([isoTime(at), what, from ?? "-", to]);
}
