import { expect, test } from "vitest";
import { emptyLine, readLineDraft } from "./line-draft.ts";

test("a draft is read, and what is left to itself stays so", () => {
  const input = { port: "COM3", baudRate: 115_200, framing: "auto", ocpp: undefined };
  expect(readLineDraft({ ...emptyLine, port: " COM3 " })).toEqual({ input });
  expect(readLineDraft({ port: "COM3", baud: "9600", framing: "slip", ocpp: "2.1", identity: "CP1" })).toEqual({
    input: { port: "COM3", baudRate: 9600, framing: "slip", ocpp: "2.1", identity: "CP1" },
  });
});

test("a port is needed, and an identity that can be one", () => {
  expect(readLineDraft(emptyLine)).toEqual({ wrong: "port" });
  expect(readLineDraft({ ...emptyLine, port: " " })).toEqual({ wrong: "port" });
  for (const identity of ["a/b", "a b", "a\\b", "a?", "a#b", "i".repeat(49)])
    expect(readLineDraft({ ...emptyLine, port: "COM3", identity })).toEqual({ wrong: "identity" });
  expect(readLineDraft({ ...emptyLine, port: "p".repeat(301) })).toEqual({ wrong: "port" });
  expect(readLineDraft({ ...emptyLine, port: "p".repeat(300), identity: ` ${"i".repeat(48)} ` })).toMatchObject({
    input: { port: "p".repeat(300), identity: "i".repeat(48) },
  });
});
