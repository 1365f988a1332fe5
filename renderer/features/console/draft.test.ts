import { expect, test } from "vitest";
import { emptyDraft, frameOf, frames, readDraft } from "./draft.ts";

test("a console is asked for as it was typed in, and what was left empty is left out", () => {
  const settings = { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, flow: "none" };
  expect(readDraft({ ...emptyDraft, port: " COM3 ", station: "  " })).toEqual({ port: "COM3", ...settings });
  const typed = { port: "/dev/ttyS1", baud: "9600", frame: "7O1", flow: "xonxoff", station: " CP1 ", profile: "rapi" };
  expect(readDraft(typed)).toEqual({
    ...{ port: "/dev/ttyS1", baudRate: 9600, dataBits: 7, parity: "odd", stopBits: 1, flow: "xonxoff" },
    ...{ station: "CP1", profile: "rapi" },
  });
});

test("a port has a name of at most 300 letters", () => {
  expect(readDraft({ ...emptyDraft, port: " " })).toBeNull();
  expect(readDraft({ ...emptyDraft, port: "x".repeat(300) })?.port).toHaveLength(300);
  expect(readDraft({ ...emptyDraft, port: "x".repeat(301) })).toBeNull();
});

test("each frame is what its name says", () => {
  for (const [name, frame] of Object.entries(frames)) expect(frameOf(frame)).toBe(name);
  expect(Object.keys(frames)).toContain(emptyDraft.frame);
});
