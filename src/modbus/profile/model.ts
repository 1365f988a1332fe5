import { z } from "zod";
import { valueTypes } from "../codec/values.ts";

/** A device profile: a plain data file (YAML) that says what the registers of a device mean. Its form is told in `.github/MODBUS.md`. */

const tables = ["holding", "input", "coil", "discrete"] as const;

const address = z.number().int().min(0).max(65_535);
const short = z.string().trim().min(1).max(200);

/** How a value stands in the registers. */
const form = {
  table: z.enum(tables).optional(),
  type: z.enum(valueTypes).default("u16"),
  /** Registers of a text. */
  length: z.number().int().min(1).max(60).optional(),
  words: z.enum(["big", "little"]).optional(),
  bytes: z.enum(["big", "little"]).optional(),
  wide: z.boolean().optional(),
};

/** What a number means: OCPP's word of a status, or the device's word of an error. */
const meanings = z.record(z.string(), short);

export const identityWords = ["vendor", "model", "serial", "firmware", "meter-type", "meter-serial"] as const;

/** OCPP's measurands (2.0.1, 3.43), and names of the same form for what OCPP has none for. */
const measurand = /^[A-Z][A-Za-z]*(\.[A-Z][A-Za-z]*)*$/;

const phases = ["L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1"] as const;
const units = ["Wh", "W", "varh", "var", "VA", "VAh", "A", "V", "Hz", "Celsius", "Percent", ""] as const;

const register = z.strictObject({
  at: address,
  ...form,
  /** status, error, an identity, a measurand, or note: for the register view alone. */
  means: z.union([z.enum(["status", "error", "note", ...identityWords]), z.string().regex(measurand).max(50)]),
  label: short.optional(),
  evse: z.number().int().min(0).max(64).optional(),
  phase: z.enum(phases).optional(),
  location: z.enum(["Outlet", "Inlet", "Body", "Cable", "EV", "Upstream"]).optional(),
  /** What a step of the register is in `unit`. */
  scale: z.number().positive().max(1e9).optional(),
  /** The register of the same table that holds a power of ten to multiply with as well, as SunSpec has it: i16, and listed itself. */
  tens: address.optional(),
  /** Turns the sign: the device counts the other way. */
  negative: z.boolean().optional(),
  /** The base unit; by the measurand where that has one. */
  unit: z.enum(units).optional(),
  /** Bits that belong to it, which are then moved down. */
  mask: z.number().int().min(1).max(0xffff_ffff).optional(),
  /** Values that mean that nothing is measured. */
  absent: z.array(z.number()).max(10).optional(),
  values: meanings.optional(),
  bits: meanings.optional(),
});

const command = z.strictObject({
  name: z.enum(["limit-current", "enable", "disable", "unlock", "lock"]),
  at: address,
  ...form,
  scale: z.number().positive().optional(),
  /** What is written, where it is always the same. */
  value: z.number().optional(),
  least: z.number().optional(),
  most: z.number().optional(),
  /** What it does, in words, before it is done. */
  says: short,
});

const signature = z
  .strictObject({
    at: address,
    ...form,
    /** The value, or a text that it must begin with. */
    is: z.union([z.number(), z.string().min(1)]).optional(),
    /** Where models are numbered in a row: the first and the last of them. */
    least: z.number().optional(),
    most: z.number().optional(),
  })
  .refine(({ is, least, most }) => (is === undefined) === (least !== undefined && most !== undefined));

export const profileShape = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{1,59}$/),
  maker: short,
  device: short,
  kind: z.enum(["charger", "meter"]),
  /** The document that it was made from. */
  source: z.string().trim().min(1).max(500),
  /** How far it is proven. */
  proven: z.enum(["document", "simulator", "device"]),
  notes: z.string().max(2000).optional(),
  unit: z.number().int().min(0).max(255).default(1),
  /** How the device comes from its maker. */
  serial: z
    .strictObject({
      baud: z.number().int().min(50).max(12_000_000),
      bits: z.literal([7, 8]).default(8),
      parity: z.enum(["none", "even", "odd"]).default("none"),
      stop: z.literal([1, 2]).default(1),
    })
    .optional(),
  port: z.number().int().min(1).max(65_535).default(502),
  /** Seconds between two readings. */
  every: z.number().min(0.2).max(3600).default(2),
  /** What the registers are taken from where they do not say. */
  table: z.enum(tables).default("holding"),
  words: z.enum(["big", "little"]).default("big"),
  /** What the document calls the first register: 0 or 1. */
  first: z.literal([0, 1]).default(0),
  /** How many registers that mean nothing may be read along between two that do. */
  gap: z.number().int().min(0).max(60).default(0),
  /** The most registers in one question. */
  most: z.number().int().min(1).max(125).default(60),
  /** What tells this device from others. */
  identify: z.array(signature).max(8).default([]),
  registers: z.array(register).min(1).max(400),
  commands: z.array(command).max(20).default([]),
});

export type Profile = z.infer<typeof profileShape>;
export type ProfileRegister = Profile["registers"][number];
export type ProfileCommand = Profile["commands"][number];
