import type { Random } from "../random.ts";

/** One reading of a three-phase meter. Lists are L1, L2, L3. */
export type Reading = {
  /** Wh, never runs backwards. */
  register: number;
  /** W, the sum over the phases of U * I * power factor. */
  power: number;
  /** V, phase to neutral. */
  voltage: [number, number, number];
  /** A */
  current: [number, number, number];
  powerFactor: number;
  /** Hz */
  frequency: number;
  /** Degrees Celsius inside the housing. */
  temperature: number;
};

/** What is drawn: A on each of the first `phases` phases. */
export type Load = { current: number; phases: number };

export type Meter = {
  /** Lets time pass under a load.
   * @returns Wh counted */
  step(seconds: number, load: Load): number;
  reading(): Reading;
};

const nominalVoltage = 230;
/** Ohm of supply line, per phase: 16 A pull the voltage down by about 3 V. */
const lineResistance = 0.19;
/** A car raises its current from nothing to 32 A in 20 s, and lets go of it faster. A per second. */
const rise = 1.6;
const fall = 8;
/** Seconds over which noise wanders back to its mean. */
const wander = 30;
const ambient = 18;
/** Degrees above ambient at three times 32 A, and the seconds to get most of the way there. */
const warming = 24;
const warmingTime = 600;

/** Makes a meter; the same seed and the same load give the same readings.
 * @param startWh what the register shows when it is mounted */
export function createMeter(random: Random, startWh: number): Meter {
  const offsets = [random.between(-2, 2), random.between(-2, 2), random.between(-2, 2)];
  const drift = [0, 0, 0];
  let frequencyDrift = 0;
  let current = 0;
  let phases = 3;
  let now: Reading = {
    register: startWh,
    power: 0,
    voltage: [nominalVoltage, nominalVoltage, nominalVoltage],
    current: [0, 0, 0],
    powerFactor: 1,
    frequency: 50,
    temperature: ambient,
  };

  function measure(seconds: number): Reading {
    const keep = Math.exp(-seconds / wander);
    const kick = Math.sqrt(1 - keep * keep);
    frequencyDrift = frequencyDrift * keep + random.normal() * kick * 0.02;
    const onPhase = (phase: number): { volts: number; amperes: number } => {
      drift[phase] = (drift[phase] ?? 0) * keep + random.normal() * kick * 0.8;
      // A car's phases differ by some hundredths.
      const amperes = phase < phases && current > 0 ? current * (1 + 0.004 * random.normal()) : 0;
      const volts = nominalVoltage + (offsets[phase] ?? 0) + (drift[phase] ?? 0) - lineResistance * amperes;
      return { volts, amperes };
    };
    const measured = [onPhase(0), onPhase(1), onPhase(2)] as const;
    const powerFactor = current > 0 ? 0.995 - 0.09 * Math.exp(-current / 5) : 1;
    const power = measured.reduce((sum, { volts, amperes }) => sum + volts * amperes * powerFactor, 0);
    const target = ambient + warming * ((current * phases) / 96) ** 2;
    return {
      register: now.register,
      power,
      voltage: [measured[0].volts, measured[1].volts, measured[2].volts],
      current: [measured[0].amperes, measured[1].amperes, measured[2].amperes],
      powerFactor,
      frequency: 50 + frequencyDrift,
      temperature: now.temperature + (target - now.temperature) * (1 - Math.exp(-seconds / warmingTime)),
    };
  }

  now = measure(wander);
  return {
    step(seconds, load) {
      phases = load.phases;
      if (load.current > current) current = Math.min(load.current, current + rise * seconds);
      else current = load.current === 0 ? 0 : Math.max(load.current, current - fall * seconds);
      now = measure(seconds);
      const energy = (now.power * seconds) / 3600;
      now.register += energy;
      return energy;
    },
    reading: () => now,
  };
}
