import { expect, it } from "vitest";
import { certificateUses, rootUses } from "./certificates.ts";
import { commandNames, logKinds } from "./commands.ts";
import { faultKinds } from "./faults.ts";
import { configurationKinds } from "./fold/configuration.ts";
import { credentialChoices, upstreamProblems, whenAways } from "./forward.ts";
import { frameMarks, framesOn, ownReasons } from "./marks.ts";
import { errorCodes, summaryLabels } from "./model.ts";
import { english } from "./phrases.ts";
import type { Verdict } from "./serial/modbus.ts";
import { bootSigns, faultSigns, isFaultSign, resetCauses } from "./serial/signs.ts";
import { verdictWords } from "./serial/verdict.ts";

/** What stands in records, in exports and in scripts by its name keeps that name: who takes one away, or adds one, says so here. */
it("the names that others know us by are these", async () => {
  const lists: Record<string, Iterable<unknown>> = {
    certificateUses,
    rootUses,
    commandNames,
    logKinds,
    faultKinds,
    configurationKinds,
    credentialChoices,
    upstreamProblems,
    whenAways,
    frameMarks,
    framesOn,
    ownReasons,
    errorCodes,
    summaryLabels,
    bootSigns,
    faultSigns,
    resetCauses,
  };
  const text = Object.entries(lists).map(([name, list]) => `${name}\n${[...list].map((one) => `  ${one}\n`).join("")}`);
  await expect(text.join("")).toMatchFileSnapshot("told/names.txt");
});

it("a sign of a fault is one that tells of something that went wrong", () => {
  const told = [...bootSigns, ...faultSigns].filter((sign) => isFaultSign({ sign }));
  expect(told).toEqual([...faultSigns]);
});

it("a scan of a bus comes to words, of two with one number with that number", async () => {
  const kinds = {
    found: 0,
    nothing: 0,
    "nothing-at-host": 0,
    "gateway-silent": 0,
    echo: 0,
    noise: 0,
    swapped: 0,
    "wrong-setting": 0,
    "another-master": 0,
    "no-modbus": 0,
    "nobody-on-network": 0,
  } satisfies Record<Exclude<Verdict["kind"], "two-with-one-unit">, number>;
  const plain = (Object.keys(kinds) as (keyof typeof kinds)[]).map((kind): Verdict => ({ kind }));
  const all: Verdict[] = [...plain, { kind: "two-with-one-unit", units: [3, 7] }];
  const text = all.map((verdict) => `${verdict.kind}: ${english(verdictWords(verdict))}\n`);
  await expect(text.join("")).toMatchFileSnapshot("told/verdicts.txt");
});
