import type { Disposable } from "../../../lib/disposable.ts";
import type { Words } from "../../../lib/words.ts";
import { ModbusTrouble } from "../../../modbus/bus/trouble.ts";
import { identify } from "../../../modbus/device/identify.ts";
import { type BlockReading, isForGood, readBlocks } from "../../../modbus/device/read-device.ts";
import { identityWords, type Profile, type ProfileRegister } from "../../../modbus/profile/model.ts";
import { registersIn } from "../../../modbus/profile/plan.ts";
import { failure, whyOf } from "../../../station/failure.ts";
import type { CloseCause } from "../../../station/model.ts";
import { words } from "../../../station/phrases.ts";
import type { ModbusSetup, ModbusStationView } from "../../../station/serial/modbus-stations.ts";
import { endOfPort, frameText } from "../../../transports/serial/settings.ts";
import type { Buses } from "../buses.ts";
import type { OpenBus } from "../open-bus.ts";
import { type ModbusPlace, placeText, readPlace } from "../place.ts";
import { findProfile, loadProfiles, profileView } from "../profiles.ts";
import { type LinkParts, ModbusLink } from "./modbus-link.ts";

export type ModbusStationOptions = LinkParts & {
  setup: ModbusSetup;
  /** Which unit it is; undefined as long as that is found by what answers. */
  unit: number | undefined;
  buses: Buses;
  changed: () => void;
};

const retryMs = 2000;
/** So many readings in a row without an answer are silence; one alone is a disturbance. */
const mostMisses = 3;
const lookMs = 500;

/** One device, read at its interval as long as it is set up, and looked for while it is silent. */
export class ModbusStation implements Disposable {
  readonly #options: ModbusStationOptions;
  readonly #place: ModbusPlace;
  readonly #running: Promise<void>;
  readonly #counts = { readings: 0, failed: 0 };
  #state: ModbusStationView["state"] = "starting";
  #since: number;
  #trouble: Words | undefined;
  #profile: Profile | null = null;
  #link: ModbusLink | null = null;
  #over = false;
  #wake: (() => void) | null = null;

  constructor(options: ModbusStationOptions) {
    this.#options = options;
    this.#place = readPlace(options.setup.place).place;
    this.#since = options.clock.now();
    this.#running = this.#run();
  }

  get place(): ModbusPlace {
    return this.#place;
  }

  /** Which unit it is on its line or behind its host, once that is known. */
  get unit(): number | undefined {
    return this.#options.unit ?? this.#profile?.unit;
  }

  /** What it is read by, once that is known. */
  get profile(): Profile | null {
    return this.#profile;
  }

  get setup(): ModbusSetup {
    return this.#options.setup;
  }

  view(): ModbusStationView {
    const { setup } = this.#options;
    const profile = this.#profile && profileView(this.#profile);
    const named = typeof setup.profile === "string" ? setup.profile : (profile?.name ?? "");
    return {
      setup: { ...setup, profile: named },
      state: this.#state,
      since: this.#since,
      ...(this.#trouble && { trouble: this.#trouble }),
      ...(profile && {
        profile: {
          name: profile.name,
          maker: profile.maker,
          device: profile.device,
          kind: profile.kind,
          proven: profile.proven,
          commands: profile.commands,
        },
      }),
      counts: { ...this.#counts },
    };
  }

  /** Reads no more.
   * @param cause why its connection ends */
  async dispose(cause: "asked" | "shutdown" = "asked"): Promise<void> {
    this.#over = true;
    this.#wake?.();
    await this.#running;
    this.#end(cause);
  }

  async #run(): Promise<void> {
    while (!this.#over) {
      try {
        await this.#options.buses.use(this.#place, (bus) => this.#talk(bus));
      } catch (error) {
        const gone = error instanceof ModbusTrouble && error.kind === "gone";
        const place = this.#place;
        this.#end(gone && place.kind === "serial" ? endOfPort(place.port) : "lost");
        this.#come("trouble", error instanceof ModbusTrouble ? error.words : whyOf(error));
      }
      if (!this.#over) await this.#wait(retryMs);
    }
  }

  /** Reads as long as the bus is there.
   * @throws ModbusTrouble when it goes; FailureError where the profile is not known */
  async #talk({ master }: OpenBus): Promise<void> {
    const { recorder } = this.#options;
    let registers: readonly ProfileRegister[] | null = null;
    let misses = 0;
    while (!this.#over) {
      if (master.over) throw new ModbusTrouble("gone", master.over);
      const profile = this.#profile ?? (await this.#identified(master));
      this.#profile = profile;
      const unit = this.unit ?? profile.unit;
      // While nothing can be stored nothing is asked.
      if (recorder.trouble === null) {
        try {
          const blocks = await readBlocks(master, unit, profile, registers ?? profile.registers);
          misses = 0;
          this.#take(profile, unit, blocks);
          registers = staying(profile, registers ?? profile.registers, blocks);
        } catch (error) {
          if (!(error instanceof ModbusTrouble) || error.kind === "gone") throw error;
          misses++;
          this.#missed(error, misses);
          if (misses >= mostMisses) registers = null;
        }
      }
      await this.#wait(misses > 0 && misses < mostMisses ? lookMs : profile.every * 1000);
    }
  }

  #take(profile: Profile, unit: number, blocks: readonly BlockReading[]): void {
    const { registry, clock, setup, changed } = this.#options;
    if (!this.#link) {
      const place = this.#place;
      const line =
        place.kind === "serial" ? { baudRate: place.settings.baudRate, frame: frameText(place.settings) } : {};
      const via = { kind: "modbus", port: placeText(place), unit, profile: profile.name, ...line } as const;
      this.#link = new ModbusLink(this.#options, registry.ensure(setup.identity, clock.now()), profile, via);
    }
    this.#link.reading(blocks);
    this.#counts.readings++;
    this.#come("online");
    changed();
  }

  #missed(trouble: ModbusTrouble, misses: number): void {
    this.#counts.failed++;
    if (trouble.kind !== "exception" && trouble.raw.length > 0) this.#link?.damaged(trouble);
    if (misses < mostMisses) return;
    this.#end("silent");
    this.#come(this.#options.registry.get(this.#options.setup.identity) ? "silent" : "starting", trouble.words);
  }

  /** The profile that it is set up with, or that fits it alone. */
  async #identified(master: OpenBus["master"]): Promise<Profile> {
    const { setup } = this.#options;
    if (setup.profile !== "auto") return findProfile(setup.profile);
    const { profiles } = await identify(master, setup.unit ?? 1, await loadProfiles());
    const [profile] = profiles;
    if (!profile) throw failure("unavailable", words("modbus-unidentified"));
    const names = profiles.map(({ name }) => name).join(", ");
    if (profiles.length > 1) throw failure("unavailable", words("modbus-one-of", { names }));
    return profile;
  }

  #end(cause: CloseCause): void {
    this.#link?.end(cause);
    this.#link = null;
  }

  #come(state: ModbusStationView["state"], trouble?: Words): void {
    const same = this.#state === state && JSON.stringify(this.#trouble) === JSON.stringify(trouble);
    this.#trouble = trouble;
    if (this.#state !== state) this.#since = this.#options.clock.now();
    this.#state = state;
    if (!same) this.#options.changed();
  }

  #wait(ms: number): Promise<void> {
    if (this.#over) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.#options.clock.after(ms, resolve);
      this.#wake = () => {
        timer.stop();
        resolve();
      };
    });
  }
}

/** What is read the next time: not what says who it is, which does not change, and not what the device does not have. Where nothing would
 * be left all is read again: a device that is asked nothing is not known to be there. */
function staying(
  profile: Profile,
  registers: readonly ProfileRegister[],
  blocks: readonly BlockReading[],
): ProfileRegister[] {
  const refused = new Set(
    blocks
      .filter(({ trouble }) => trouble && isForGood(trouble))
      .flatMap((block) => registersIn(profile, registers, block)),
  );
  const names: readonly string[] = identityWords;
  const left = registers.filter((register) => !refused.has(register) && !names.includes(register.means));
  return left.length > 0 ? left : [...registers];
}
