import fc from "fast-check";
import type { StationCommand } from "../../../src/station/commands.ts";
import type { OcppVersion } from "../../../src/station/model.ts";
import { linesOf, type Recorded } from "../../harness/frames.ts";
import { type Mutation, mutated, mutations } from "../mutations.ts";
import { officialRequests } from "../official-schemas.ts";
import { valuesOf } from "../schema-values.ts";

/** One thing that happens in a conversation. */
export type Step =
  /** The station says a text. `held`: what comes next is there before this is stored. */
  | { step: "says"; text: string; held?: boolean }
  /** The station says bytes, base64. */
  | { step: "bytes"; base64: string; binary: boolean }
  /** The station answers our last call; {{id}} stands for its id. */
  | { step: "answers"; text: string }
  /** What it said last comes once more. */
  | { step: "again" }
  /** A technician asks something of the station. */
  | { step: "command"; command: StationCommand }
  | { step: "waits"; ms: number }
  /** The states are kept, as the core does every two seconds. */
  | { step: "kept" }
  /** The link is lost and opened anew. */
  | { step: "returns"; version: OcppVersion };

/** A station's talk with the core from beginning to end. */
export type Conversation = { version: OcppVersion; strict: boolean; emptyAnswers: boolean; steps: Step[] };

/** What a station charges with: said often, so that one message meets another. */
const frequent = new Set([
  "BootNotification",
  "StatusNotification",
  "StartTransaction",
  "MeterValues",
  "StopTransaction",
  "TransactionEvent",
  "Authorize",
]);
const perAction = 6;
const perFrequent = 60;

/** Frames that are whole, or were once on a wire: what mutations begin with. */
async function baseFrames(version: OcppVersion, seed: number): Promise<string[]> {
  const frames: string[] = ['[2,"1","Heartbeat",{}]'];
  let at = 0;
  for (const [action, schema] of await officialRequests(version)) {
    const numRuns = frequent.has(action) ? perFrequent : perAction;
    for (const payload of fc.sample(valuesOf(schema), { seed: seed + at, numRuns })) {
      at += 1;
      const type = action === "NotifyPeriodicEventStream" ? 6 : 2;
      frames.push(JSON.stringify([type, String(at), action, payload]));
    }
  }
  const recorded = linesOf<Recorded>("real-chargers.ndjson").concat(linesOf<Recorded>("rebuilt.ndjson"));
  for (const line of recorded) if (line.ocpp === version) frames.push(line.frame);
  return frames;
}

const oddFrames = [
  "",
  " ",
  "null",
  "[]",
  "{}",
  "[2]",
  '[2,"a"]',
  '[2,"a","Heartbeat"]',
  '[2,"a","Heartbeat",null]',
  '[2,7,"Heartbeat",{}]',
  '[2,1e400,"Heartbeat",{}]',
  '[2,-1e400,"Heartbeat",{}]',
  '["2","a","Heartbeat",{}]',
  '[2,"a","__proto__",{}]',
  '[2,"a","toString",{}]',
  '[3,"a",{}]',
  '[3,"a"]',
  '[4,"a","GenericError","",{}]',
  '[4,"a"]',
  '[5,"a","FormatViolation","",{}]',
  '[6,"a","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Charging"}]',
  '[6,"a","StartTransaction",{"connectorId":1,"idTag":"A","meterStart":1,"timestamp":"2026-07-01T12:00:00Z"}]',
  '[6,"a","TransactionEvent",{}]',
  '[7,"a",{}]',
  '[-1,"a",{}]',
  '[2,"a","Heartbeat",{}]x',
  '[2,"","Heartbeat",{}]',
];

const answerFrames = [
  '[3,"{{id}}",{"status":"Accepted"}]',
  '[3,"{{id}}",{}]',
  '[3,"{{id}}",{"status":"Rejected","statusInfo":{"reasonCode":"No"}}]',
  '[3,"{{id}}",{"configurationKey":[{"key":"A","readonly":true,"value":"1"}],"unknownKey":["B"]}]',
  '[3,"{{id}}",{"certificateHashDataChain":[{"certificateType":"V2GRootCertificate","certificateHashData":{"hashAlgorithm":"SHA256","issuerNameHash":"a","issuerKeyHash":"b","serialNumber":"1"}}],"status":"Accepted"}]',
  '[3,"{{id}}",{"certificateHashData":[{"hashAlgorithm":"SHA256","issuerNameHash":"a","issuerKeyHash":"b","serialNumber":"1"}],"status":"Accepted"}]',
  '[4,"{{id}}","NotSupported","no",{}]',
  '[4,"{{id}}","Odd",null,[1]]',
  '[3,"other",{"status":"Accepted"}]',
  '[5,"{{id}}","FormatViolation","",{}]',
];

const commands: StationCommand[] = [
  { name: "reset", kind: "soft" },
  { name: "unlock", evse: 1, connector: 1 },
  { name: "start", evse: 1, token: { value: "A" } },
  { name: "stop", transaction: "1" },
  { name: "availability", evse: 0, operative: false },
  { name: "trigger", message: "StatusNotification", evse: 1 },
  { name: "raw", action: "GetConfiguration", payload: "{}", force: true },
  { name: "raw", action: "GetVariables", payload: '{"getVariableData":[]}', force: true },
  { name: "raw", action: "__proto__", payload: '{"n":9223372036854775807,"e":1e400}', force: true },
  { name: "certificates-list" },
];

const changes = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Mutation[]>([]) },
  { weight: 7, arbitrary: fc.array(mutations, { minLength: 1, maxLength: 3 }) },
);

/** Makes texts that a station of a version might say, and what is left of them when they are changed. */
export async function hostileTexts(version: OcppVersion, seed: number): Promise<fc.Arbitrary<string>> {
  const base = fc.constantFrom(...(await baseFrames(version, seed)));
  return fc.oneof(
    { weight: 9, arbitrary: fc.tuple(base, changes).map(([text, made]) => mutated(text, made)) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(...oddFrames), changes).map(([text, made]) => mutated(text, made)),
    },
  );
}

/** Makes the talks of stations of a version.
 * @param most steps of one talk */
export async function conversations(
  version: OcppVersion,
  seed: number,
  most = 24,
): Promise<fc.Arbitrary<Conversation>> {
  const said = await hostileTexts(version, seed);
  const steps = fc.oneof(
    {
      weight: 40,
      arbitrary: fc.record(
        { step: fc.constant("says" as const), text: said, held: fc.boolean() },
        { requiredKeys: ["step", "text"] },
      ),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(...answerFrames), changes)
        .map(([text, made]): Step => ({ step: "answers", text: mutated(text, made) })),
    },
    { weight: 3, arbitrary: fc.constantFrom(...commands).map((command): Step => ({ step: "command", command })) },
    { weight: 2, arbitrary: fc.constant<Step>({ step: "again" }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          said,
          fc.array(fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
          fc.boolean(),
        )
        .map(([text, flips, binary]): Step => ({ step: "bytes", base64: flipped(text, flips), binary })),
    },
    { weight: 1, arbitrary: fc.constantFrom(10, 2000, 40_000).map((ms): Step => ({ step: "waits", ms })) },
    { weight: 1, arbitrary: fc.constant<Step>({ step: "kept" }) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom<OcppVersion>(version, "1.6", "2.1")
        .map((to): Step => ({ step: "returns", version: to })),
    },
  );
  return fc.record({
    version: fc.constant(version),
    strict: fc.boolean(),
    emptyAnswers: fc.boolean(),
    steps: fc.array(steps, { minLength: 1, maxLength: most, size: "max" }),
  });
}

function flipped(text: string, flips: readonly (readonly [number, number])[]): string {
  const bytes = Buffer.from(text, "utf8");
  for (const [at, byte] of flips) {
    if (bytes.length > 0) bytes[Math.floor((at / 1000) * bytes.length)] = byte;
  }
  return bytes.toString("base64");
}
