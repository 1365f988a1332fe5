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

/** The pieces of a line in a box of 300 x 48, from zero to the largest value; a silence of more than `gapMs` parts them. */
export function sparkPieces({ points, from, to, gapMs }: Omit<Props, "label">): string[] {
  const visible = points.filter(([at]) => at >= from && at <= to);
  const top = Math.max(...visible.map(([, value]) => value), 1);
  const pieces: string[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [at, value] of visible) {
    const x = (((at - from) / (to - from)) * width).toFixed(1);
    const y = (height - 1 - (Math.max(0, value) / top) * (height - 2)).toFixed(1);
    if (at - last > gapMs) pieces.push(`${x},${y}`);
    else pieces[pieces.length - 1] += ` ${x},${y}`;
    last = at;
  }
  return pieces;
}

/** A line of the last minutes, with its gaps shown as gaps. */
export function Sparkline(props: Props) {
  const pieces = sparkPieces(props);
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
      {pieces.map((piece) => (
        <polyline key={piece.slice(0, 24)} points={piece} />
      ))}
    </svg>
  );
}
