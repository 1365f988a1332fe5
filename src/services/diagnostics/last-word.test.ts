import { expect, test } from "vitest";
import { words } from "../../station/phrases.ts";
import type { DiagnosticsRequest, Rung, RungResult } from "./contract.ts";
import { lastWord, verdictOf } from "./last-word.ts";

const rung = (result: RungResult, seen: Rung["seen"] = []): Rung => ({
  protocol: "ftp",
  place: "ftp://10.0.0.5:2121",
  at: 0,
  result,
  requestId: 1,
  seen,
});
const file = (state: "whole" | "partial", bytes: number) =>
  ({ id: bytes, name: `${bytes}.log`, bytes, state, protocol: "ftp" }) as const;
const request = (rungs: Rung[], files: DiagnosticsRequest["files"] = []): DiagnosticsRequest => ({
  id: 1,
  station: "A",
  kind: "diagnostics",
  protocol: "auto",
  at: 0,
  until: 1,
  rungs,
  files,
});

test.each<[RungResult[], DiagnosticsRequest["files"], string]>([
  [["silent", "received"], [file("whole", 5)], "received"],
  [["told-failed"], [file("partial", 5)], "broken-off"],
  [["silent"], [file("whole", 0)], "broken-off"],
  [["refused", "silent"], [], "nothing-came"],
  [["no-answer"], [], "nothing-came"],
  [["refused", "refused"], [], "refused"],
  [["unsupported"], [], "unsupported"],
  [["closed"], [], "nothing-came"],
  [["broken-off", "refused"], [], "nothing-came"],
  [["told-failed", "unsupported"], [], "nothing-came"],
  [["unsupported", "refused"], [], "refused"],
  [["closed", "unsupported"], [], "unsupported"],
  [[], [], "nothing-came"],
])("%j with %j is %s", (results, files, verdict) => {
  expect(
    verdictOf(
      request(
        results.map((result) => rung(result)),
        files,
      ),
    ),
  ).toBe(verdict);
});

test("the last word names the largest file that came whole", () => {
  const came = request([rung("received")], [file("whole", 5), file("partial", 99), file("whole", 7)]);
  expect(lastWord(came, "received").lastWord).toEqual(
    words("log-received", { name: "7.log", bytes: 7, protocol: "FTP" }),
  );
});

test.each<[Parameters<typeof lastWord>[1], ReturnType<typeof lastWord>]>([
  ["unsupported", { lastWord: words("log-unsupported"), cure: words("log-unsupported-cure") }],
  ["refused", { lastWord: words("log-refused"), cure: words("log-refused-cure") }],
  ["broken-off", { lastWord: words("log-broken-off", { bytes: 99 }), cure: words("log-broken-off-cure") }],
  ["offline", { lastWord: words("log-offline"), cure: words("log-offline-cure") }],
  ["canceled", { lastWord: words("log-canceled") }],
  ["superseded", { lastWord: words("log-superseded") }],
  ["nothing-came", { lastWord: words("log-nothing-came"), cure: words("log-cure-silent") }],
])("the last word on one that is %s", (verdict, told) => {
  expect(lastWord(request([rung("silent")], [file("partial", 5), file("partial", 99)]), verdict)).toEqual(told);
});

test("where nothing came at all no bytes are said to have", () => {
  expect(lastWord(request([]), "broken-off").lastWord).toEqual(words("log-broken-off", { bytes: 0 }));
});

test("a log that the station says it failed to send may lack its end", () => {
  const came = request([{ ...rung("received"), status: "UploadFailure" }], [file("whole", 5)]);
  expect(lastWord(came, "received").cure).toEqual(words("log-cure-told-failed"));
  came.rungs[0] = { ...rung("received"), status: "Uploaded" };
  expect(lastWord(came, "received").cure).toBeUndefined();
});

test("the cure goes by what was seen", () => {
  const cure = (rungs: Rung[]) => lastWord(request(rungs), "nothing-came").cure?.phrase;
  const line = (said: Rung["seen"][number]["words"]) => [{ at: 1, end: "ours", words: said } as const];
  const failed = words("seen-data-failed-passive", { at: "10.0.0.5:50123" });
  expect(cure([rung("silent", line(failed))])).toBe("log-cure-data");
  for (const more of [
    words("seen-data-failed-active", { at: "10.0.0.5:50123" }),
    words("seen-data-failed-passive", { at: "10.0.0.5:50123" }),
  ])
    expect(cure([rung("silent"), rung("told-failed", line(more)), rung("silent")])).toBe("log-cure-data");
  const tls = words("seen-data-tls-failed", { at: "a", why: "b" });
  expect(cure([rung("silent", line(tls))])).toBe("log-cure-root");
  expect(cure([rung("silent", line(words("seen-status", { status: "Idle" })))])).toBe("log-cure-silent");
  expect(cure([rung("closed"), rung("silent")])).toBe("log-cure-silent");
  const unreached = lastWord(request([rung("told-failed"), { ...rung("silent"), place: "last" }]), "nothing-came");
  expect(unreached.cure).toEqual(words("log-cure-unreached", { place: "last" }));
  expect(cure([rung("silent", line(words("seen-wrong-login", { from: "a", user: "b" })))])).toBe("log-cure-login");
  expect(cure([rung("silent", line(words("seen-left-at-key", { from: "a" })))])).toBe("log-cure-host-key");
  expect(cure([rung("silent", line(words("seen-tls-failed", { from: "a", why: "b" })))])).toBe("log-cure-root");
  expect(cure([rung("silent", line(words("seen-key-alone", { from: "a", user: "b" })))])).toBe("log-cure-key-alone");
  expect(cure([rung("silent", line(words("seen-no-agreement", { from: "a", why: "b" })))])).toBe("log-cure-agreement");
  expect(cure([rung("silent", line(words("log-host-keys", { keys: "a" })))])).toBe("log-cure-silent");
  expect(cure([rung("silent", line(words("seen-login", { from: "a" })))])).toBe("log-cure-began");
  expect(cure([rung("told-failed")])).toBe("log-cure-unreached");
  expect(cure([rung("silent")])).toBe("log-cure-silent");
  expect(cure([rung("closed")])).toBe("log-cure-closed");
});
