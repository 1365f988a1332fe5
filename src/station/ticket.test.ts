import { expect, it } from "vitest";
import { words } from "./phrases.ts";
import { composeTicket, type Ticket, type TicketEntry } from "./ticket.ts";

const entry: TicketEntry = {
  rule: "too-long",
  where: "A /x",
  said: "a `tick`",
  count: 3,
  firstAt: Date.UTC(2026, 0, 1),
  lastAt: Date.UTC(2026, 0, 2),
  frames: [],
};
const ticket: Ticket = { station: "CP1", info: {}, madeAt: Date.UTC(2026, 0, 3), entries: [entry] };

function lines(change: Partial<TicketEntry>): string[] {
  return composeTicket({ ...ticket, entries: [{ ...entry, ...change }] }).split("\n");
}

it("keeps back ticks in what was said, and in frames, from ending their quotes", () => {
  expect(lines({})).toContain("- Said: `` a `tick` ``");
  const frames = [{ seq: 1, time: "2026-01-01T00:00:00.000Z", direction: "in" as const, text: "``` not json" }];
  const text = lines({ frames });
  expect(text.slice(text.indexOf("````"), text.lastIndexOf("````") + 1)).toEqual([
    "````",
    "2026-01-01T00:00:00.000Z ← ``` not json",
    "````",
  ]);
});

it("shows frames in their order, each with its way", () => {
  const frame = (seq: number, direction: "in" | "out") => ({ seq, time: `t${seq}`, direction, text: `[${seq}]` });
  const text = lines({ frames: [frame(2, "in"), frame(3, "out"), frame(9, "in")] });
  const at = text.indexOf("```");
  expect(text.slice(at, at + 5)).toEqual(["```", "t2 ← [2]", "t3 → [3]", "t9 ← [9]", "```"]);
});

it("numbers what is wrong in the order that it is given, and ends with what was taken out", () => {
  const text = composeTicket({ ...ticket, ocpp: "2.1", entries: [entry, { ...entry, rule: "not-json" }] });
  const headings = text.split("\n").filter((line) => line.startsWith("## "));
  expect(headings.map((line) => line.slice(0, 5))).toEqual(["## 1.", "## 2."]);
  expect(text).toContain("- OCPP version: 2.1\n");
  expect(text.endsWith("\n\nPasswords and keys are replaced by •••.\n")).toBe(true);
});

it("tells how often and from when to when, and that a finding of the link has no frame", () => {
  expect(lines({})).toContain("- Seen 3 times, from 2026-01-01T00:00:00.000Z to 2026-01-02T00:00:00.000Z");
  expect(lines({ count: 1 })).toContain("- Seen once, 2026-01-01T00:00:00.000Z");
  expect(lines({})).toContain("No frame: it was seen on the link itself.");
});

it("leaves out what is not known of the station", () => {
  expect(lines({}).filter((line) => /Vendor|Model|Firmware|OCPP version/.test(line))).toEqual([]);
});

it("tells the serial number of the station, or else that of its box", () => {
  const serial = (info: Ticket["info"]) =>
    composeTicket({ ...ticket, info })
      .split("\n")
      .filter((line) => line.startsWith("- Serial number"));
  expect(serial({ serialNumber: "S1", boxSerialNumber: "B1" })).toEqual(["- Serial number: S1"]);
  expect(serial({ boxSerialNumber: "B1" })).toEqual(["- Serial number: B1"]);
  expect(serial({})).toEqual([]);
});

it("lets nothing that the station said mean anything in Markdown", () => {
  const said = "**a** @b\n# c";
  const hostile: Ticket = {
    ...ticket,
    station: "[CP](http://x)",
    info: { vendor: said, model: "Märke Box 22", serialNumber: "<b>", firmwareVersion: "\u202e1.0" },
    entries: [{ ...entry, where: "A /`x`", said: words("a-field", { name: said }), expected: "# c" }],
  };
  expect(composeTicket(hostile).split("\n").slice(0, 18)).toEqual([
    "# Deviations from OCPP: `[CP](http://x)`",
    "",
    "What the station said, beside what the specification expects there. Times are UTC.",
    "",
    "- Station: `[CP](http://x)`",
    "- Vendor: `**a** @b\\x0a# c`",
    "- Model: Märke Box 22",
    "- Serial number: `<b>`",
    "- Firmware: `\\u202e1.0`",
    "- Written: 2026-01-03T00:00:00.000Z",
    "",
    "## 1. A text is longer than allowed",
    "",
    "- Rule: `too-long` (Notice)",
    "- Clause: Official JSON schema",
    "- Where: `` A /`x` ``",
    "- Said: a field `**a** @b\\x0a# c`",
    "- Expected: `# c`",
  ]);
});
