import type { Handlers, RowChange } from "../../lib/contract.ts";
import type { Disposable } from "../../lib/disposable.ts";
import { carryOut } from "../../session/commands.ts";
import type { FaultBook } from "../../session/faults/fault-book.ts";
import type { Forwarding } from "../../session/forward/forwarding.ts";
import { stateAt } from "../../session/past/state-at.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import { apiRowsAtOnce } from "../../station/bounds.ts";
import { powerNow, runningTransactions, stationError, stationWord } from "../../station/views.ts";
import type { MomentsRepository } from "../../store/moments/moments.ts";
import { readCertificates } from "../certificates/pem.ts";
import type { ServiceContext } from "../context.ts";
import type { OnPurpose, RawAction, StationCount, StationSummary, stationsContract } from "./contract.ts";
import type { Forgetter } from "./forget.ts";

export type StationsContext = {
  forgetter: Forgetter;
  moments: MomentsRepository;
  forwarding: Pick<Forwarding, "settings" | "changed">;
  faults: Pick<FaultBook, "active" | "changed">;
};

/** Handlers of the stations: their states, and commands to them. */
export function stationsHandlers(
  { registry, journal, recorder, frames, events, log }: ServiceContext,
  { forgetter, moments, forwarding, faults }: StationsContext,
): Handlers<typeof stationsContract> {
  const summarise = (entry: StationEntry) => summaryOf(entry, purposeOf(entry.identity));
  const changeOf = (entry: StationEntry): RowChange<StationSummary> => ({
    key: entry.identity,
    row: () => summarise(entry),
  });
  function purposeOf(identity: string): OnPurpose[] {
    return [
      ...(forwarding.settings(identity)?.on ? ["forward" as const] : []),
      ...(faults.active(identity).length > 0 ? ["faults" as const] : []),
    ];
  }
  return {
    "stations.list": (_input, push) => {
      const listening = [
        registry.changed.on((entry) => push(changeOf(entry))),
        registry.forgotten.on(({ identity }) => push({ key: identity, row: null })),
        ...[forwarding, faults].map(({ changed }) =>
          changed.on((identity) => {
            const entry = registry.get(identity);
            if (entry) push(changeOf(entry));
          }),
        ),
      ];
      const all = byInterest(registry.all());
      for (const entry of all.slice(apiRowsAtOnce)) push(changeOf(entry));
      return { snapshot: all.slice(0, apiRowsAtOnce).map(summarise), close: () => closeAll(listening) };
    },
    "stations.count": (_input, push) => {
      const tell = () => push(() => count(registry.all()));
      const listening = [registry.changed.on(tell), registry.forgotten.on(tell)];
      return { snapshot: count(registry.all()), close: () => closeAll(listening) };
    },
    "stations.states": ({ after, limit }) => {
      const rest = registry.all().filter(({ id }) => id > after);
      const page = rest.sort((a, b) => a.id - b.id).slice(0, limit);
      return {
        states: page.map(({ state }) => state),
        next: page.length < rest.length ? (page.at(-1)?.id ?? null) : null,
      };
    },
    "stations.state": ({ identity }, push) => {
      const listening = [
        registry.changed.on((entry) => {
          if (entry.identity === identity) push(() => entry.state);
        }),
        registry.forgotten.on((entry) => {
          if (entry.identity === identity) push(null);
        }),
      ];
      return { snapshot: registry.get(identity)?.state ?? null, close: () => closeAll(listening) };
    },
    "stations.stateAt": (asked) => {
      const entry = registry.require(asked.identity);
      recorder.flush();
      const seq = "frame" in asked ? asked.frame : frames.reachedAt(asked.at);
      return {
        seq: Math.min(seq, recorder.reached),
        state: stateAt(entry, seq, { frames, events, moments, log }),
      };
    },
    "stations.command": ({ identity, command }) => {
      // Refused here, with a reason: a station says no more than Rejected.
      if (command.name === "certificate-install") readCertificates(command.certificate);
      if (command.name === "certificate-signed") readCertificates(command.chain);
      return carryOut(journal, registry.require(identity), command);
    },
    "stations.forgetPreview": ({ identity }) => forgetter.report(registry.require(identity)),
    "stations.forget": ({ identity }) => forgetter.forget(registry.require(identity)),
    "stations.actions": ({ identity }) => rawActions(registry.require(identity)),
  };
}

function closeAll(listening: readonly Disposable[]): void {
  for (const one of listening) void one.dispose();
}

function byInterest(all: StationEntry[]): StationEntry[] {
  if (all.length <= apiRowsAtOnce) return all;
  const online = ({ state }: StationEntry) => Number(state.link.state === "online");
  return all.sort((a, b) => online(b) - online(a) || b.state.lastSeenAt - a.state.lastSeenAt);
}

function count(all: readonly StationEntry[]): StationCount {
  return { known: all.length, online: all.filter(({ state }) => state.link.state === "online").length };
}

function summaryOf({ identity, state }: StationEntry, onPurpose: OnPurpose[]): StationSummary {
  return {
    identity,
    ocpp: state.ocpp,
    link: state.link,
    vendor: state.info.vendor,
    model: state.info.model,
    serialNumber: state.info.serialNumber,
    lastSeenAt: state.lastSeenAt,
    status: stationWord(state),
    errorCode: stationError(state)?.code,
    findings: new Set(state.findings.map(({ rule }) => rule)).size,
    running: runningTransactions(state).length,
    powerW: powerNow(state),
    onPurpose,
  };
}

/** Actions that we send, not those that a station sends. Offline there is no version to ask. */
function rawActions({ session }: StationEntry): RawAction[] {
  if (!session) return [];
  const { schemas, dialect } = session;
  return schemas
    .actions()
    .filter((action) => action === "DataTransfer" || !Object.hasOwn(dialect.handlers, action))
    .map((action) => ({ action, skeleton: JSON.stringify(schemas.skeleton(action), null, 2) }));
}
