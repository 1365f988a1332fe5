import type { Clock } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";
import { createEmitter } from "../lib/emitter.ts";
import type { Logger } from "../lib/logger.ts";
import type { QuirkName, ScenarioName, SimulatorAction, VirtualStation } from "../services/simulator/contract.ts";
import { failure } from "../station/failure.ts";
import type { OcppVersion } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { startVirtualStation, type VirtualStationHandle } from "./virtual-station.ts";

export type FleetStart = {
  identity: string;
  ocpp: OcppVersion;
  scenario: ScenarioName;
  speed: number;
  seed: number;
  connectors: number;
  quirks: QuirkName[];
};

/** The virtual stations of one core. */
export type Fleet = {
  /** @throws FailureError conflict when the identity is taken */
  start(input: FleetStart): VirtualStation;
  /** @throws FailureError not-found */
  stop(identity: string): Promise<void>;
  /** @throws FailureError not-found */
  misbehave(identity: string, quirks: readonly QuirkName[]): VirtualStation;
  /** @throws FailureError not-found, or conflict when it cannot be done now */
  act(identity: string, action: SimulatorAction, evse: number, value?: string): VirtualStation;
  /** In the order they were started. */
  list(): VirtualStation[];
  onChange(listener: () => void): Disposable;
  dispose(): Promise<void>;
};

/** Makes a fleet without stations.
 * @param options.url where they connect, asked at each start */
export function createFleet(options: { url: () => string; clock: Clock; log: Logger }): Fleet {
  const stations = new Map<string, VirtualStationHandle>();
  const changes = createEmitter<void>(options.log);
  const changed = () => changes.emit();

  function find(identity: string): VirtualStationHandle {
    const station = stations.get(identity);
    if (!station) throw failure("not-found", words("no-virtual", { identity }));
    return station;
  }

  async function stop(identity: string): Promise<void> {
    const station = find(identity);
    stations.delete(identity);
    changed();
    await station.stop();
  }

  return {
    start(input) {
      if (stations.has(input.identity)) {
        throw failure("conflict", words("virtual-running", { identity: input.identity }));
      }
      const station = startVirtualStation({
        ...input,
        url: options.url(),
        clock: options.clock,
        onChange: changed,
        log: (line) => options.log.info(`${input.identity}: ${line}`),
      });
      stations.set(input.identity, station);
      changed();
      return station.state();
    },
    stop,
    act(identity, action, evse, value) {
      const station = find(identity);
      station.act(action, evse, value);
      return station.state();
    },
    misbehave(identity, quirks) {
      const station = find(identity);
      station.misbehave(quirks);
      return station.state();
    },
    list: () => [...stations.values()].map((station) => station.state()),
    onChange: (listener) => changes.on(listener),
    async dispose() {
      await Promise.all([...stations.keys()].map(stop));
    },
  };
}
