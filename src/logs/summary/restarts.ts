import type { Restart } from "../model.ts";
import type { Counted } from "./count.ts";
import type { At, Jump } from "./times.ts";

/** Signs so few lines apart, or so little time, are of one restart. */
const closeLines = 400;
const closeMs = 180_000;
const mostRestarts = 200;

/** Makes restarts of single signs; a count since the start that begins anew is one as well. */
export function mergeReboots(
  reboots: Counted["reboots"],
  jumps: readonly Jump[],
  when: (at: At) => { at?: number; since?: number },
): Restart[] {
  const anew = jumps
    .filter(({ from, to }) => to.kind === "monotonic" && to.at < from.at)
    .map(({ to }) => ({ line: to.line, sign: "kernel-start" as const, after: to }));
  const found: Restart[] = [];
  let last: Counted["reboots"][number] | undefined;
  for (const reboot of [...reboots, ...anew].sort((a, b) => a.line - b.line)) {
    const open = found.at(-1);
    if (open && last && isClose(last, reboot)) {
      if (!open.signs.includes(reboot.sign)) open.signs.push(reboot.sign);
    } else if (found.length < mostRestarts) {
      const { at, since } = reboot.after ? when(reboot.after) : {};
      found.push({
        line: reboot.line,
        signs: [reboot.sign],
        ...(at !== undefined && { at }),
        ...(since !== undefined && { since }),
      });
    }
    last = reboot;
  }
  return found;
}

function isClose(one: Counted["reboots"][number], next: Counted["reboots"][number]): boolean {
  if (next.line - one.line <= closeLines) return true;
  const [before, after] = [one.after, next.after];
  return before !== undefined && before.kind === after?.kind && Math.abs(after.at - before.at) <= closeMs;
}
