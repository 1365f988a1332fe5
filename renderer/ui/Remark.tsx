import type { ReactNode } from "react";
import { Shape } from "./StateWord.tsx";
import type { Tone } from "./status.ts";
import classes from "./ui.module.css";

/** A sentence with the shape and colour of what it means; a warning unless said otherwise. */
export function Remark({ tone = "waiting", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <p className={classes.remark} data-tone={tone}>
      <Shape tone={tone} />
      <span>{children}</span>
    </p>
  );
}
