import { expect, test } from "vitest";
import type { LogCommand } from "../station/commands.ts";
import { words } from "../station/phrases.ts";
import { readLogAnswer } from "./log-request.ts";
import { logs21, logs201, planLog2 } from "./v2/diagnostics.ts";
import { planLog16 } from "./v16/diagnostics.ts";

const ask = (more: object = {}): LogCommand => ({
  name: "get-log",
  kind: "diagnostics",
  way: 0,
  location: "ftp://u:p@10.0.0.5:2121/",
  requestId: 7,
  from: "2026-01-31T00:00:00.000Z",
  retries: 2,
  retrySeconds: 30,
  ...more,
});

test("1.6 has GetDiagnostics, and GetLog for what it does not have and those that have no GetDiagnostics", () => {
  expect(planLog16(ask())).toEqual({
    action: "GetDiagnostics",
    payload: {
      location: "ftp://u:p@10.0.0.5:2121/",
      retries: 2,
      retryInterval: 30,
      startTime: "2026-01-31T00:00:00.000Z",
    },
  });
  expect(planLog16(ask({ way: 1 }))).toMatchObject({ action: "GetLog", payload: { logType: "DiagnosticsLog" } });
  expect(planLog16(ask({ kind: "security" }))).toMatchObject({ action: "GetLog", payload: { logType: "SecurityLog" } });
  expect(planLog16(ask({ kind: "security", way: 1 }))).toEqual({ unsupported: words("no-other-way") });
  expect(planLog16(ask({ kind: "data-collector" }))).toEqual({ unsupported: words("no-such-log") });
});

const logs21Asked = ["diagnostics", "security", "data-collector"] as const;

test("what is not asked for is not in the request: times, and how often to try", () => {
  const bare = { from: undefined, to: undefined, retries: undefined, retrySeconds: undefined };
  const { location } = ask() as Extract<LogCommand, { location: string }>;
  expect(planLog16(ask(bare))).toEqual({ action: "GetDiagnostics", payload: { location } });
  expect(planLog16(ask({ ...bare, to: "2026-02-01T00:00:00.000Z", retries: 0 }))).toEqual({
    action: "GetDiagnostics",
    payload: { location, retries: 0, stopTime: "2026-02-01T00:00:00.000Z" },
  });
  expect(planLog2(ask({ ...bare, retrySeconds: 0 }), logs201)).toEqual({
    action: "GetLog",
    payload: { logType: "DiagnosticsLog", requestId: 7, retryInterval: 0, log: { remoteLocation: location } },
  });
});

test("2.x has GetLog, and 2.1 alone the data collector's", () => {
  expect(planLog2(ask({ to: "2026-02-01T00:00:00.000Z" }), logs201)).toEqual({
    action: "GetLog",
    payload: {
      logType: "DiagnosticsLog",
      requestId: 7,
      retries: 2,
      retryInterval: 30,
      log: {
        remoteLocation: "ftp://u:p@10.0.0.5:2121/",
        oldestTimestamp: "2026-01-31T00:00:00.000Z",
        latestTimestamp: "2026-02-01T00:00:00.000Z",
      },
    },
  });
  expect(planLog2(ask({ kind: "data-collector" }), logs201)).toEqual({ unsupported: words("no-such-log") });
  expect(planLog2(ask({ kind: "data-collector" }), logs21)).toMatchObject({ action: "GetLog" });
  expect(planLog2(ask({ way: 1 }), logs21)).toEqual({ unsupported: words("no-other-way") });
  expect(planLog2(ask({ location: "x".repeat(512) }), logs21)).toHaveProperty("payload.log.remoteLocation");
  expect(planLog2(ask({ location: "x".repeat(513) }), logs21)).toEqual({
    unsupported: words("field-too-long", { field: "remoteLocation", limit: 512 }),
  });
  expect([...logs201, ...logs21]).toEqual(["diagnostics", "security", "diagnostics", "security", "data-collector"]);
  const types = logs21Asked.map((kind) => planLog2(ask({ kind }), logs21));
  expect(types.map((plan) => "payload" in plan && plan.payload.logType)).toEqual([
    ...["DiagnosticsLog", "SecurityLog", "DataCollectorLog"],
  ]);
});

test("both ask which ways to upload there are", () => {
  expect(planLog16({ name: "read-file-protocols" })).toEqual({
    action: "GetConfiguration",
    payload: { key: ["SupportedFileTransferProtocols"] },
  });
  expect(planLog2({ name: "read-file-protocols" }, logs21)).toMatchObject({ action: "GetVariables" });
});

test("the answer's file name is read as either version writes it, and whatever else it is is none", () => {
  expect(readLogAnswer('{"fileName":"a.zip"}')).toEqual({ fileName: "a.zip" });
  expect(readLogAnswer('{"status":"AcceptedCanceled","filename":"b.zip"}')).toEqual({
    fileName: "b.zip",
    canceled: true,
  });
  expect(readLogAnswer('{"fileName":"","filename":""}')).toEqual({});
  expect(readLogAnswer('{"status":"Accepted"}')).toEqual({});
  for (const odd of ["", "[]", "{"]) expect(readLogAnswer(odd)).toEqual({});
});
