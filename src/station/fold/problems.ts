import { mostProblems } from "../bounds.ts";
import type { DeviceEvent } from "../events.ts";
import { findEvse, withConnector, withEvse } from "../evses.ts";
import type { ConnectorState, DeviceProblem, StationState } from "../model.ts";
import type { Stamped } from "../transactions/ledger.ts";

/** Whether an event tells of a problem, or of its end: a Problem that is true or false (2.0.1 part 2 appendix 3), or an alert with a
 * code of the maker's (N07). */
export function problemOf(event: DeviceEvent): "begun" | "over" | undefined {
  const isProblem = event.variable.split("[", 1)[0] === "Problem";
  const isAlert = event.trigger === "Alerting" && event.techCode !== undefined;
  if (!isProblem && !isAlert) return undefined;
  if (event.cleared) return "over";
  if (!isProblem) return "begun";
  return { true: "begun", false: "over" }[event.value.trim().toLowerCase()] as "begun" | "over" | undefined;
}

/** Takes a problem into the connector that it is of, or out of it. One of an EVSE stands at its first connector, one of no EVSE at the
 * station as a whole. */
export function foldProblem(state: StationState, event: Stamped<DeviceEvent>): StationState {
  const what = problemOf(event);
  if (!what) return state;
  const change = (connector: ConnectorState) => withProblem(connector, event, what);
  const { evse = 0 } = event;
  if (evse < 1) {
    if (what === "over" && !state.station) return state;
    return { ...state, station: change(state.station ?? { connector: 0 }) };
  }
  const first = findEvse(state, evse)?.connectors[0]?.connector ?? 1;
  return withEvse(state, evse, (known) => withConnector(known, event.connector || first, change));
}

function withProblem(connector: ConnectorState, event: Stamped<DeviceEvent>, what: "begun" | "over"): ConnectorState {
  const { component, variable, techCode, techInfo, at, seq } = event;
  const known = connector.problems ?? [];
  const place = known.findIndex((one) => one.component === component && one.variable === variable);
  if (what === "over" && place < 0) return connector;
  const others = place < 0 ? known : known.toSpliced(place, 1);
  const { problems: _, ...rest } = connector;
  if (what === "over") return others.length === 0 ? rest : { ...rest, problems: others };
  const since = known[place]?.since ?? at;
  const problem: DeviceProblem = { component, variable, code: techCode, info: techInfo, since, frame: seq };
  return { ...rest, problems: [...others, problem].slice(-mostProblems) };
}
