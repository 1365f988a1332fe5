import type { ChartName, LineName } from "./chart/lines.ts";

/** Something that can be hidden: an outlet with all its lines, a phase, or the marks. */
export type Layer = { key: string } & (
  | { kind: "outlet"; evse: number; connector?: number }
  | { kind: "phase"; phase: string }
  | { kind: "marks" }
);

/** What there is to hide: outlets and phases where there are several, and the marks. */
export function layersOf(charts: readonly ChartName[]): Layer[] {
  const lines = charts.flatMap((chart) => chart.lines);
  const outlets = new Map<string, Layer>(
    lines.map(({ evse, connector }) => [
      outletKey({ evse, connector }),
      { key: outletKey({ evse, connector }), kind: "outlet", evse, connector },
    ]),
  );
  const phases = [...new Set(lines.flatMap(({ phase }) => (phase === undefined ? [] : plain(phase))))].sort();
  return [
    ...(outlets.size > 1 ? outlets.values() : []),
    ...(phases.length > 1 ? phases.map((phase): Layer => ({ key: `phase ${phase}`, kind: "phase", phase })) : []),
    { key: "marks", kind: "marks" },
  ];
}

/** The charts without what is hidden; one that has no line left goes. */
export function visibleCharts(charts: readonly ChartName[], hidden: ReadonlySet<string>): ChartName[] {
  if (hidden.size === 0) return [...charts];
  const shows = (line: LineName) =>
    !hidden.has(outletKey(line)) && !(line.phase !== undefined && hidden.has(`phase ${plain(line.phase)}`));
  return charts
    .map((chart) => ({ ...chart, lines: chart.lines.filter(shows) }))
    .filter(({ lines }) => lines.length > 0);
}

/** A phase to neutral is of that phase. */
function plain(phase: string): string {
  return phase.replace(/-N$/, "");
}

function outletKey({ evse, connector }: Pick<LineName, "evse" | "connector">): string {
  return `outlet ${evse} ${connector ?? ""}`;
}
