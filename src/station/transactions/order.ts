import type { Transaction } from "../model.ts";
import { readStationTime } from "../time.ts";
import { isOlder } from "./own-time.ts";
import { gapsUpTo, has, rangesText, withoutNumber, withRange } from "./ranges.ts";

/** What a message tells of its place in its transaction's order. `ownAt`: when it happened, by our clock. */
export type Told = { seqNo?: number; stationTime?: string; ownAt: number; at: number; frame: number };

/** `late`: older than what stands, so it does not move the state; `again`: the same number for another message, so the numbers do not
 * count. */
export type Place = "next" | "late" | "again";

/** Where a message stands in its transaction: by its seqNo (2.x, E01), else by its time, else as it came. A number that came before
 * and was not missing counts nothing: it is constant, or has begun anew. */
export function placeIn(transaction: Transaction, told: Told): Place {
  const { word, missing = [], seqNoStuck } = transaction;
  const time = readStationTime(told.stationTime);
  const byTime = isOlder({ ownAt: told.ownAt, time }, { ownAt: word.at, time: word.time }) ? "late" : "next";
  if (seqNoStuck || told.seqNo === undefined || word.seqNo === undefined) return byTime;
  if (told.seqNo > word.seqNo) return "next";
  if (has(missing, told.seqNo)) return "late";
  if (told.seqNo === word.seqNo) return time === word.time ? byTime : "again";
  return byTime === "late" ? "late" : "again";
}

/** The transaction with a message of it taken note of, and what of its numbers is missing. What is late leaves the last word. */
export function withTold(transaction: Transaction, told: Told): Transaction {
  const place = placeIn(transaction, told);
  const { word, seqNoStuck } = transaction;
  const next: Transaction = { ...transaction };
  const { seqNo } = told;
  if (place === "again") {
    next.seqNoStuck = true;
    delete next.missing;
  } else if (seqNo !== undefined && !seqNoStuck) {
    let missing = transaction.missing ?? [];
    if (place === "late") missing = withoutNumber(missing, seqNo);
    else if (word.seqNo !== undefined && seqNo > word.seqNo + 1)
      missing = withRange(missing, word.seqNo + 1, seqNo - 1);
    if (missing.length > 0) next.missing = missing;
    else delete next.missing;
  }
  if (place === "late") return next;
  next.word = { at: told.ownAt, frame: told.frame };
  if (seqNo !== undefined) next.word.seqNo = seqNo;
  const time = readStationTime(told.stationTime);
  if (time !== undefined) next.word.time = time;
  return next;
}

/** What a message shows of the numbers, for a finding: numbers that are missing now and were not before, one that does not count, or one
 * that came late. */
export function numbersTold(transaction: Transaction, told: Told): { missing?: string; again?: true; late?: string } {
  const place = placeIn(transaction, told);
  if (transaction.seqNoStuck) return {};
  if (place === "again") return { again: true };
  const missing = withTold(transaction, told).missing ?? [];
  const before = transaction.missing ?? [];
  if (rangesText(missing) === rangesText(before)) return {};
  const result: { missing?: string; late?: string } = {};
  if (missing.length > 0) result.missing = rangesText(missing);
  if (place === "late") result.late = `${told.seqNo} after ${transaction.word.seqNo}`;
  return result;
}

/** The numbers before the first message that came of a transaction, where that was not its start. */
export function missingBefore(seqNo: number | undefined): [number, number][] {
  return seqNo === undefined ? [] : gapsUpTo([], seqNo - 1);
}
