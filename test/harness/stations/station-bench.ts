import { onTestFinished } from "vitest";
import type { CoreOptions } from "../../../src/core.ts";
import { createManualClock, type ManualClock } from "../../../src/lib/clock.ts";
import type { QuirkName } from "../../../src/services/simulator/contract.ts";
import type { SerialPlace } from "../../../src/simulator/communication/serial-link.ts";
import { startVirtualStation, type VirtualStationHandle } from "../../../src/simulator/virtual-station.ts";
import type { CommandOutcome, StationCommand } from "../../../src/station/commands.ts";
import type { OcppVersion, StationState } from "../../../src/station/model.ts";
import { snapshot, type TestCore, testCore } from "../core.ts";

/** A virtual station on a core, both on one hand-turned clock: nothing sleeps, and what is seen is what the screens see. */
export type StationBench = TestCore & {
  clock: ManualClock;
  station: VirtualStationHandle;
  /** The station as the screens have it now. */
  state(): Promise<StationState>;
  /** Resolves when all that was said is answered and nothing new comes of it. */
  settle(): Promise<void>;
  /** Lets seconds of station time pass, one at a step. */
  run(seconds: number): Promise<void>;
  /** Looks until the state is as wanted, without letting time pass. Fails by the test's own time-out. */
  reach(wanted: (state: StationState) => boolean): Promise<StationState>;
  command(command: StationCommand): Promise<CommandOutcome>;
};

export type BenchOptions = {
  connectors?: number;
  quirks?: readonly QuirkName[];
  url?: (core: TestCore) => string;
  /** The line that it speaks over, in place of a socket; the core's end of it is among the options of that. */
  serial?: SerialPlace;
  core?: Partial<CoreOptions>;
};

/** The identity of the station on every bench. */
export const benchIdentity = "BENCH-1";

/** When time begins on a bench: a morning far from any change of day. */
export const benchStart = Date.UTC(2026, 5, 1, 8);

/** Starts a core and a virtual station that has booted. */
export async function stationBench(ocpp: OcppVersion, options: BenchOptions = {}): Promise<StationBench> {
  const clock = createManualClock(benchStart);
  const core = await testCore({ clock, ...options.core });
  const station = startVirtualStation({
    ...(options.serial ? { serial: options.serial } : { url: options.url?.(core) ?? core.url }),
    identity: benchIdentity,
    ocpp,
    clock,
    connectors: options.connectors ?? 1,
    quirks: options.quirks,
  });
  onTestFinished(() => station.stop());
  const bench = benchOf(core, clock, station);
  await bench.reach((state) => state.boot !== undefined);
  await bench.settle();
  return bench;
}

/** The same bench on another life of its core. */
export function benchOf(core: TestCore, clock: ManualClock, station: VirtualStationHandle): StationBench {
  const { client } = core;
  const look = () => snapshot(client, "stations.state", { identity: benchIdentity });

  async function settle(): Promise<void> {
    // What is on its way over loopback is there after a round trip, and what it sets off after the next.
    for (let quiet = 0, last = -1; quiet < 3; ) {
      const seq = (await look())?.seq ?? 0;
      quiet = seq === last ? quiet + 1 : 0;
      last = seq;
    }
  }

  return {
    ...core,
    clock,
    station,
    settle,
    async state() {
      const state = await look();
      if (!state) throw new Error(`${benchIdentity} was never heard of`);
      return state;
    },
    async run(seconds) {
      for (let second = 0; second < seconds; second++) {
        clock.advance(1000);
        await settle();
      }
    },
    async reach(wanted) {
      for (;;) {
        const state = await look();
        if (state && wanted(state)) return state;
      }
    },
    command: (command) => client.call("stations.command", { identity: benchIdentity, command }),
  };
}
