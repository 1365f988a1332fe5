import { describe, expect, it } from "vitest";
import { charging, noon } from "../../../test/harness/exchange.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { Words } from "../../lib/words.ts";
import { words } from "../../station/phrases.ts";
import { v16 } from "./dialect.ts";

function read(action: string, answer: JsonObject) {
  return v16.readAnswer(action, {}, answer, { at: noon, station: charging() });
}

describe("readAnswer", () => {
  it("reads configuration values, those that come as numbers too", () => {
    const answer: JsonObject = {
      configurationKey: [
        { key: "NumberOfConnectors", readonly: true, value: 2 },
        { key: "AuthorizeRemoteTxRequests", readonly: false, value: true },
        { key: "AuthorizationKey", readonly: false },
        { key: "OwnKey", value: "1" },
        { readonly: true, value: "nameless" },
      ],
      unknownKey: ["Nothing"],
    };
    expect(read("GetConfiguration", answer)).toEqual([
      {
        kind: "configuration",
        keys: [
          { key: "NumberOfConnectors", readonly: true, value: "2" },
          { key: "AuthorizeRemoteTxRequests", readonly: false, value: "true" },
          { key: "AuthorizationKey", readonly: false },
          { key: "OwnKey", readonly: false, value: "1" },
        ],
        unknown: ["Nothing"],
      },
    ]);
    expect(read("GetConfiguration", {})).toEqual([{ kind: "configuration", keys: [], unknown: [] }]);
  });

  it.each([
    ["1.RST, 2.STR", true],
    ["1.SRT", true],
    ["RTS", true],
    ["2.TRS", true],
    ["1.TSR,2.RST", true],
    ["1.RST, 2.RST", false],
    ["NotApplicable", false],
    ["XSTRX", false],
  ])("names phases that are wired in another order: %s is such: %s", (value, found) => {
    const answer = {
      configurationKey: [
        { key: "Other", readonly: true, value: "STR" },
        { key: "ConnectorPhaseRotation", readonly: true, value },
      ],
    };
    const finding = {
      rule: "phase-rotation",
      where: "GetConfiguration answer ConnectorPhaseRotation",
      said: value,
      expected: words("where-wired-so"),
    };
    expect(read("GetConfiguration", answer).slice(1)).toEqual(found ? [{ kind: "found", finding }] : []);
  });

  it.each<[string, JsonObject, Words]>([
    ["GetDiagnostics", { fileName: "diagnostics.log" }, words("told-file", { name: "diagnostics.log" })],
    ["GetDiagnostics", {}, words("told-no-file")],
    ["GetLog", { filename: "" }, words("told-no-file")],
    ["GetLog", { status: "Accepted", filename: "log.zip" }, words("told-file", { name: "log.zip" })],
    ["GetLocalListVersion", { listVersion: 4 }, words("told-list-version", { version: 4 })],
    ["DataTransfer", { status: "Accepted", data: "hello" }, words("told-data", { data: "hello" })],
  ])("says in words what %s answered: %j", (action, answer, summary) => {
    expect(read(action, answer)).toEqual([{ kind: "noticed", action, summary }]);
  });

  it("says nothing of a list without a version, nor of an answer without data", () => {
    expect([read("GetLocalListVersion", {}), read("DataTransfer", { data: "" })]).toEqual([[], []]);
  });

  it.each(["Reset", "constructor", "toString"])("has nothing to add to an answer of %s", (action) => {
    expect(read(action, { status: "Accepted" })).toEqual([]);
  });
});
