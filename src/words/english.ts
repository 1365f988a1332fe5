import { causes } from "./en/causes.ts";
import { commands } from "./en/commands.ts";
import { events } from "./en/events.ts";
import { rules } from "./en/findings.ts";
import { log } from "./en/log.ts";
import { phrases } from "./en/phrases.ts";
import { states } from "./en/states.ts";
import { ticket } from "./en/ticket.ts";
import { upstream } from "./en/upstream.ts";

/** All that the core says, in English. */
export const english = {
  causes,
  commands,
  events,
  findings: rules,
  log,
  phrases,
  /** Words of places that are said otherwise: none. */
  places: {},
  states,
  ticket,
  upstream,
};
