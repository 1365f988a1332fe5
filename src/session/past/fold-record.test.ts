import { expect, test } from "vitest";
import { silentLogger } from "../../lib/logger.ts";
import { newStation, type OcppVersion } from "../../station/model.ts";
import type { FramesRepository, StoredFrame } from "../../store/frames.ts";
import { foldItem, inOrderOf, noteVersion, type RecordItem, type Versions } from "./fold-record.ts";

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

test("rows and entries of our own come in the order of their numbers, a row before an entry that bears its number", () => {
  const row = (seq: number) => said(seq, 11, "", "") as { row: StoredFrame };
  const own = [opened(1, 11, "1.6"), opened(3, 11, "1.6"), opened(5, 11, "1.6"), opened(9, 11, "1.6")].flatMap(
    (item) => ("own" in item ? [item.own] : []),
  );
  const rows = [row(2), row(3), row(4), row(7)].map((item) => item.row);
  const order = [...inOrderOf(rows, own)].map((item) =>
    "row" in item ? `row ${item.row.seq}` : `own ${item.own.event.seq}`,
  );
  expect(order).toEqual([...["own 1", "row 2", "row 3", "own 3", "row 4", "own 5", "row 7", "own 9"]]);
  expect([[...inOrderOf([], own)].length, [...inOrderOf(rows, [])].length]).toEqual([4, 4]);
});

test("what passed above changes no state, and what cannot be read again is told and counted all the same", () => {
  const state = newStation("CP1", 0);
  const item = said(3, 11, '[2,"1","Heartbeat",{}]', '[3,"1",{}]') as { row: StoredFrame };
  expect(foldItem(state, { row: { ...item.row, lane: "upstream" } }, new Map(), options)).toBe(state);
  const bugs: unknown[] = [];
  const log = { ...silentLogger, bug: (text: string, { frame }: { frame?: number }) => bugs.push([text, frame]) };
  const broken = { ...state, evses: null } as never;
  const reading = {
    row: {
      ...item.row,
      data: '[2,"1","StatusNotification",{"connectorId":1,"status":"Available","errorCode":"NoError"}]',
    },
  };
  const folded = foldItem(broken, reading, new Map([[11, "1.6" as const]]), { ...options, log });
  expect(folded.seq).toBe(4);
  expect(bugs).toEqual([["a frame of the record could not be read again", 3]]);
});

test("an event of the record that cannot be folded is logged, and its number is in the state", () => {
  const logged: unknown[] = [];
  const log = { ...silentLogger, error: (text: string, details?: object) => logged.push([text, details]) };
  const entry = {
    own: {
      station: 1,
      own: true,
      event: { kind: "status", evse: 1, connector: 1, status: "Available", at: 4, seq: 4 },
    },
  };
  const broken = { ...newStation("CP1", 0), evses: null } as never;
  expect(foldItem(broken, entry as never, new Map(), { ...options, log }).seq).toBe(4);
  expect(logged).toEqual([
    ["an event of the record could not be folded", { seq: 4, kind: "status", error: expect.any(TypeError) }],
  ]);
});
