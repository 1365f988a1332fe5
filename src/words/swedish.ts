import type { Tables } from "./language.ts";
import { causes } from "./sv/causes.ts";
import { commands } from "./sv/commands.ts";
import { events } from "./sv/events.ts";
import { findings } from "./sv/findings.ts";
import { log } from "./sv/log.ts";
import { phrases } from "./sv/phrases.ts";
import { places } from "./sv/places.ts";
import { states } from "./sv/states.ts";
import { ticket } from "./sv/ticket.ts";
import { upstream } from "./sv/upstream.ts";

/** All that the core says, in Swedish. */
export const swedish: Tables = {
  causes,
  commands,
  events,
  findings,
  log,
  phrases,
  places,
  states,
  ticket,
  upstream,
};
