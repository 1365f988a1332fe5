import type { Clock } from "../../lib/clock.ts";
import type { Memory } from "../../modbus/bus/slave.ts";
import type { Table } from "../../modbus/codec/pdu.ts";
import { encode } from "../../modbus/profile/encode.ts";
import type { Profile, ProfileRegister } from "../../modbus/profile/model.ts";
import { placeOf } from "../../modbus/profile/plan.ts";
import { noStatus, readError } from "../../modbus/profile/words.ts";
import type { ConnectorStatus } from "../../station/model.ts";

const nominalVolts = 230;
const hourMs = 3_600_000;
const identity: Record<string, string> = { vendor: "Plugside", model: "Virtual", serial: "V000001", firmware: "1" };

/** A charger or a meter that is none: what a profile's registers say of a state that is set by hand. */
export class VirtualDevice implements Memory {
  readonly profile: Profile;
  readonly identity: readonly string[];
  readonly #clock: Clock;
  readonly #registers = new Map<string, ProfileRegister>();
  readonly #written = new Map<string, number>();
  #status: ConnectorStatus = "Available";
  #errors: string[] = [];
  #amperes = 0;
  #limit = Number.POSITIVE_INFINITY;
  #energyWh = 12_345_678;
  #since: number;
  #tap: ((what: string) => void) | undefined;

  constructor(profile: Profile, clock: Clock, tap?: (what: string) => void) {
    this.profile = profile;
    this.identity = ["Plugside", profile.name, "virtual"];
    this.#clock = clock;
    this.#since = clock.monotonic();
    this.#tap = tap;
    for (const register of profile.registers) {
      const { table, address } = placeOf(profile, register);
      for (let place = 0; place < this.#encoded(register).length; place++) {
        const key = `${table} ${address + place}`;
        // A register may be told of twice, as a status and as an error: the first of them is what it holds.
        if (!this.#registers.has(key)) this.#registers.set(key, register);
      }
    }
  }

  /** Sets what the device tells from now on. `amperes` flow on each of three phases; `errors` are the profile's own words. */
  set(change: { status?: ConnectorStatus; errors?: readonly string[]; amperes?: number }): void {
    this.#count();
    if (change.status !== undefined) this.#status = change.status;
    if (change.errors !== undefined) this.#errors = [...change.errors];
    if (change.amperes !== undefined) this.#amperes = change.amperes;
  }

  /** What its registers have numbers for: OCPP's statuses, and the profile's errors with OCPP's code and without. */
  get words(): { statuses: string[]; errors: string[] } {
    const told = (means: string) =>
      this.profile.registers
        .filter((register) => register.means === means)
        .flatMap(({ values = {}, bits = {} }) => [...Object.values(values), ...Object.values(bits)])
        .filter((word) => word !== noStatus);
    const errors = told("error").flatMap((word) => [readError(word).info, word]);
    return { statuses: [...new Set(told("status"))], errors: [...new Set(errors)] };
  }

  /** Wh that flowed in its life. */
  get energyWh(): number {
    this.#count();
    return this.#energyWh;
  }

  /** W, of the amperes that it tells alone: none where none flow. */
  get power(): number {
    return this.#flowing * nominalVolts * 3;
  }

  read(table: Table, address: number): number | null {
    const written = this.#written.get(`${table} ${address}`);
    if (written !== undefined) return written;
    const signed = this.#signature(table, address);
    if (signed !== null) return signed;
    const register = this.#registers.get(`${table} ${address}`);
    if (!register) return null;
    return this.#encoded(register)[address - placeOf(this.profile, register).address] ?? null;
  }

  write(table: "holding" | "coil", address: number, value: number): boolean {
    const command = this.profile.commands.find((one) => {
      const place = placeOf(this.profile, one);
      return place.table === table && address >= place.address && address < place.address + 4;
    });
    if (!command) return false;
    this.#written.set(`${table} ${address}`, value);
    this.#tap?.(`${command.name}: ${table} ${address} = ${value}`);
    if (command.name === "limit-current") this.#limit = value * (command.scale ?? 1);
    return true;
  }

  get #flowing(): number {
    return this.#status === "Charging" || this.profile.kind === "meter" ? Math.min(this.#amperes, this.#limit) : 0;
  }

  #count(): void {
    const now = this.#clock.monotonic();
    this.#energyWh += (this.power * (now - this.#since)) / hourMs;
    this.#since = now;
  }

  /** What its identity registers hold. */
  #signature(table: Table, address: number): number | null {
    for (const signature of this.profile.identify) {
      const register: ProfileRegister = { ...signature, means: "note" };
      const place = placeOf(this.profile, signature);
      const registers = encode(this.profile, register, signature.is ?? signature.least ?? 0);
      if (place.table === table && address >= place.address && address < place.address + registers.length)
        return registers[address - place.address] ?? null;
    }
    return null;
  }

  #encoded(register: ProfileRegister): number[] {
    return encode(this.profile, register, this.#valueOf(register));
  }

  #valueOf(register: ProfileRegister): number | string {
    const { means, phase, values, bits } = register;
    if (means in identity) return register.type === "text" ? (identity[means] ?? "") : 1;
    if (means === "status") return keyOf(values, this.#status) ?? keyOf(values, noStatus) ?? firstKey(values) ?? 0;
    if (means === "error") return this.#errorOf(values, bits);
    if (means.startsWith("Voltage"))
      return phase?.includes("-L") ? Math.round(nominalVolts * Math.sqrt(3)) : nominalVolts;
    if (means.startsWith("Current")) return phase === "N" ? 0 : this.#flowing;
    if (means.startsWith("Power.Factor")) return 1;
    if (means.startsWith("Power.Reactive") || means.includes("Export")) return 0;
    if (means.startsWith("Power")) return phase === undefined ? this.power : this.power / 3;
    if (means.startsWith("Energy.Active.Import")) return phase === undefined ? this.energyWh : this.energyWh / 3;
    if (means === "Frequency") return 50;
    if (means === "Temperature") return 24;
    return 0;
  }

  #errorOf(values: ProfileRegister["values"], bits: ProfileRegister["bits"]): number | string {
    const [word] = this.#errors;
    if (values) return (word === undefined ? undefined : keyOf(values, word)) ?? 0;
    return this.#errors.reduce((sum, one) => {
      const bit = Object.entries(bits ?? {}).find(([, meaning]) => fits(meaning, one))?.[0];
      return bit === undefined ? sum : sum + 2 ** Number(bit);
    }, 0);
  }
}

/** The number (or text) that a word stands for. */
function keyOf(values: ProfileRegister["values"], word: string): string | undefined {
  return Object.entries(values ?? {}).find(([, meaning]) => fits(meaning, word))?.[0];
}

function fits(meaning: string, word: string): boolean {
  return meaning === word || readError(meaning).info === word;
}

function firstKey(values: ProfileRegister["values"]): string | undefined {
  return Object.keys(values ?? {})[0];
}
