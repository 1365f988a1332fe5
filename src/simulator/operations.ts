import type { Charging } from "./charging.ts";
import type { Jobs } from "./jobs.ts";
import type { Power } from "./power.ts";
import type { Service } from "./service.ts";
import type { Visitor } from "./visitor.ts";

/** What can be done with the machine, for the versions' answers. */
export type Operations = { charging: Charging; visitor: Visitor; service: Service; power: Power; jobs: Jobs };
