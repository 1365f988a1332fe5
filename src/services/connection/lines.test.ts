import { expect, test } from "vitest";
import type { Attempt } from "../../station/attempts.ts";
import { causeText } from "../../words/spoken.ts";
import { attemptCells, attemptHead } from "./lines.ts";

test("an attempt stands in a table with every cause in words, and what was said", () => {
  const attempt = {
    id: 1,
    at: Date.UTC(2026, 0, 1),
    lastAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    remoteAddress: "192.0.2.7",
    identity: "CP1",
    passed: "http",
    state: "stopped",
    repeats: 3,
    causes: [{ code: "upload-key-alone" }, { code: "upload-login", said: "FTP" }],
  } as unknown as Attempt;
  for (const language of ["en", "sv"] as const) {
    const [alone, login] = (["upload-key-alone", "upload-login"] as const).map(
      (code) => causeText(code, language).title,
    );
    const cells = attemptCells(attempt, language);
    expect(attemptHead.map((name, at) => [name, cells[at]])).toEqual([
      ["time", "2026-01-02T03:04:05.678Z"],
      ["address", "192.0.2.7"],
      ["identity", "CP1"],
      ["passed", "http"],
      ["state", "stopped"],
      ["times", 3],
      ["causes", `${alone}; ${login} (FTP)`],
    ]);
  }
});
