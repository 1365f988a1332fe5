import type { FrameRecord } from "../../../src/services/messages/contract.ts";

type Way = Pick<FrameRecord, "direction" | "lane">;

/** Which way a frame went, and where it passed, as a key of the catalogue. */
export function wayKey({ direction, lane }: Way) {
  if (lane === "console") return `common.heard.${direction}` as const;
  if (lane) return direction === "in" ? "common.lane.down" : "common.lane.up";
  return `common.direction.${direction}` as const;
}

const arrows = { in: "→", out: "←", unknown: "?" } as const;
const heard = { in: "⇢", out: "⇠", unknown: "?" } as const;

/** The same as a sign, with the station on the left: doubled on the leg to the central system above, broken on a console. */
export function wayArrow({ direction, lane }: Way): string {
  if (lane === "console") return heard[direction];
  // On the leg above, what goes out goes on in the way that the station's own frames have.
  if (lane) return direction === "out" ? "⇒" : "⇐";
  return arrows[direction];
}
