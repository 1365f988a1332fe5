/** What a run of one kind is asked to do. */
export type RunOptions = {
  seed: number;
  /** Ends after so many cases, or at this time of `performance.now()`, whichever comes first. */
  cases: number;
  deadline: number;
  /** A line for whoever watches. */
  say(line: string): void;
};

/** What came of it. */
export type RunReport = {
  cases: number;
  seconds: number;
  /** What went wrong, one line for each that is not the same as another. */
  failures: string[];
  /** Figures worth a look, by name. */
  figures: Record<string, string | number>;
};

/** True while a run has cases and time left. */
export function goesOn({ cases, deadline }: RunOptions, done: number): boolean {
  return done < cases && performance.now() < deadline;
}

/** The process's resident memory, megabytes. */
export function residentMegabytes(): number {
  return Math.round(process.memoryUsage.rss() / 1_048_576);
}
