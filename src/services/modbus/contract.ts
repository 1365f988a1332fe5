import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";
import type { Unit } from "../../lib/units.ts";
import type { Words } from "../../lib/words.ts";
import type { ScanView } from "../../station/serial/modbus.ts";
import type { ModbusStationView } from "../../station/serial/modbus-stations.ts";

/** The longest profile of a person's own, characters. */
export const longestProfile = 256 * 1024;

/** PORT[,baud=N][,frame=8N1], with RTU; or HOST[:PORT], with Modbus TCP. */
const place = z.string().trim().min(1).max(300);
const unit = z.number().int().min(0).max(255);
const table = z.enum(["holding", "input", "coil", "discrete"]);
/** A profile of a person's own, as its file stands; one that is too long by a character is refused as a profile is, in words. */
const own = z.object({ text: z.string().max(longestProfile + 1) });
/** The name of one that is shipped; a file's text where it is a person's own. */
const profile = z.union([z.string().min(1).max(60), own]);
/** Or the own one that a device is read by already, by the identity of that. */
const chosen = z.union([...profile.options, z.object({ of: z.string().min(1).max(255) })]);
export type ChosenProfile = z.infer<typeof chosen>;
/** A command of a profile; the value where it takes one. */
const written = { command: z.string().min(1).max(40), value: z.number().optional() };

/** A device that is read as a station, as it is kept. */
export const setupInput = z.object({
  place,
  unit: unit.optional(),
  profile: profile.default("auto"),
  identity: z
    .string()
    .trim()
    .min(1)
    .max(48)
    .regex(/^[^\s/\\?#]+$/),
  /** A meter that is held beside a station: its values stand on that one's charts. */
  reference: z
    .object({ station: z.string().min(1).max(255), evse: z.number().int().min(1).max(64).default(1) })
    .optional(),
});

export type ProfileView = {
  name: string;
  maker: string;
  device: string;
  kind: "charger" | "meter";
  source: string;
  proven: "document" | "simulator" | "device";
  notes?: string;
  unit: number;
  /** How it comes from its maker, where that is known; frame is 8N1. */
  serial?: { baudRate: number; frame: string };
  /** It is a person's own, and this device is read by it. */
  ownOf?: string;
  /** Its registers tell of errors. */
  tellsErrors: boolean;
  registers: number;
  commands: { name: string; says: string; least?: number; most?: number; value?: number }[];
};

/** What a register says by the profile. `value` is in `unit`; null: nothing is measured. */
export type ValueView = {
  at: number;
  means: string;
  label?: string;
  evse: number;
  phase?: string;
  raw: string | null;
  value: number | string | null;
  unit: Unit;
  words: string[];
};

/** Registers as they stood; `why`: the device refused them. */
export type BlockView = {
  table: "holding" | "input" | "coil" | "discrete";
  address: number;
  count: number;
  registers: number[] | null;
  why?: Words;
};

/** One register, alone and with the one that follows it; `Little`: with the low register first. Null where one is lacking. */
export type RegisterRow = {
  table: BlockView["table"];
  address: number;
  hex: string;
  u16: number;
  i16: number;
  bits: string;
  text: string;
  u32: number | null;
  i32: number | null;
  f32: number | null;
  u32Little: number | null;
  f32Little: number | null;
};

export type DeviceReading = {
  place: string;
  unit: number;
  /** Our clock. */
  at: number;
  profile: Pick<ProfileView, "name" | "maker" | "device" | "kind" | "source" | "proven"> | null;
  /** Profiles that fit as well. */
  oneOf?: string[];
  values: ValueView[];
  blocks: BlockView[];
  /** Registers that were asked for by number, in every way they can be read. */
  rows?: RegisterRow[];
};

/** A question that another master puts to a unit: what it reads, or what it has written last. */
export type Question =
  | { kind: "read"; table: BlockView["table"]; address: number; count: number }
  | { kind: "write"; table: "holding" | "coil"; address: number; registers: number[] };

/** A question, and what comes of it. Times are of our clock, ms. */
export type PollView = {
  unit: number;
  question: Question;
  asked: number;
  answered: number;
  /** Of those answered, how many were refused; `why`: the last one, where it was. */
  refused: number;
  why?: Words;
  /** Between two of them, on average; null where it was put once. */
  everyMs: number | null;
  lastAt: number;
  /** What was answered last; null: nothing, or a refusal. */
  registers: number[] | null;
  /** What that says by the profile. */
  values: ValueView[];
};

/** What is said on a line between another master and its devices. */
export type ListenView = {
  /** Listening since, our clock. */
  since: number;
  bytes: number;
  /** Stretches of bytes that are no frame. */
  damaged: number;
  /** Frames that are neither a known question nor an answer to one that was heard. */
  strange: number;
  polls: PollView[];
  /** How many questions were not told apart any more. */
  more: number;
  /** It could not begin, or the port is gone. */
  trouble?: Words;
};

export const modbusContract = {
  /** The device profiles that are shipped, and then those of a person's own that devices are read by. */
  "modbus.profiles": call(z.object({})).returns<ProfileView[]>(),
  /** Looks a profile of a person's own over. Fails with invalid-input, with each fault and its line. */
  "modbus.checkProfile": call(own).returns<ProfileView>(),
  /** Reads a device once: by a profile (absent: by what it is found to be), or registers by their numbers on the wire. Fails with
   * unavailable when nobody answers, with invalid-input for a profile with faults, told with their lines. */
  "modbus.read": call(
    z.object({
      place,
      unit: unit.optional(),
      profile: chosen.optional(),
      registers: z
        .object({
          table: table.default("holding"),
          from: z.number().int().min(0).max(65_535),
          count: z.number().int().min(1).max(2000),
        })
        .optional(),
    }),
  ).returns<DeviceReading>(),
  /** Looks for devices, gently and reading alone: on a bus, at a host, or on a network (`network`: the laptop's own; a.b.c.d/24). It ends when it is over, or nobody watches any more. */
  "modbus.scan": feed(
    z.object({
      place,
      /** Units to knock at with every setting; the usual ones by default. */
      units: z.array(unit).min(1).max(256).optional(),
    }),
  ).of<ScanView>(),
  /** Overhears what another master says on a serial line, and says nothing itself. It ends when nobody watches any more. Fails with
   * invalid-input for what is no serial line. */
  "modbus.listen": feed(z.object({ place, profile: chosen.optional() })).of<ListenView>(),
  /** The devices that are read as stations, as they stand. */
  "modbus.stations": feed(z.object({})).of<ModbusStationView[]>(),
  /** Reads a device as a station from now on, after restarts too. One that does not answer now is looked for. Fails with conflict when the
   * identity, the port or the device is in use; with invalid-input and not-found as reading does. */
  "modbus.attach": call(setupInput.extend({ profile: chosen.default("auto") })).returns<ModbusStationView>(),
  /** Reads it no more; what is on record stays. Fails with not-found. */
  "modbus.detach": call(z.object({ identity: z.string().max(255) })).returns<null>(),
  /** Writes what a command of a profile writes, to a device that is read as a station or to one by its place. It is read back where the
   * register can be read. Fails with unavailable as reading does; where no answer came, with what is not known then. */
  "modbus.write": call(
    z.union([
      z.object({ identity: z.string().max(255), ...written }),
      z.object({ place, unit: unit.optional(), profile: chosen, ...written }),
    ]),
  ).returns<{ says: string; registers: number[] }>(),
};
