import type { JsonObject } from "../../lib/json.ts";
import { mostEvses } from "../../station/bounds.ts";
import { type Finding, finding } from "../../station/findings.ts";
import type { Place, StationState, Transaction } from "../../station/model.ts";
import { findTransaction } from "../../station/transactions/ledger.ts";
import { integer, text } from "../read.ts";

/** 1.6 knows connectors only: n is EVSE n, connector 1; 0 is the station as a whole. Undefined where none can be read: what was said
 * is of nothing that we know, least of all of the whole station. */
export function readPlace(request: JsonObject, where: string, findings: Finding[]): Place | undefined {
  const connector = integer(request, "connectorId");
  if (connector === undefined) return undefined;
  if (connector < 0 || connector > mostEvses) {
    findings.push(finding("odd-place", `${where} /connectorId`, connector, `0 – ${mostEvses}`));
    return undefined;
  }
  return connector === 0 ? { evse: 0 } : { evse: connector, connector: 1 };
}

/** A transaction id as decimal digits, exact. Undefined when missing or no whole number (the schema says so). */
export function readTransactionId(from: JsonObject): string | undefined {
  const plain = from.transactionId;
  if (Number.isSafeInteger(plain)) return String(plain);
  const said = text(from, "transactionId")?.trim();
  return said && /^-?\d{1,30}$/.test(said) ? BigInt(said).toString() : undefined;
}

/** Digits as a JSON number, exact beyond 2^53. */
export function transactionNumber(id: string): number | bigint | undefined {
  if (!/^-?\d{1,30}$/.test(id)) return undefined;
  const exact = BigInt(id);
  return exact >= Number.MIN_SAFE_INTEGER && exact <= Number.MAX_SAFE_INTEGER ? Number(exact) : exact;
}

/** The transaction of this id, if it runs or is one of the last; names an id that we never gave. 0, -1 and 2^63-1 are what
 * stations put where they have none, and Etrel counts down from there. */
export function judgeTransaction(
  station: StationState,
  id: string,
  where: string,
  findings: Finding[],
): Transaction | undefined {
  const known = findTransaction(station, id);
  if (id === "0" || id === "9223372036854775807" || id === "-1" || (id.startsWith("-") && !known)) {
    findings.push(finding("odd-transaction-id", `${where} /transactionId`, id));
  } else if (!known) {
    findings.push(finding("unknown-transaction", `${where} /transactionId`, id));
  }
  return known;
}
