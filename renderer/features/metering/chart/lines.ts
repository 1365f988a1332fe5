import type { Unit } from "../../../../src/lib/units.ts";
import type { MeterPoint, MeterSeries } from "../../../../src/services/metering/contract.ts";
import { addPoint, createTrack, newest, type Track, withPoints } from "./track.ts";

/** What is measured where: one line of a chart. */
export type LineName = {
  key: string;
  evse: number;
  connector?: number;
  measurand: string;
  phase?: string;
  location?: string;
  unit: Unit;
};

/** A chart for each quantity; what is none of the four has one for each unit. */
export type Quantity = "power" | "current" | "voltage" | "energy" | "other";
export type ChartName = { id: string; quantity: Quantity; unit: Unit; lines: LineName[] };

/** One line. `late`: when those points were told that were told late, by when they were measured. */
export type HeldLine = { name: LineName; track: Track; late: Map<number, number> };

/** All lines of a station. `shape` counts how often a line was added, `change` how often a point was. */
export type Lines = {
  tracks: Map<string, HeldLine>;
  shape: number;
  change: number;
  newestAt: number;
};

export function createLines(): Lines {
  return { tracks: new Map(), shape: 0, change: 0, newestAt: Number.NEGATIVE_INFINITY };
}

type Measured = Omit<LineName, "key">;

/** The name of a line. A connector that is the only or first one of its EVSE goes without saying: stations name it now and then. */
export function lineName({ evse, connector, measurand, phase, location, unit }: Measured): LineName {
  const place = location === undefined || location === "Outlet" ? undefined : location;
  const plug = connector !== undefined && connector > 1 ? connector : undefined;
  const key = [evse, plug ?? "", measurand, phase ?? "", place ?? "", unit].join("|");
  const name: LineName = { key, evse, measurand, unit };
  if (plug !== undefined) name.connector = plug;
  if (phase !== undefined) name.phase = phase;
  if (place !== undefined) name.location = place;
  return name;
}

/** Takes live samples in, those that were told late at the time they were measured. Signed values are no numbers to us. */
export function addLive(lines: Lines, points: readonly MeterPoint[]): void {
  const late = new Map<HeldLine, [number, number][]>();
  const tops = topsOf(points);
  for (const { at, cameAt, evse, connector, samples } of points) {
    for (const { measurand, phase, location, unit, value, signed, context } of samples) {
      if (signed !== undefined || !Number.isFinite(value)) continue;
      const name = lineName({ evse, connector, measurand, phase, location, unit });
      if (value < (tops.get(`${name.key} ${at}`) ?? value)) continue;
      const held = trackOf(lines, name);
      const { track } = held;
      if (cameAt !== undefined) remember(held.late, [[at, cameAt]]);
      if (at < newest(track)) {
        const waiting = late.get(held);
        if (waiting) waiting.push([at, value]);
        else late.set(held, [[at, value]]);
        continue;
      }
      if (isToldAgain(track, at, value, measurand.endsWith(".Register"), context)) continue;
      addPoint(track, at, value);
      lines.change++;
      if (at > lines.newestAt) lines.newestAt = at;
    }
  }
  for (const [held, waiting] of late) {
    held.track = withPoints(
      held.track,
      waiting.sort((a, b) => a[0] - b[0]),
      0,
    );
    lines.change++;
  }
}

/** The highest value that each register tells of an instant. What a session ends with repeats those of its begin and of its way, and some
 * stations give them all the time of the end. */
function topsOf(points: readonly MeterPoint[]): Map<string, number> {
  const tops = new Map<string, number>();
  for (const { at, evse, connector, samples } of points) {
    for (const { measurand, phase, location, unit, value, signed } of samples) {
      if (signed !== undefined || !measurand.endsWith(".Register")) continue;
      const key = `${lineName({ evse, connector, measurand, phase, location, unit }).key} ${at}`;
      tops.set(key, Math.max(value, tops.get(key) ?? value));
    }
  }
  return tops;
}

/** True for a value that is there already, and for a register's begin that is told again below what came after. */
function isToldAgain({ fine }: Track, at: number, value: number, register: boolean, context?: string): boolean {
  if (fine.length === 0) return false;
  const last = fine.value(fine.length - 1);
  if (fine.at(fine.length - 1) === at && (register ? value <= last : value === last)) return true;
  return register && context === "Transaction.Begin" && value < last;
}

/** Takes a stretch of the record in: before what is there, after it, or among it.
 * @param span what was asked for: its length and the most points a line */
export function addRecord(lines: Lines, series: readonly MeterSeries[], span: { ms: number; maxPoints: number }): void {
  for (const { name, points, late } of gather(series)) {
    const held = trackOf(lines, name);
    const thinnedMs = points.length >= span.maxPoints * 0.5 ? (span.ms / span.maxPoints) * 2 : 0;
    held.track = withPoints(held.track, points, thinnedMs);
    remember(held.late, late);
    lines.newestAt = Math.max(lines.newestAt, newest(held.track));
    lines.change++;
  }
}

/** Points told late whose time of telling is kept for one line. */
const mostLate = 10_000;

function remember(late: Map<number, number>, told: readonly (readonly [number, number])[]): void {
  for (const [at, cameAt] of told) late.set(at, cameAt);
  for (const at of late.keys()) {
    if (late.size <= mostLate) break;
    late.delete(at);
  }
}

type Gathered = { name: LineName; points: [number, number][]; late: [number, number][] };

/** Series of one name are one: a station names its only connector now and then. */
function gather(series: readonly MeterSeries[]): Gathered[] {
  const found = new Map<string, Gathered>();
  for (const { points, late = [], ...measured } of series) {
    const name = lineName(measured);
    const same = found.get(name.key);
    const numbers = points.filter(([, value]) => Number.isFinite(value));
    if (!same) found.set(name.key, { name, points: numbers, late });
    else {
      same.points = [...same.points, ...numbers].sort((a, b) => a[0] - b[0]);
      same.late = [...same.late, ...late];
    }
  }
  return [...found.values()];
}

function trackOf(lines: Lines, name: LineName): HeldLine {
  let held = lines.tracks.get(name.key);
  if (!held) {
    held = { name, track: createTrack(), late: new Map() };
    lines.tracks.set(name.key, held);
    lines.shape++;
  }
  return held;
}

/** The charts that the lines make, in their order on screen. */
export function chartsOf(lines: Lines): ChartName[] {
  const charts = new Map<string, ChartName>();
  for (const { name } of lines.tracks.values()) {
    const quantity = quantityOf(name.measurand, name.unit);
    // Registers of two outlets lie far apart: on one axis neither would be seen to move.
    const outlet = quantity === "energy" ? ` ${name.evse} ${name.connector ?? ""}` : "";
    const id = `${quantity} ${name.unit}${outlet}`;
    const chart = charts.get(id) ?? { id, quantity, unit: name.unit, lines: [] };
    chart.lines.push(name);
    charts.set(id, chart);
  }
  for (const chart of charts.values()) chart.lines.sort(byPlace);
  return [...charts.values()].sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1));
}

const quantities: readonly Quantity[] = ["power", "current", "voltage", "energy", "other"];

function order(chart: ChartName): number {
  // Active power and energy come before reactive and apparent ones.
  return quantities.indexOf(chart.quantity) * 2 + (["W", "A", "V", "Wh"].includes(chart.unit) ? 0 : 1);
}

/** Which chart a measurand belongs to. Energy of an interval is no register: it would lie flat on the floor of its chart. */
export function quantityOf(measurand: string, unit: Unit): Quantity {
  if (unit === "W" || unit === "VA" || unit === "var") return "power";
  if (unit === "A") return "current";
  if (unit === "V") return "voltage";
  if (unit === "Wh" || unit === "varh" || unit === "VAh") return measurand.endsWith("Interval") ? "other" : "energy";
  return "other";
}

const phases = ["", "L1", "L1-N", "L2", "L2-N", "L3", "L3-N", "L1-L2", "L2-L3", "L3-L1", "N"];

export function byPlace(a: Measured, b: Measured): number {
  return (
    a.evse - b.evse ||
    (a.connector ?? 0) - (b.connector ?? 0) ||
    (a.measurand < b.measurand ? -1 : a.measurand > b.measurand ? 1 : 0) ||
    phaseOrder(a.phase) - phaseOrder(b.phase)
  );
}

function phaseOrder(phase: string | undefined): number {
  const place = phases.indexOf(phase ?? "");
  return place === -1 ? phases.length : place;
}

export type PhaseColour = "l1" | "l2" | "l3" | "n" | "total";

/** The colour of a phase, the same everywhere. */
export function phaseColour(phase: string | undefined): PhaseColour {
  if (phase === undefined) return "total";
  if (phase.startsWith("L1")) return "l1";
  if (phase.startsWith("L2")) return "l2";
  if (phase.startsWith("L3")) return "l3";
  return phase === "N" ? "n" : "total";
}

const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

/** How each line of a chart is drawn: colour by phase, and a dash of its own where a colour comes again. */
export function stylesOf(chart: ChartName): { colour: PhaseColour; dash: number[] }[] {
  const used = new Map<PhaseColour, number>();
  return chart.lines.map(({ phase }) => {
    const colour = phaseColour(phase);
    const times = used.get(colour) ?? 0;
    used.set(colour, times + 1);
    return { colour, dash: [...(dashes[times % dashes.length] ?? [])] };
  });
}
