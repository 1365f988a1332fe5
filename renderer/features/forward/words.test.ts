import { expect, test } from "vitest";
import type { LegState } from "../../../src/station/forward.ts";
import { legWords } from "./words.ts";

const away = { state: "away", since: 0, tries: 2, nextTryAt: 9, problem: "refused", detail: "" } as const;
test.each<[LegState, string]>([
  [{ state: "idle" }, "forward.idle {}"],
  [{ state: "connecting", tries: 1 } as LegState, "forward.connecting {}"],
  [{ state: "connecting", tries: 2 } as LegState, 'forward.connectingAgain {"tries":2}'],
  [{ state: "open", since: 0 }, "forward.open {}"],
  [{ state: "open", since: 0, subprotocol: "ocpp1.6" }, 'forward.openWith {"subprotocol":"ocpp1.6"}'],
  [away, 'forward.away {"why":"forward.problems.refused {}"}'],
])("a leg that is %j is told as that", (leg, told) => {
  const t = ((key: string, values = {}) => `${key} ${JSON.stringify(values)}`) as never;
  expect(legWords(t, leg)).toBe(told);
});
