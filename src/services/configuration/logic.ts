import { ConfigurationBook, configurationKinds } from "../../station/fold/configuration.ts";
import type { EventsRepository } from "../../store/events.ts";

/** Reports of 2.x come in many parts. */
const remembered = 2000;

/** What a station has told of how it is set up, by the record.
 * @param station its number; undefined for one that was never heard of */
export function bookOf(events: EventsRepository, station: number | undefined): ConfigurationBook {
  const book = new ConfigurationBook();
  if (station === undefined) return book;
  const told = events.newest(Number.MAX_SAFE_INTEGER, { station, kinds: configurationKinds }, remembered);
  for (const { event } of told.reverse()) book.take(event);
  return book;
}
