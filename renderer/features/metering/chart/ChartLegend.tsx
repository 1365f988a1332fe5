import { type RefObject, useId } from "react";
import classes from "../metering.module.css";
import { type ChartName, stylesOf } from "./lines.ts";

type Props = {
  chart: ChartName;
  title: string;
  labels: readonly string[];
  /** The elements that the values are written into, in the order of the lines, and the moment they are of. */
  values: RefObject<(HTMLElement | null)[]>;
  time: RefObject<HTMLSpanElement | null>;
};

/** What each line is called, how it is drawn, and its value at the cursor, or the latest. */
export function ChartLegend({ chart, title, labels, values, time }: Props) {
  const styles = stylesOf(chart);
  const id = useId();
  return (
    <div className={classes.legend}>
      <h2 id={id}>{title}</h2>
      <ul aria-labelledby={id}>
        {chart.lines.map((name, index) => (
          <li key={name.key}>
            <svg className={classes.swatch} viewBox="0 0 24 4" aria-hidden="true">
              <line
                x1="0"
                x2="24"
                y1="2"
                y2="2"
                stroke={`var(--${styles[index]?.colour === "total" ? "accent" : `phase-${styles[index]?.colour}`})`}
                strokeDasharray={styles[index]?.dash.join(" ")}
              />
            </svg>
            {labels[index]}{" "}
            <span
              className={classes.value}
              ref={(element) => {
                values.current[index] = element;
              }}
            />
          </li>
        ))}
      </ul>
      <span ref={time} className={classes.moment} />
    </div>
  );
}
