import type { ReactNode } from "react";
import classes from "./ui.module.css";

/** What became of the last thing done here, beside where it was done. `failed` says what was not done, and why. */
export function Outcome({ failed, children }: { failed: string | null; children: ReactNode }) {
  if (failed !== null)
    return (
      <p className={classes.outcome} data-tone="faulted" role="alert">
        {failed}
      </p>
    );
  return (
    <p className={classes.outcome} role="status">
      {children}
    </p>
  );
}
