import type { Spoken } from "../../src/lib/words.ts";
import { useSpoken } from "../i18n/index.ts";
import { Told } from "./Told.tsx";

/** What was said or expected: letter by letter where it was sent or is notation, in plain text where the words are ours. */
export function Said({ of, className }: { of: Spoken; className?: string }) {
  const say = useSpoken();
  return typeof of === "string" ? (
    <code className={className}>
      <Told text={of} />
    </code>
  ) : (
    <span className={className}>{say(of)}</span>
  );
}
