import { expect, test } from "vitest";
import type { LogCommand } from "../../station/commands.ts";
import { words } from "../../station/phrases.ts";
import { diagnosticsStatusNotification, planLog16 } from "./diagnostics.ts";

const ask = (more: object) =>
  planLog16({
    name: "get-log",
    kind: "diagnostics",
    way: 0,
    location: "ftp://x/",
    requestId: 5,
    ...more,
  } as LogCommand);

test("a log is asked for by GetDiagnostics, with its stretch of time and its tries", () => {
  expect(ask({})).toEqual({ action: "GetDiagnostics", payload: { location: "ftp://x/" } });
  const times = { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z", retries: 2, retrySeconds: 9 };
  expect(ask(times)).toEqual({
    action: "GetDiagnostics",
    payload: { location: "ftp://x/", retries: 2, retryInterval: 9, startTime: times.from, stopTime: times.to },
  });
});

test("the other way to ask for it is GetLog, which is the only one for the log of security", () => {
  expect(ask({ way: 1 })).toMatchObject({ action: "GetLog", payload: { requestId: 5 } });
  expect(ask({ kind: "security" })).toMatchObject({ action: "GetLog", payload: { logType: "SecurityLog" } });
  expect(ask({ kind: "security", way: 1 })).toEqual({ unsupported: words("no-other-way") });
  expect(ask({ kind: "data-collector" })).toEqual({ unsupported: words("no-such-log") });
});

test("which ways it has to bring a log is a setting", () => {
  expect(planLog16({ name: "read-file-protocols" })).toEqual({
    action: "GetConfiguration",
    payload: { key: ["SupportedFileTransferProtocols"] },
  });
});

test("what becomes of a log is told with the request that it belongs to, where the station names one", () => {
  const told = (request: object) => diagnosticsStatusNotification.events?.(request as never, {}, {} as never);
  expect(told({ status: "Uploading" })).toEqual([{ kind: "diagnostics-status", status: "Uploading" }]);
  expect(told({ status: "Uploaded", requestId: 0 })).toEqual([
    { kind: "diagnostics-status", status: "Uploaded", requestId: 0 },
  ]);
  expect(told({})).toEqual([{ kind: "diagnostics-status", status: "" }]);
});
