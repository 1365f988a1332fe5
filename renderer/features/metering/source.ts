import type { CoreClient } from "../../../src/api/client.ts";
import type { FailureError } from "../../../src/lib/contract.ts";
import type { MeterPoint } from "../../../src/services/metering/contract.ts";
import { asFailure } from "../../core/core.tsx";
import { addLive, addRecord, createLines, type Lines } from "./chart/lines.ts";

/** Most points of a line that are asked of the record at once. */
export const maxPoints = 8000;

export type SourceState =
  | { state: "loading" }
  | { state: "ready"; busy: boolean }
  | { state: "failed"; error: FailureError };

/** The values of one station, live and from the record. */
export type MeterSource = {
  readonly lines: Lines;
  readonly state: SourceState;
  /** Told when `state` changes or a line is added; points alone tell nobody: who draws looks by the clock. */
  onChange(listener: () => void): () => void;
  /** Reads the record back to a moment of our clock, where that was not done. */
  reach(from: number): void;
  /** Tries again what failed. */
  retry(): void;
  close(): void;
};

/** Follows a station's values.
 * @param now our clock */
export function createMeterSource(client: CoreClient, station: string, now: () => number): MeterSource {
  const lines = createLines();
  const listeners = new Set<() => void>();
  let state: SourceState = { state: "loading" };
  let closed = false;
  let reached = Number.POSITIVE_INFINITY;
  let wanted = Number.POSITIVE_INFINITY;
  let reading = false;
  /** Live points wait while the stretch before them is read. */
  let waiting: MeterPoint[] | null = [];
  let shape = 0;

  function tell(next: SourceState): void {
    state = next;
    shape = lines.shape;
    for (const listener of listeners) listener();
  }

  const watch = client.watch(
    "metering.live",
    { station },
    (value, added) => {
      if (added === null && Number.isFinite(reached)) return void catchUp();
      const points = added ?? value;
      if (waiting) waiting.push(...points);
      else addLive(lines, points);
      if (lines.shape !== shape) tell(state);
    },
    (error) => tell({ state: "failed", error }),
  );

  async function read(from: number, to: number): Promise<void> {
    const series = await client.call("metering.range", { station, from, to, maxPoints });
    if (!closed) addRecord(lines, series, { ms: to - from, maxPoints });
  }

  /** The link to the core was lost for a while: what came meanwhile is on record. */
  async function catchUp(): Promise<void> {
    waiting ??= [];
    try {
      await read(Math.max(reached, lines.newestAt), now());
    } catch (thrown) {
      fail(thrown);
    }
    release();
  }

  function release(): void {
    const held = waiting ?? [];
    waiting = null;
    addLive(lines, held);
  }

  async function readBack(): Promise<void> {
    if (reading || closed || wanted >= reached) return;
    reading = true;
    const first = !Number.isFinite(reached);
    const [from, to] = [wanted, first ? now() : reached];
    if (!first) tell({ state: "ready", busy: true });
    try {
      await read(from, to);
      reached = from;
      if (first) release();
      if (!closed) tell({ state: "ready", busy: wanted < reached });
    } catch (thrown) {
      fail(thrown);
    }
    reading = false;
    if (state.state !== "failed") await readBack();
  }

  function fail(thrown: unknown): void {
    if (closed) return;
    tell({ state: "failed", error: asFailure(thrown) });
  }

  return {
    lines,
    get state() {
      return state;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    reach(from) {
      wanted = Math.min(wanted, from);
      void readBack();
    },
    retry() {
      tell(Number.isFinite(reached) ? { state: "ready", busy: true } : { state: "loading" });
      if (wanted < reached) void readBack();
      else void catchUp().then(() => state.state === "ready" && tell({ state: "ready", busy: false }));
    },
    close() {
      closed = true;
      listeners.clear();
      watch.stop();
    },
  };
}
