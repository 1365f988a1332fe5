import type { Clock } from "../lib/clock.ts";

/** A card held to the reader. */
export type Card = { value: string; type?: string };

/** What is known of a card, in OCPP's words. `expiry` is milliseconds since 1970 UTC. */
export type CardInfo = { status: string; expiry?: number; group?: string };

/** The cards that a virtual station's visitors carry. */
export const knownCards = ["04A2B3C4D5E680", "04112233445566", "0453F00DBABE01", "04C0FFEE15600D"] as const;

/** What the station knows of cards by itself: the local list from the central system, and a cache of past answers. */
export type Authorizer = {
  readonly listVersion: number;
  readonly listLength: number;
  /** @param use what may be looked into */
  known(card: string, use: { list: boolean; cache: boolean }): CardInfo | null;
  remember(card: string, info: CardInfo): void;
  clearCache(): void;
  replaceList(version: number, entries: ListEntry[]): void;
  /** @returns false when `version` is not newer than the list's */
  updateList(version: number, entries: ListEntry[]): boolean;
};

/** An entry without `info` removes the card in an update. */
export type ListEntry = { card: string; info?: CardInfo };

/** Makes an empty list and an empty cache. Cards are compared without regard to letter case (1.6 CiString20). */
export function createAuthorizer(clock: Clock): Authorizer {
  const list = new Map<string, CardInfo>();
  const cache = new Map<string, CardInfo>();
  let version = 0;
  const key = (card: string) => card.toLowerCase();
  function put(entries: ListEntry[]): void {
    for (const { card, info } of entries) {
      if (info) list.set(key(card), info);
      else list.delete(key(card));
    }
  }
  return {
    get listVersion() {
      return version;
    },
    get listLength() {
      return list.size;
    },
    known(card, use) {
      const info = (use.list && list.get(key(card))) || (use.cache && cache.get(key(card))) || null;
      if (info?.expiry !== undefined && info.expiry <= clock.now()) return { ...info, status: "Expired" };
      return info;
    },
    remember(card, info) {
      cache.set(key(card), info);
    },
    clearCache() {
      cache.clear();
    },
    replaceList(next, entries) {
      list.clear();
      put(entries);
      version = next;
    },
    updateList(next, entries) {
      if (next <= version) return false;
      put(entries);
      version = next;
      return true;
    },
  };
}
