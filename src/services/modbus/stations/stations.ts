import type { Disposable } from "../../../lib/disposable.ts";
import { createEmitter, type Emitter } from "../../../lib/emitter.ts";
import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import type { ModbusSetup, ModbusStationView } from "../../../station/serial/modbus-stations.ts";
import type { SettingsRepository } from "../../../store/settings.ts";
import type { Reference } from "../../metering/references.ts";
import type { Buses } from "../buses.ts";
import { type ProfileView, setupInput } from "../contract.ts";
import { placeText, readPlace } from "../place.ts";
import { findProfile, profileView } from "../profiles.ts";
import type { LinkParts } from "./modbus-link.ts";
import { ModbusStation } from "./modbus-station.ts";

const key = "modbus-stations";
const mostStations = 64;

/** The devices that are read over Modbus as stations: those that a person set up are there again after a restart. */
export class ModbusStations implements Disposable {
  readonly #parts: LinkParts & { buses: Buses; settings: SettingsRepository };
  readonly #byIdentity = new Map<string, ModbusStation>();
  readonly changed: Emitter<void>;

  constructor(parts: LinkParts & { buses: Buses; settings: SettingsRepository }) {
    this.#parts = parts;
    this.changed = createEmitter(parts.log);
  }

  list(): ModbusStationView[] {
    return [...this.#byIdentity.values()].map((station) => station.view());
  }

  /** The meters that are held beside a station. */
  referencesOf(station: string): Reference[] {
    return [...this.#byIdentity.values()].flatMap(({ setup: { identity, reference } }) =>
      reference?.station === station ? [{ meter: identity, evse: reference.evse }] : [],
    );
  }

  /** Reads a device from now on, after restarts too. One that does not answer now is looked for.
   * @throws FailureError conflict; invalid-input for a place or a profile that cannot be read; not-found for an unknown profile */
  async attach(setup: ModbusSetup): Promise<ModbusStationView> {
    const station = await this.#add(setup, false);
    this.#keep([...this.#kept().filter(({ identity }) => identity !== setup.identity), setup]);
    return station.view();
  }

  /** Reads it no more.
   * @throws FailureError not-found */
  async detach(identity: string): Promise<void> {
    const station = this.#require(identity);
    this.#byIdentity.delete(identity);
    this.#keep(this.#kept().filter((one) => one.identity !== identity));
    await station.dispose();
    this.changed.emit();
  }

  /** Where the device of a station is, and by what it is read.
   * @throws FailureError not-found; unavailable while it is not known what it is */
  target(identity: string): Pick<ModbusSetup, "place" | "unit" | "profile"> {
    const { setup, profile } = this.#require(identity);
    const { place, unit } = setup;
    if (setup.profile !== "auto") return { place, unit, profile: setup.profile };
    if (!profile) throw failure("unavailable", words("modbus-unidentified"));
    return { place, unit, profile: profile.name };
  }

  /** The profiles of a person's own that devices are read by, each once. */
  async ownProfiles(): Promise<ProfileView[]> {
    const byText = new Map<string, string>();
    for (const [identity, { setup }] of this.#byIdentity)
      if (typeof setup.profile === "object" && !byText.has(setup.profile.text))
        byText.set(setup.profile.text, identity);
    return Promise.all(
      [...byText].map(async ([text, ownOf]) => ({ ...profileView(await findProfile({ text })), ownOf })),
    );
  }

  /** The own profile that a device is read by.
   * @throws FailureError not-found: there is no such device; invalid-input: it is read by one that is shipped */
  ownProfile(identity: string): { text: string } {
    const { profile } = this.#require(identity).setup;
    if (typeof profile === "object") return profile;
    throw failure("invalid-input", words("modbus-no-profile", { name: identity }));
  }

  /** The device of a station.
   * @throws FailureError not-found */
  #require(identity: string): ModbusStation {
    const station = this.#byIdentity.get(identity);
    if (!station) throw failure("not-found", words("modbus-not-attached", { identity }));
    return station;
  }

  /** Those that were kept, and those named at the start, which are not. Nobody waits for a device. */
  restore(named: readonly ModbusSetup[]): void {
    const others = this.#kept().filter(({ identity }) => !named.some((one) => one.identity === identity));
    for (const setup of [...named, ...others])
      this.#add(setup, others.includes(setup)).catch((error: unknown) =>
        this.#parts.log.error(`${setup.identity} is not read`, { error }),
      );
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#byIdentity.values()].map((station) => station.dispose("shutdown")));
  }

  /** @param isKept it was read before: what an earlier release let be is not taken away */
  async #add(setup: ModbusSetup, isKept: boolean): Promise<ModbusStation> {
    const { identity } = setup;
    const { place } = readPlace(setup.place);
    const usual = setup.profile === "auto" ? undefined : (await findProfile(setup.profile)).unit;
    const unit = setup.unit ?? usual;
    const taken = () => this.#byIdentity.has(identity) || this.#parts.registry.get(identity)?.session?.isOpen;
    if (taken()) throw failure("conflict", words("modbus-identity", { identity }));
    if (this.#byIdentity.size >= mostStations)
      throw failure("conflict", words("line-too-many", { most: mostStations }));
    const clash = [...this.#byIdentity.values()].find(
      (one) => placeText(one.place) === placeText(place) && JSON.stringify(one.place) !== JSON.stringify(place),
    );
    if (clash) throw failure("conflict", words("modbus-other-settings", { identity: clash.setup.identity }));
    const same = [...this.#byIdentity.values()].find(
      (one) => placeText(one.place) === placeText(place) && one.unit === unit,
    );
    if (same && !isKept) throw failure("conflict", words("modbus-same-device", { identity: same.setup.identity }));
    const station = new ModbusStation({ ...this.#parts, setup, unit, changed: () => this.changed.emit() });
    this.#byIdentity.set(identity, station);
    this.changed.emit();
    return station;
  }

  #kept(): ModbusSetup[] {
    const stored = this.#parts.settings.all()[key];
    return (Array.isArray(stored) ? stored : []).flatMap((one) => {
      const read = setupInput.safeParse(one);
      return read.success ? [read.data] : [];
    });
  }

  #keep(setups: readonly ModbusSetup[]): void {
    this.#parts.settings.set({ [key]: setups });
  }
}
