import { type RefObject, useLayoutEffect, useState } from "react";

const parts = "nav, [data-head]";

/** True where the rail with all its groups open is higher than its room. Looked at anew when either changes: the window, the size of
 * type, the words.
 * @param head what decides whether and how the head of the rail is there */
export function useTight(rail: RefObject<HTMLElement | null>, head: boolean): boolean {
  const [tight, setTight] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another head is another element to watch
  useLayoutEffect(() => {
    const { current } = rail;
    if (!current) return;
    const look = () => setTight(openHeight(current) > current.clientHeight);
    const watcher = new ResizeObserver(look);
    watcher.observe(current);
    for (const part of current.querySelectorAll(parts)) watcher.observe(part);
    return () => watcher.disconnect();
  }, [rail, head]);
  return tight;
}

/** The height of the rail were no group folded, without the list of the other stations. */
function openHeight(rail: HTMLElement): number {
  const folded = [...rail.querySelectorAll<HTMLElement>("nav > ul[hidden]")];
  for (const list of folded) list.hidden = false;
  const height = [...rail.querySelectorAll<HTMLElement>(parts)].reduce((sum, part) => sum + part.offsetHeight, 0);
  for (const list of folded) list.hidden = true;
  return height;
}
