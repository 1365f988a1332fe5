import type { ConnectorState, EvseState, StationState } from "./model.ts";

/** The EVSE of this number, if it is known. */
export function findEvse(state: StationState, evse: number): EvseState | undefined {
  return state.evses.find((item) => item.evse === evse);
}

/** The state with this EVSE changed; one that is not known yet is learnt. EVSEs stay in order of their numbers. */
export function withEvse(state: StationState, evse: number, change: (evse: EvseState) => EvseState): StationState {
  const at = state.evses.findIndex((item) => item.evse >= evse);
  const known = at >= 0 ? state.evses[at] : undefined;
  if (known?.evse === evse) {
    const changed = change(known);
    return changed === known ? state : { ...state, evses: state.evses.with(at, changed) };
  }
  const learnt = change({ evse, connectors: [], live: [] });
  return { ...state, evses: state.evses.toSpliced(at < 0 ? state.evses.length : at, 0, learnt) };
}

/** The EVSE with this connector changed; one that is not known yet is learnt. Connectors stay in order of their numbers. */
export function withConnector(
  evse: EvseState,
  connector: number,
  change: (connector: ConnectorState) => ConnectorState,
): EvseState {
  const at = evse.connectors.findIndex((item) => item.connector >= connector);
  const known = at >= 0 ? evse.connectors[at] : undefined;
  if (known?.connector === connector) {
    const changed = change(known);
    return changed === known ? evse : { ...evse, connectors: evse.connectors.with(at, changed) };
  }
  const learnt = change({ connector });
  const place = at < 0 ? evse.connectors.length : at;
  return { ...evse, connectors: evse.connectors.toSpliced(place, 0, learnt) };
}

/** The EVSE with this connector known. Connector 0 or none says nothing of connectors. */
export function learnConnector(evse: EvseState, connector: number | undefined): EvseState {
  return connector === undefined || connector < 1 ? evse : withConnector(evse, connector, (known) => known);
}
