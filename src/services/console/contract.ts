import { z } from "zod";
import { call, feed, logFeed } from "../../lib/contract.ts";
import type { ConsoleEntry, ConsoleRecord, ConsoleView } from "../../station/serial/console.ts";
import type { Heard } from "../../station/serial/guess.ts";
import { portPath, portSettings } from "../serial/contract.ts";

/** What a console is opened with. */
export const consoleInput = portSettings.extend({
  port: portPath,
  /** The station that it belongs to. */
  station: z.string().trim().min(1).max(255).optional(),
  /** The console profile of its make: commands that print, and with some of them a station that is asked for its status and meters. */
  profile: z.string().max(60).optional(),
});

const port = z.object({ port: portPath });
/** The longest piece that is sent at once, bytes. */
const longestSent = 64 * 1024;

/** Where a piece stands in its file. `stopped`: no more of it comes, nor this. */
const filePiece = z.object({
  name: z.string().min(1).max(255),
  size: z.number().int().min(0),
  at: z.number().int().min(0),
  stopped: z.literal(true).optional(),
});

export type ConsoleProfileView = {
  name: string;
  maker: string;
  device: string;
  source: string;
  proven: "document" | "simulator" | "device";
  baud: number;
  frame: string;
  /** What it has for a person: commands that print, and change nothing. */
  commands: { send: string; shows: "status" | "errors" | "configuration"; says: { en: string; sv: string } }[];
  /** A station is asked by it round after round. */
  asks: boolean;
};

export const consoleContract = {
  /** The consoles that are open, as they stand. */
  "console.list": feed(z.object({})).of<ConsoleView[]>(),
  /** What is on record, by port. */
  "console.recorded": call(z.object({})).returns<ConsoleRecord[]>(),
  /** Opens a port as a console until it is closed, after restarts too; DTR and RTS are left alone. One that cannot be opened now is tried
   * again. Fails with conflict when the port is a console or an OCPP line already. */
  "console.open": call(consoleInput).returns<ConsoleView>(),
  /** The console profiles that there are. */
  "console.profiles": call(z.object({})).returns<ConsoleProfileView[]>(),
  /** Sends a command of the profile that a console was opened with, as its make writes it. Fails with not-found, and unavailable. */
  "console.show": call(port.extend({ command: z.string().min(1).max(200) })).returns<null>(),
  /** Closes it; what came stays on record. Fails with not-found. */
  "console.close": call(port).returns<null>(),
  /** The newest of what is on record of a port, then what comes, once it is on record. */
  "console.live": logFeed(port).of<ConsoleEntry>(),
  /** What is on record of a port: after a number, oldest first. */
  "console.page": call(
    port.extend({ after: z.number().int().min(0), limit: z.number().int().min(1).max(2000) }),
  ).returns<ConsoleEntry[]>(),
  /** What is on record of a port before a number: the newest of it, oldest first. Empty where that is the first. */
  "console.before": call(port.extend({ before: z.number().int().min(1) })).returns<ConsoleEntry[]>(),
  /** Sends bytes; answered when the system has taken them. `file`: they are a piece of one, and that it is sent is told, not its lines. Fails
   * with not-found, and unavailable while the port is away. */
  "console.send": call(
    port.extend({ base64: z.base64().max(Math.ceil(longestSent / 3) * 4), file: filePiece.optional() }),
  ).returns<null>(),
  /** Sets DTR, RTS or both. Fails with not-found, and unavailable where the port has none. */
  "console.signals": call(port.extend({ dtr: z.boolean().optional(), rts: z.boolean().optional() })).returns<null>(),
  /** Holds the line in a break. Fails as above. */
  "console.break": call(port.extend({ ms: z.number().int().min(1).max(5000).default(250) })).returns<null>(),
  /** Opens a port that is not open, listens for a second and a half, sending nothing, and closes it: whether what is heard reads as text.
   * Fails with unavailable. */
  "console.listen": call(portSettings.extend({ port: portPath })).returns<Heard>(),
  /** Takes what is on record of a port away for good. */
  "console.clear": call(port).returns<null>(),
};
