import { expect, test } from "vitest";
import { emptyFault, errorCodes, type FaultDraft, faultKind, readActions, readFault } from "./draft.ts";

const read = (change: Partial<FaultDraft>) => readFault({ ...emptyFault, ...change });

test.each<[Partial<FaultDraft>, object]>([
  [
    { kind: "delay", seconds: "1,5" },
    { fault: { kind: "delay", ms: 1500 }, seconds: 300 },
  ],
  [
    { kind: "silence", actions: "MeterValues, Heartbeat", minutes: "0.5" },
    { fault: { kind: "silence", actions: ["MeterValues", "Heartbeat"] }, seconds: 30 },
  ],
  [
    { kind: "error", code: " NotSupported ", description: "no" },
    { fault: { kind: "error", code: "NotSupported", description: "no" }, seconds: 300 },
  ],
  [{ kind: "drop" }, { fault: { kind: "drop" }, seconds: 1 }],
  [
    { kind: "drop", every: "30" },
    { fault: { kind: "drop", everySeconds: 30 }, seconds: 300 },
  ],
  [
    { kind: "time", offset: "−90" },
    { fault: { kind: "time", offsetSeconds: -5400 }, seconds: 300 },
  ],
  [
    { kind: "refuse", minutes: "1440" },
    { fault: { kind: "refuse" }, seconds: 86_400 },
  ],
])("%o is read as a fault", (draft, fault) => {
  expect(read(draft)).toEqual(fault);
});

test.each<[Partial<FaultDraft>, object]>([
  [{ kind: "delay", seconds: "0" }, { seconds: true }],
  [
    { kind: "delay", seconds: "", minutes: "x" },
    { seconds: true, minutes: true },
  ],
  [{ kind: "error", code: " " }, { code: true }],
  [{ kind: "drop", every: "0.5" }, { every: true }],
  [{ kind: "time", offset: "1e9" }, { offset: true }],
])("%o says which field will not do", (draft, problems) => {
  expect(read(draft)).toEqual({ problems });
});

const bounds: [
  kind: FaultDraft["kind"],
  field: "seconds" | "every" | "offset" | "minutes",
  taken: string[],
  not: string[],
][] = [
  ["delay", "seconds", ["0.001", "600"], ["0.0009", "600.1", "-1"]],
  ["drop", "every", ["1", "86400"], ["0.9", "86401"]],
  ["time", "offset", ["-5000000", "5000000", "0"], ["-5000001", "5000001"]],
  ["silence", "minutes", ["0.1", "1440"], ["0.09", "1440.1", "", "one"]],
];
test.each(bounds)("of %s, %s goes from the least to the most, and no further", (kind, field, taken, not) => {
  for (const text of taken) expect(read({ kind, every: "1", [field]: text })).not.toHaveProperty("problems");
  for (const text of not) expect(read({ kind, every: "1", [field]: text })).toEqual({ problems: { [field]: true } });
});

test("numbers are rounded to what can be set, and never to nothing", () => {
  const fault = (change: Partial<FaultDraft>) => read({ minutes: "0.1", ...change });
  expect(fault({ kind: "delay", seconds: "0.0014" })).toEqual({ fault: { kind: "delay", ms: 1 }, seconds: 6 });
  expect(fault({ kind: "drop", every: "1.6" })).toEqual({ fault: { kind: "drop", everySeconds: 2 }, seconds: 6 });
  expect(fault({ kind: "time", offset: "0.5" })).toEqual({ fault: { kind: "time", offsetSeconds: 30 }, seconds: 6 });
  expect(fault({ kind: "delay", actions: "A" })).toEqual({
    fault: { kind: "delay", ms: 5000, actions: ["A"] },
    seconds: 6,
  });
});

test("a kind that there is not is the first", () => {
  expect([faultKind("refuse"), faultKind("no such"), faultKind(null)]).toEqual(["refuse", "delay", "delay"]);
});

test("a field of another kind is not looked at", () => {
  expect(read({ kind: "silence", seconds: "no number", code: "" })).toEqual({
    fault: { kind: "silence" },
    seconds: 300,
  });
});

test("names are parted by commas and blanks", () => {
  expect(readActions(" A,B  C,, ")).toEqual(["A", "B", "C"]);
});

test("the errors that are offered are those of OCPP, 1.6 in its own spelling", () => {
  expect(errorCodes).toEqual([
    ...["InternalError", "GenericError", "NotImplemented", "NotSupported", "SecurityError", "ProtocolError"],
    ...["FormationViolation", "FormatViolation", "PropertyConstraintViolation", "OccurenceConstraintViolation"],
    "TypeConstraintViolation",
  ]);
});
