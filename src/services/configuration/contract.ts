import { z } from "zod";
import { feed } from "../../lib/contract.ts";
import type { Configuration } from "../../station/fold/configuration.ts";

export const configurationContract = {
  /** What the station has told of how it is set up, live. Empty where it was never asked; it is asked by the command
   * `read-configuration`. */
  "configuration.live": feed(z.object({ station: z.string().min(1).max(255) })).of<Configuration>(),
};
