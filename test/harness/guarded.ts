import { onTestFinished } from "vitest";
import WebSocket from "ws";
import { createManualClock, type ManualClock } from "../../src/lib/clock.ts";
import type { ProcedureView } from "../../src/services/procedures/contract.ts";
import { startVirtualStation, type VirtualStationHandle } from "../../src/simulator/virtual-station.ts";
import type { OcppVersion, StationState } from "../../src/station/model.ts";
import { snapshot, type TestCore, testCore } from "./core.ts";
import { openRelay, type Relay } from "./relay.ts";

/** A core and a virtual station on one hand-turned clock, for changes that could lock the station out. */

export const identity = "CP-1";
export const oldPassword = "the-old-password-1";

/** Dials as a station does; gives the HTTP status that refused it, or 101.
 * @param core where; over TLS when its URL says wss, without a certificate of its own */
export function dial(
  { url }: { url: string },
  credentials?: { user?: string; password: string | Buffer },
  name = identity,
): Promise<number> {
  const authorization = credentials && basic(credentials.user ?? name, credentials.password);
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url}${name}`, ["ocpp1.6"], {
      headers: authorization ? { authorization } : {},
      rejectUnauthorized: false,
    });
    onTestFinished(() => socket.terminate());
    socket.on("open", () => {
      resolve(101);
      socket.close();
    });
    socket.on("unexpected-response", (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on("error", reject);
  });
}

function basic(user: string, password: string | Buffer): string {
  return `Basic ${Buffer.concat([Buffer.from(`${user}:`), Buffer.from(password)]).toString("base64")}`;
}

/** Looks until the station is as wanted: on a clock that stands, a feed sends its first sight alone. */
export async function look(core: TestCore, wanted: (state: StationState) => boolean): Promise<StationState> {
  for (;;) {
    const state = await snapshot(core.client, "stations.state", { identity });
    if (state && wanted(state)) return state;
  }
}

export type Bench = {
  core: TestCore;
  clock: ManualClock;
  station: VirtualStationHandle;
  /** Passes a second, and lets what it set off be heard. */
  tick(seconds?: number): Promise<void>;
};

/** A core and a virtual station with a password, on one hand-turned clock. */
export async function bench(
  ocpp: OcppVersion,
  options: { password?: string; core?: TestCore; clock?: ManualClock; url?: string } = {},
): Promise<Bench> {
  // Certificates are judged by the machine's own clock.
  const clock = options.clock ?? createManualClock(Date.now());
  const core = options.core ?? (await testCore({ clock }));
  const { password } = options;
  const station = startVirtualStation({ url: options.url ?? core.url, identity, ocpp, clock, password });
  onTestFinished(() => station.stop());
  await look(core, (state) => state.boot !== undefined);
  return { core, clock, station, tick: (seconds = 1) => tickOn(core, clock, seconds) };
}

export async function tickOn(core: TestCore, clock: ManualClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await settle(core);
    clock.advance(1000);
  }
  await settle(core);
}

/** Waits until what was asked is answered and nothing new comes of it, so that no answer is late by the hand-turned clock. */
async function settle(core: TestCore): Promise<void> {
  for (let quiet = 0, last = -1; quiet < 3; ) {
    const state = await snapshot(core.client, "stations.state", { identity });
    const seq = state?.seq ?? 0;
    const waiting = state?.commands.some(({ doneAt }) => doneAt === undefined);
    quiet = seq === last && !waiting ? quiet + 1 : 0;
    last = seq;
  }
}

/** Turns the clock until the procedure is as wanted. */
export async function reach(
  core: TestCore,
  clock: ManualClock,
  wanted: (view: ProcedureView) => boolean,
): Promise<ProcedureView> {
  for (;;) {
    const view = await snapshot(core.client, "procedures.state", { identity });
    if (view && wanted(view)) return view;
    await tickOn(core, clock, 1);
  }
}

/** Looks until the change is with the station; it comes back half a second later, and the clock stands. */
export async function untilSent(core: TestCore): Promise<ProcedureView> {
  for (;;) {
    const view = await snapshot(core.client, "procedures.state", { identity });
    if (view && stepsOf(view).includes("return under-way")) return view;
  }
}

export function stepsOf(view: ProcedureView): string[] {
  return view.steps.map(({ name, state, why }) => [name, state, why].filter(Boolean).join(" "));
}

/** A station with a password that is asked for. */
export async function guarded(version: OcppVersion): Promise<Bench & { relay: Relay }> {
  const clock = createManualClock(Date.now());
  const relay = await openRelay();
  const core = await testCore({ clock });
  relay.lead(core.url);
  await core.client.call("access.setPassword", { identity, form: "text", password: oldPassword });
  return { ...(await bench(version, { core, clock, password: oldPassword, url: relay.url })), relay };
}
