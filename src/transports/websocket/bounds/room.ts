import {
  doorReserved,
  filesReserved,
  mostHalfOpen,
  mostLinks,
  mostLinksOfAddress,
  shareOfAddress,
} from "../../../station/bounds.ts";

/** How many links there may be in all and from one address, and how many connections with those at the door. */
export type Capacity = { links: number; ofAddress: number; connections: number };

/** What there is room for in a process that may have so many files open.
 * @param files null: as many as it wants */
export function capacityFor(files: number | null): Capacity {
  // Where descriptors are very few the rest of the program still gets most of them.
  const free = files === null ? Number.POSITIVE_INFINITY : Math.max(files - filesReserved, Math.floor(files / 4));
  const connections = Math.min(free, mostLinks + mostHalfOpen);
  const links = Math.max(1, Math.min(mostLinks, connections - doorReserved));
  const few = links < mostLinks;
  const ofAddress = Math.min(mostLinksOfAddress, few ? Math.ceil(links * shareOfAddress) : links);
  return { links, ofAddress, connections };
}

/** How many files this process may have open; null where the system sets no such limit, or does not tell. */
export function ownFileLimit(): number | null {
  try {
    // Its network part would ask for the name of every address.
    Object.assign(process.report, { excludeNetwork: true });
    const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
    const soft = Number(report.userLimits?.open_files?.soft);
    return Number.isInteger(soft) ? soft : null;
  } catch {
    return null;
  }
}

/** Whose address counts as one: of IPv6 the network (RFC 4291 2.5.4), whose addresses cost nothing. */
export function sourceOf(address: string): string {
  if (!address.includes(":")) return address;
  const [before = "", after] = address.replace(/%.*$/, "").split("::");
  const first = before.split(":").filter((part) => part !== "");
  const last = after?.split(":").filter((part) => part !== "") ?? [];
  const zeros = after === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array.from({ length: zeros }, () => "0"), ...last].slice(0, 4).join(":");
}

/** Counts the links that are up, by where they come from. */
export class Room {
  readonly #find: () => Capacity;
  #found: Capacity | undefined;
  readonly #bySource = new Map<string, number>();
  #links = 0;

  /** @param capacity asked once, when the first one comes */
  constructor(capacity: () => Capacity) {
    this.#find = capacity;
  }

  get #capacity(): Capacity {
    this.#found ??= this.#find();
    return this.#found;
  }

  /** Connections that may stand at the door now. */
  get halfOpen(): number {
    return Math.max(1, Math.min(mostHalfOpen, this.#capacity.connections - this.#links));
  }

  /** The bound that keeps another link from this address out; null where there is room. */
  full(address: string): { count: number; of: "all" | "address" } | null {
    const { links, ofAddress } = this.#capacity;
    if (this.#links >= links) return { count: links, of: "all" };
    if ((this.#bySource.get(sourceOf(address)) ?? 0) >= ofAddress) return { count: ofAddress, of: "address" };
    return null;
  }

  enter(address: string): void {
    const source = sourceOf(address);
    this.#links++;
    this.#bySource.set(source, (this.#bySource.get(source) ?? 0) + 1);
  }

  leave(address: string): void {
    const source = sourceOf(address);
    const left = (this.#bySource.get(source) ?? 0) - 1;
    this.#links--;
    if (left > 0) this.#bySource.set(source, left);
    else this.#bySource.delete(source);
  }
}
