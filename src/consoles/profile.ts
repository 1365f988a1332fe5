import { parseDocument } from "yaml";
import { z } from "zod";

const pattern = z
  .string()
  .max(300)
  .transform((text, context) => {
    try {
      return new RegExp(text);
    } catch {
      context.addIssue({ code: "custom", message: `${text} is no pattern` });
      return z.NEVER;
    }
  });

const statuses = z.enum([
  ...(["Available", "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing"] as const),
  ...(["Reserved", "Unavailable", "Faulted", "Occupied"] as const),
]);
const status = z.strictObject({
  status: statuses,
  error: z.string().max(60).optional(),
  info: z.string().max(120).optional(),
});

const tell = z.union([
  z.strictObject({ group: z.number().int().min(1).max(20), means: z.enum(["firmware", "model", "serial"]) }),
  z.strictObject({
    group: z.number().int().min(1).max(20),
    means: z.literal("status"),
    base: z.union([z.literal(10), z.literal(16)]).default(10),
    values: z.record(z.string(), status),
  }),
  z.strictObject({
    group: z.number().int().min(1).max(20),
    /** OCPP's measurand. */
    means: z.enum(["Current.Import", "Voltage", "Power.Active.Import", "Energy.Active.Import.Register"]),
    scale: z.number(),
    /** The base unit that the scaled value is in. */
    unit: z.enum(["A", "V", "W", "Wh"]),
    /** A smaller one, before it is scaled, means that there is none. */
    least: z.number().optional(),
  }),
]);

/** A command that prints, for a person to send: what it shows, and how it is named. */
const command = z.strictObject({
  send: z.string().min(1).max(200),
  shows: z.enum(["status", "errors", "configuration"]),
  says: z.strictObject({ en: z.string().min(1).max(80), sv: z.string().min(1).max(80) }),
});

/** A console profile: how a make is asked on its console, and what its answers mean. Commands that change something have no place in it. */
const profileShape = z.strictObject({
  console: z.literal(1),
  name: z.string().regex(/^[a-z0-9-]{1,60}$/),
  maker: z.string().max(100),
  device: z.string().max(200),
  source: z.string().max(300),
  proven: z.enum(["document", "simulator", "device"]),
  baud: z.number().int(),
  frame: z.string(),
  ends: z.enum(["cr", "lf", "crlf"]),
  check: z.enum(["none", "xor"]),
  /** What it prints when it waits for a command, at the beginning of a line. */
  prompt: pattern.optional(),
  commands: z.array(command).max(40).default([]),
  /** What an answer begins with; nothing is asked without. */
  reply: pattern.optional(),
  refused: pattern.optional(),
  wakes: pattern.optional(),
  /** Seconds from one round to the next. */
  every: z.number().min(1).max(3600).default(5),
  info: z.strictObject({ vendor: z.string().max(60).optional(), model: z.string().max(60).optional() }).default({}),
  asks: z
    .array(
      z.strictObject({
        send: z.string().min(1).max(200),
        /** Asked until it was answered, and not again. */
        once: z.boolean().default(false),
        answer: pattern,
        tells: z.array(tell).max(20),
      }),
    )
    .max(20)
    .default([]),
});

export type ConsoleProfile = z.output<typeof profileShape>;
export type ConsoleAsk = ConsoleProfile["asks"][number];

/** Whether a station is asked by it round after round; else it only has commands for a person. */
export function asksStation({ asks, reply }: ConsoleProfile): boolean {
  return asks.length > 0 && reply !== undefined;
}

/** Reads a console profile.
 * @param text YAML 1.2
 * @throws Error what is wrong with it, and where */
export function readConsoleProfile(text: string): ConsoleProfile {
  const document = parseDocument(text, { uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) throw broken;
  const read = profileShape.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (read.success) return read.data;
  throw new Error(read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
}
