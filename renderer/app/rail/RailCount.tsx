import classes from "./rail.module.css";

/** How much an entry of the rail has to tell of, with the words for it; nothing when none. */
export function RailCount({ count, words }: { count: number; words: string }) {
  if (count === 0) return null;
  return (
    <span className={classes.count} title={words}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
