import type { JsonObject } from "../../lib/json.ts";
import { type Finding, finding } from "../../station/findings.ts";
import type { Place } from "../../station/model.ts";
import { integer, object } from "../read.ts";

/** An EVSE or connector number: 0 or more; anything else is none. */
export function placeNumber(from: JsonObject | undefined, key: string): number | undefined {
  const value = integer(from, key);
  return value !== undefined && value >= 0 ? value : undefined;
}

/** The same with a finding for a number below 0.
 * @param where the action and the path of the object that holds it, e.g. "StatusNotification /" */
export function readPlaceNumber(
  from: JsonObject | undefined,
  key: string,
  where: string,
  findings: Finding[],
): number | undefined {
  const value = integer(from, key);
  if (value !== undefined && value < 0) findings.push(finding("odd-place", `${where}${key}`, value, ">= 0"));
  return placeNumber(from, key);
}

/** The EVSE that a message names with an EVSEType `{id, connectorId}`. Flat evseId and connectorId, the shape of other messages
 * and versions, are read with a finding; so is EVSE 0, which has no transactions: then the place is not known. */
export function readEvse(request: JsonObject, action: string, findings: Finding[]): Partial<Place> {
  const evse = object(request, "evse");
  const path = evse ? `${action} /evse/` : `${action} /`;
  const connector = readPlaceNumber(evse ?? request, "connectorId", path, findings);
  const flat = evse ? undefined : (readPlaceNumber(request, "evseId", path, findings) ?? connector);
  if (flat !== undefined) {
    const said = { evseId: request.evseId, connectorId: request.connectorId };
    findings.push(finding("other-version", `${action} /evse`, said, "evse: {id, connectorId}"));
  }
  const id = evse ? readPlaceNumber(evse, "id", path, findings) : flat;
  if (id === 0) findings.push(finding("odd-place", `${action} /evse/id`, id, ">= 1"));
  const place: Partial<Place> = {};
  if (id) place.evse = id;
  if (connector) place.connector = connector;
  return place;
}

/** Names a component with its instance, as in "Connector" or "FiscalMetering[2]". */
export function nameOf(from: JsonObject | undefined, name: string | undefined, instance: string | undefined): string {
  if (!from || name === undefined) return "";
  return instance === undefined ? name : `${name}[${instance}]`;
}
