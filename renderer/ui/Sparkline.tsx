import classes from "./ui.module.css";

type Props = {
  /** [our clock ms, value], in order of time. */
  points: readonly (readonly [number, number])[];
  from: number;
  to: number;
  /** A longer silence than this is a gap in the line, ms. */
  gapMs: number;
  label: string;
};

const width = 300;
const height = 48;

type Line = Omit<Props, "label">;

/** How high a value stands in a box of 300 x 48: from the least to the largest of those that are seen, zero always among them. */
function heightOf({ points, from, to }: Line): (value: number) => number {
  const values = points.filter(([at]) => at >= from && at <= to).map(([, value]) => value);
  const least = Math.min(0, ...values);
  const span = Math.max(Math.max(0, ...values) - least, 1);
  return (value) => height - 1 - ((value - least) / span) * (height - 2);
}

/** The pieces of a line in that box; a silence of more than `gapMs` parts them. */
export function sparkPieces(line: Line): string[] {
  const { points, from, to, gapMs } = line;
  const place = heightOf(line);
  const pieces: string[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [at, value] of points) {
    if (at < from || at > to) continue;
    const x = (((at - from) / (to - from)) * width).toFixed(1);
    const y = place(value).toFixed(1);
    if (at - last > gapMs) pieces.push(`${x},${y}`);
    else pieces[pieces.length - 1] += ` ${x},${y}`;
    last = at;
  }
  return pieces;
}

/** A line of the last minutes, with its gaps shown as gaps, above and below zero. */
export function Sparkline(props: Props) {
  const pieces = sparkPieces(props);
  const zero = heightOf(props)(0) + 0.5;
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      <line x1="0" x2={width} y1={zero} y2={zero} />
      {pieces.map((piece) => (
        <polyline key={piece.slice(0, 24)} points={piece} />
      ))}
    </svg>
  );
}
