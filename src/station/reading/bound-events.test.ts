import { expect, test } from "vitest";
import { longestCertificate } from "../bounds.ts";
import type { EventBody } from "../events.ts";
import type { Sample } from "../model.ts";
import { boundEvents } from "./bound-events.ts";

const long = "x".repeat(500_000);

function sample(change: Partial<Sample> = {}): Sample {
  return { measurand: "Voltage", unit: "V", value: 230, said: "230", ...change };
}

test("events within bounds are handed back as they are", () => {
  const events: EventBody[] = [{ kind: "sampled", evse: 1, groups: [{ samples: [sample({ phase: "L1" })] }] }];
  const bounded = boundEvents(events, "MeterValues");
  expect(bounded).toEqual({ events, findings: [] });
  expect(bounded.events).toBe(events);
});

test("a long text is cut, wherever it is, and told", () => {
  const { events, findings } = boundEvents(
    [{ kind: "booted", info: { vendor: long, model: "M" }, answered: "Accepted" }],
    "BootNotification",
  );
  expect(events).toEqual([
    { kind: "booted", info: { vendor: `${"x".repeat(290)}… (500000)`, model: "M" }, answered: "Accepted" },
  ]);
  expect(findings).toEqual([
    {
      rule: "text-cut",
      where: "BootNotification vendor",
      said: `${"x".repeat(190)}… (500000)`,
      expected: { phrase: "at-most-characters", values: { limit: 300 } },
    },
  ]);
});

test("a request for a certificate and signed data are kept whole as far as they go", () => {
  const events: EventBody[] = [
    { kind: "signing-requested", csr: "c".repeat(5500), answered: "Accepted" },
    {
      kind: "sampled",
      evse: 1,
      groups: [{ samples: [sample({ signed: { format: "OCMF", data: "d".repeat(2500) } })] }],
    },
  ];
  expect(boundEvents(events, "X").events).toBe(events);
  for (const name of ["certificate", "chain"]) {
    const sent = (length: number): EventBody[] => [
      { kind: "command-sent", id: "1", name: "certificate-signed", args: { [name]: "c".repeat(length) } },
    ];
    expect(boundEvents(sent(longestCertificate), "X").findings).toEqual([]);
    expect(boundEvents(sent(longestCertificate + 1), "X").findings).toHaveLength(1);
  }
  expect(boundEvents([{ kind: "signing-requested", csr: long, answered: "Accepted" }], "X").findings).toHaveLength(1);
});

test("measured values are counted over all groups of a message", () => {
  const groups = Array.from({ length: 3 }, () => ({ samples: Array.from({ length: 2000 }, () => sample()) }));
  const { events, findings } = boundEvents([{ kind: "sampled", evse: 1, groups }], "MeterValues");
  expect(events.map((event) => event.kind === "sampled" && event.groups.map(({ samples }) => samples.length))).toEqual([
    [2000, 2000, 1000],
  ]);
  expect(findings).toEqual([
    {
      rule: "list-cut",
      where: "MeterValues samples",
      said: "6000",
      expected: { phrase: "at-most-entries", values: { limit: 5000 } },
    },
  ]);
});

test.each([
  ["a list", [{ kind: "configuration", keys: [], unknown: Array(6000).fill("k") }], "X unknown"],
  ["events", Array(501).fill({ kind: "heartbeat" }), "X events"],
] as [string, EventBody[], string][])("more of %s than any message has is told once", (_what, events, where) => {
  expect(boundEvents(events, "X").findings).toMatchObject([{ rule: "list-cut", where }]);
});

test("a number that no JSON can say is left out", () => {
  const { events } = boundEvents([{ kind: "heartbeat", x: Number.POSITIVE_INFINITY } as EventBody], "X");
  expect(JSON.stringify(events)).toBe('[{"kind":"heartbeat"}]');
});

test("what JSON has no word for is told as text, and a text that fits stays", () => {
  const { events, findings } = boundEvents([{ kind: "heartbeat", x: 12n, y: [1n] } as unknown as EventBody], "X");
  expect([events, findings]).toEqual([[{ kind: "heartbeat", x: "12", y: ["1"] }], []]);
  const fits = { kind: "security-event", type: "x".repeat(300) } as const;
  expect(boundEvents([fits], "X").events[0]).toBe(fits);
  const cut = boundEvents([{ ...fits, type: "x".repeat(301) }], "X");
  expect([cut.events[0], cut.findings.length]).toEqual([{ ...fits, type: `${"x".repeat(293)}… (301)` }, 1]);
});

test("as many events and entries as there may be stay, and one more is cut and told by its number", () => {
  const beats = (count: number) => boundEvents(Array(count).fill({ kind: "heartbeat" }), "X");
  expect([beats(500).events.length, beats(500).findings, beats(501).events.length]).toEqual([500, [], 500]);
  expect(beats(501).findings[0]?.said).toBe("501");
  const keys = (count: number) =>
    boundEvents([{ kind: "configuration", keys: [], unknown: Array(count).fill("k") }], "X");
  const kept = ({ events: [event] }: ReturnType<typeof keys>) =>
    event?.kind === "configuration" && event.unknown.length;
  expect([kept(keys(5000)), keys(5000).findings, kept(keys(5001)), keys(5001).findings[0]?.said]).toEqual([
    ...[5000, [], 5000, "5001"],
  ]);
  const values = (count: number) =>
    boundEvents(
      [{ kind: "sampled", evse: 1, groups: [{ samples: Array.from({ length: count }, () => sample()) }] }],
      "X",
    );
  expect([values(5000).findings, values(5001).findings[0]?.said]).toEqual([[], "5001"]);
});

test("eight levels of an event are walked, and what is below is told as text", () => {
  const nest = (levels: number): unknown => (levels === 0 ? { x: "x".repeat(301) } : { a: nest(levels - 1) });
  const args = (levels: number) =>
    boundEvents([{ kind: "command-sent", id: "1", name: "raw", args: nest(levels) as Record<string, unknown> }], "X");
  const isCut = (levels: number) => JSON.stringify(args(levels).events).includes('"x":"x');
  expect([isCut(7), isCut(8)]).toEqual([true, false]);
  const small = boundEvents([{ kind: "command-sent", id: "1", name: "raw", args: { a: nestOf(12) } }], "X");
  expect(small.findings).toEqual([]);
  expect(JSON.stringify(small.events)).toContain("deep");
});

function nestOf(levels: number): unknown {
  return levels === 0 ? "deep" : { b: nestOf(levels - 1) };
}

test("what is deeper than any event of ours is kept as the beginning of its text", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 5000; level++) deep = { a: deep };
  const { events } = boundEvents([{ kind: "command-sent", id: "1", name: "raw", args: { deep } }], "X");
  expect(JSON.stringify(events).length).toBeLessThan(600);
});

test.each(["measurand", "said", "saidUnit", "phase", "location", "context"])(
  "a long %s of a sample is cut and told",
  (field) => {
    const groups = [{ samples: [sample(), sample({ [field]: long })] }];
    const { events, findings } = boundEvents([{ kind: "sampled", evse: 1, groups }], "MeterValues");
    const cut = { [field]: `${"x".repeat(290)}… (500000)` };
    expect(events).toEqual([{ kind: "sampled", evse: 1, groups: [{ samples: [sample(), sample(cut)] }] }]);
    expect(findings.map(({ where }) => where)).toEqual([`MeterValues ${field}`]);
  },
);

test("a sample's number that no JSON can write is left out", () => {
  const groups = [{ samples: [sample({ value: Number.NaN })] }];
  const { events } = boundEvents([{ kind: "sampled", evse: 1, groups }], "MeterValues");
  expect(events).toEqual([{ kind: "sampled", evse: 1, groups: [{ samples: [sample({ value: undefined })] }] }]);
});
