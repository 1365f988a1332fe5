import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";

/** What can be set; each with its range. Changes take effect at once unless it says otherwise. */
export const settingsShape = z.object({
  language: z.enum(["system", "en", "sv"]),
  theme: z.enum(["system", "light", "dark", "sunlight"]),
  /** Port stations connect to; takes effect at the next start. */
  port: z.number().int().min(1).max(65535),
  /** WebSocket ping to each station, seconds; 0 = none. */
  pingSeconds: z.number().int().min(0).max(3600),
  /** Heartbeat interval told in the boot answer, seconds. */
  heartbeatSeconds: z.number().int().min(1).max(86_400),
  /** How long we wait for the answer to a call, seconds. */
  answerSeconds: z.number().int().min(1).max(600),
  /** Largest frame taken, bytes; a larger one ends the link. */
  frameLimit: z
    .number()
    .int()
    .min(1024)
    .max(64 * 1024 * 1024),
  /** The registration status in the boot answer. */
  bootStatus: z.enum(["Accepted", "Pending", "Rejected"]),
});

export type Settings = z.infer<typeof settingsShape>;

export const defaultSettings: Settings = {
  language: "system",
  theme: "system",
  port: 9000,
  pingSeconds: 30,
  heartbeatSeconds: 300,
  answerSeconds: 30,
  frameLimit: 1024 * 1024,
  bootStatus: "Accepted",
};

export const settingsContract = {
  "settings.values": feed(z.object({})).of<Settings>(),
  "settings.change": call(settingsShape.partial()).returns<Settings>(),
};
