import type { Clock } from "../../../lib/clock.ts";
import type { Cause } from "../../../station/attempts.ts";
import { mostNewOfAddress, mostNewOfAll, mostUninvited } from "../../../station/bounds.ts";
import { words } from "../../../station/phrases.ts";
import { sourceOf } from "../../../transports/websocket/bounds/room.ts";

/** Those who come under an identity that nobody has heard of or decided on. */
export type Newcomers = {
  /** Why another one from this address is held; null where it may come in, and then it is counted. */
  held(remoteAddress: string): Cause | null;
};

const minuteMs = 60_000;

/** Makes the hold on new identities: so many in a minute from one address, from all addresses, and ever.
 * @param known how many stations there are */
export function createNewcomers({ clock, known }: { clock: Clock; known: () => number }): Newcomers {
  const bySource = new Map<string, number>();
  let since = clock.monotonic();
  let all = 0;
  return {
    held(remoteAddress) {
      const now = clock.monotonic();
      if (now - since >= minuteMs) {
        since = now;
        all = 0;
        bySource.clear();
      }
      if (known() + all >= mostUninvited) {
        return { code: "too-many-new", said: words("stations-in-all", { count: mostUninvited }) };
      }
      const source = sourceOf(remoteAddress);
      const count = bySource.get(source) ?? 0;
      if (count >= mostNewOfAddress) {
        return { code: "too-many-new", said: words("new-of-address", { count: mostNewOfAddress }) };
      }
      if (all >= mostNewOfAll) return { code: "too-many-new", said: words("new-of-all", { count: mostNewOfAll }) };
      all++;
      bySource.set(source, count + 1);
      return null;
    },
  };
}
