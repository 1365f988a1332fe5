import { asksStation } from "../../../consoles/profile.ts";
import { consoleProfiles } from "../../../consoles/shipped.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Disposable } from "../../../lib/disposable.ts";
import type { Logger } from "../../../lib/logger.ts";
import type { Journal } from "../../../session/journal.ts";
import type { Registry } from "../../../session/registry.ts";
import type { ConsoleEntry, ConsoleSetup } from "../../../station/serial/console.ts";
import type { Recorder } from "../../../store/recorder.ts";
import type { Consoles } from "../consoles.ts";
import { ConsoleStation } from "./console-station.ts";

export type ConsoleStationsOptions = {
  consoles: Consoles;
  registry: Registry;
  recorder: Recorder;
  journal: Journal;
  clock: Clock;
  log: Logger;
};

/** The stations that are asked over consoles: those whose console is open with a profile. */
export class ConsoleStations implements Disposable {
  readonly #options: ConsoleStationsOptions;
  readonly #byPort = new Map<string, ConsoleStation>();

  constructor(options: ConsoleStationsOptions) {
    this.#options = options;
    options.consoles.changed.on(() => this.#follow());
  }

  /** Takes what is new of a console. */
  take({ port }: ConsoleSetup, entries: readonly ConsoleEntry[]): void {
    this.#byPort.get(port)?.take(entries);
  }

  async dispose(): Promise<void> {
    const all = [...this.#byPort.values()];
    this.#byPort.clear();
    await Promise.all(all.map((station) => station.dispose("shutdown")));
  }

  #follow(): void {
    const { consoles } = this.#options;
    const views = consoles.list();
    for (const [port, station] of this.#byPort) {
      if (views.some(({ setup }) => setup === station.setup)) continue;
      this.#byPort.delete(port);
      void station.dispose();
    }
    for (const { setup } of views) {
      const profile = consoleProfiles().find(({ name }) => name === setup.profile);
      if (!profile || !asksStation(profile) || setup.station === undefined || this.#byPort.has(setup.port)) continue;
      const { port } = setup;
      const view = () => consoles.list().find((one) => one.setup === setup);
      const send = async (bytes: Uint8Array) => consoles.get(port).send(bytes, "profile");
      this.#byPort.set(
        port,
        new ConsoleStation({ ...this.#options, setup, identity: setup.station, profile, view, send }),
      );
    }
  }
}
