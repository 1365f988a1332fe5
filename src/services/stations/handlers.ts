import type { Handlers } from "../../lib/contract.ts";
import { carryOut } from "../../session/commands.ts";
import type { StationEntry } from "../../session/entry.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { faultyConnector, runningTransactions, stationWord } from "../../station/views.ts";
import { readCertificates } from "../certificates/pem.ts";
import type { ServiceContext } from "../context.ts";
import type { RawAction, StationSummary, stationsContract } from "./contract.ts";

/** Handlers of the stations: their states, and commands to them. */
export function stationsHandlers({ registry, journal }: ServiceContext): Handlers<typeof stationsContract> {
  function known(identity: string): StationEntry {
    const entry = registry.get(identity);
    if (!entry) throw failure("not-found", words("unknown-station", { identity }));
    return entry;
  }
  return {
    "stations.list": (_input, push) => {
      const listening = registry.changed.on(() => push(() => registry.all().map(summarise)));
      return { snapshot: registry.all().map(summarise), close: () => void listening.dispose() };
    },
    "stations.state": ({ identity }, push) => {
      const listening = registry.changed.on((entry) => {
        if (entry.identity === identity) push(() => entry.state);
      });
      return { snapshot: registry.get(identity)?.state ?? null, close: () => void listening.dispose() };
    },
    "stations.command": ({ identity, command }) => {
      // Refused here, with a reason: a station says no more than Rejected.
      if (command.name === "certificate-install") readCertificates(command.certificate);
      if (command.name === "certificate-signed") readCertificates(command.chain);
      return carryOut(journal, known(identity), command);
    },
    "stations.actions": ({ identity }) => rawActions(known(identity)),
  };
}

function summarise({ identity, state }: StationEntry): StationSummary {
  return {
    identity,
    ocpp: state.ocpp,
    link: state.link,
    info: state.info,
    lastSeenAt: state.lastSeenAt,
    status: stationWord(state),
    errorCode: faultyConnector(state)?.errorCode,
    findings: state.findings.length,
    running: runningTransactions(state).length,
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
