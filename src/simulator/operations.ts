import type { Charging } from "./charging/charging.ts";
import type { Power } from "./charging/power.ts";
import type { Jobs } from "./jobs/jobs.ts";
import type { Service } from "./service.ts";
import type { Visitor } from "./visitor.ts";

/** What can be done with the machine, for the versions' answers. */
export type Operations = { charging: Charging; visitor: Visitor; service: Service; power: Power; jobs: Jobs };
