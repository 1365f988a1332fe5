import { shownText } from "../../src/lib/shown-text.ts";
import { cutText } from "../../src/lib/text.ts";

const longest = 160;
const longestHint = 4000;

/** A text from outside: what cannot be seen is written out, it keeps its own direction of writing, and what is long is cut and says how
 * long it was; the whole of it is told on hover. */
export function Told({ text, className }: { text: string; className?: string }) {
  const shown = shownText(text);
  const cut = cutText(shown, longest);
  return (
    <bdi className={className} title={cut === shown ? undefined : cutText(shown, longestHint)}>
      {cut}
    </bdi>
  );
}
