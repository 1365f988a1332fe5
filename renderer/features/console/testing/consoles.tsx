import { words } from "../../../../src/station/phrases.ts";
import type { ConsoleEntry, ConsoleView } from "../../../../src/station/serial/console.ts";
import { show, type Written } from "../../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../../ui/testing/stations.ts";
import { ConsoleScreen } from "../ConsoleScreen.tsx";

/** A console that is open, and what came on it. */
export const open: ConsoleView = {
  setup: {
    port: "COM3",
    settings: { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, flow: "none" },
    station: "CP1",
  },
  ...{ path: "COM4", state: "open", since: 1000, counts: { received: 12_345, sent: 6 } },
};
export const bytes = (text: string) => btoa(text);
export const entries: ConsoleEntry[] = [
  { id: 1, at: 1000, kind: "in", base64: bytes("boot ok\n") },
  { id: 2, at: 2000, kind: "out", base64: bytes("help") },
  { id: 3, at: 3000, kind: "note", note: words("no-core") },
];

export function at(view: ConsoleView, answers: Written["answers"] = {}) {
  const feeds = { "console.list": [view], "console.live": entries, "stations.list": [summaryOf(onlineStation())] };
  return show(<ConsoleScreen />, { feeds, answers }, "#/console?port=COM3");
}

export const sentOf = (asked: [string, unknown][]) =>
  asked.flatMap(([name, input]) => (name === "console.send" ? [atob((input as { base64: string }).base64)] : []));
export const failuresOf = (lines: string[]) => lines.filter((line) => line.startsWith("!"));
