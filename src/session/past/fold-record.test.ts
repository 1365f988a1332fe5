import { expect, test } from "vitest";
import { silentLogger } from "../../lib/logger.ts";
import { newStation, type OcppVersion } from "../../station/model.ts";
import type { FramesRepository, StoredFrame } from "../../store/frames.ts";
import { foldItem, noteVersion, type RecordItem, type Versions } from "./fold-record.ts";

const options = { frames: { holding: () => undefined } as unknown as FramesRepository, log: silentLogger };

function opened(seq: number, connection: number, ocpp: OcppVersion): RecordItem {
  const via = {
    kind: "websocket" as const,
    remoteAddress: "192.0.2.7",
    secure: false,
    securityProfile: 0,
    offered: [],
    path: "/CP1",
  };
  return { own: { station: 1, own: true, event: { kind: "link-opened", connection, ocpp, via, at: seq, seq } } };
}

function said(seq: number, connection: number, text: string, answer: string): RecordItem {
  const row: StoredFrame = {
    seq,
    station: 1,
    connection,
    at: seq,
    direction: "in",
    data: text,
    action: null,
    question: null,
    stationTime: null,
    findings: [],
    answer: { at: seq, text: answer },
  };
  return { row };
}

test("what a replaced connection still says is read in the version that was spoken on it", () => {
  const versions: Versions = new Map();
  const record = [
    opened(1, 11, "1.6"),
    opened(2, 12, "2.0.1"),
    said(
      3,
      11,
      '[2,"1","StatusNotification",{"connectorId":1,"errorCode":"GroundFailure","status":"Faulted"}]',
      '[3,"1",{}]',
    ),
  ];
  let state = newStation("CP1", 0);
  for (const item of record) {
    noteVersion(item, versions);
    state = foldItem(state, item, versions, options);
  }
  expect([...versions]).toEqual([
    [11, "1.6"],
    [12, "2.0.1"],
  ]);
  expect(state.ocpp).toBe("2.0.1");
  expect(JSON.stringify(state)).toContain("GroundFailure");
});
