import { silentLogger } from "../../../src/lib/logger.ts";
import { tellOnce } from "../../../src/ocpp/found.ts";
import { type CallFrame, readFrame } from "../../../src/ocpp/frame.ts";
import { loadSchemas } from "../../../src/ocpp/schemas.ts";
import { dialectOf } from "../../../src/ocpp/versions.ts";
import { type AnswererOptions, answerCall, judgeCall } from "../../../src/session/answering.ts";
import { newTrace } from "../../../src/session/past/trace.ts";
import { createRandom, type Random } from "../../../src/simulator/random.ts";
import { type Finding, severityOf } from "../../../src/station/findings.ts";
import { newStation, type OcppVersion } from "../../../src/station/model.ts";
import { officialRequests, type SchemaNode } from "../official-schemas.ts";
import { goesOn, type RunOptions, type RunReport } from "../run.ts";
import { validValue } from "./valid.ts";
import { violate } from "./violations.ts";

const now = Date.UTC(2026, 6, 1, 12);
const versions: OcppVersion[] = ["1.6", "2.0.1", "2.1"];

/** Messages that fit their schema and could be a real station's, and messages that break it in one place. Of the first nothing is said
 * above a notice, and a strict central system takes them; each of the second is named under a rule of its own where it is broken, and
 * a strict one refuses it. Half of the cases are of each kind. */
export async function fuzzVerdicts(options: RunOptions): Promise<RunReport> {
  const began = performance.now();
  const random = createRandom(options.seed);
  const judges = await Promise.all(versions.map((version) => judgeOf(version)));
  const failures = new Map<string, string>();
  let done = 0;
  for (; goesOn(options, done); done++) {
    const judge = random.pick(judges);
    const [action, schema] = random.pick(judge.requests);
    const said = done % 2 === 0 ? judge.valid(action, schema, random) : judge.broken(action, schema, random);
    if (said && !failures.has(said.kind)) failures.set(said.kind, said.text);
  }
  const seconds = (performance.now() - began) / 1000;
  return { cases: done, seconds, failures: [...failures.values()], figures: {} };
}

type Wrong = { kind: string; text: string };

async function judgeOf(version: OcppVersion) {
  const dialect = dialectOf(version);
  const schemas = await loadSchemas(version);
  const requests = [...(await officialRequests(version))].filter(
    ([action]) => Object.hasOwn(dialect.handlers, action) && !dialect.handlers[action]?.unanswered,
  );
  const station = { ...newStation("CP1", now), boot: { at: now, frame: 1, answered: "Accepted" as const } };
  const answerer = (strict: boolean): AnswererOptions => ({
    entry: { id: 1, identity: "CP1", state: station, session: null, dirty: false, trace: newTrace([]) },
    dialect,
    schemas,
    policy: {
      boot: () => ({ status: "Accepted", intervalSeconds: 300 }),
      timeMilliseconds: () => true,
      decide: () => ({ status: "Accepted" }),
      answerMs: () => 30_000,
      signs: () => true,
    },
    strictness: () => ({ strict, emptyAnswers: false }),
    log: silentLogger,
    newTransactionId: () => 7,
  });
  const tolerant = answerer(false);
  const strict = answerer(true);

  function read(action: string, payload: unknown): { text: string; frame: CallFrame } {
    const text = JSON.stringify([2, "a", action, payload]);
    const frame = readFrame(text);
    if (frame.type !== "call") throw new Error(`not a call: ${text}`);
    return { text, frame };
  }

  function found(frame: CallFrame): Finding[] {
    const answer = answerCall(tolerant, frame, now);
    return tellOnce([...frame.findings, ...judgeCall(tolerant, frame), ...answer.findings]);
  }

  const isTaken = (frame: CallFrame) => answerCall(strict, frame, now).reply?.startsWith("[3,") === true;

  return {
    requests,
    valid(action: string, schema: SchemaNode, random: Random): Wrong | null {
      const { text, frame } = read(action, validValue(schema, random, now));
      const bad = found(frame).find((one) => severityOf(one) !== "notice");
      const told = bad ? `${bad.rule} at ${bad.where}` : isTaken(frame) ? null : "refused in strict mode";
      return told === null ? null : { kind: `${version} ${told}`, text: `${version}, valid, but ${told}: ${text}` };
    },
    broken(action: string, schema: SchemaNode, random: Random): Wrong | null {
      const broken = violate(schema, validValue(schema, random, now), random);
      const { text, frame } = read(action, broken.payload);
      const where = `${action} ${broken.path}`;
      const named = found(frame).some((one) => broken.rules.includes(one.rule) && one.where === where);
      const told = !named ? "not named" : isTaken(frame) ? "taken in strict mode" : null;
      return told === null
        ? null
        : {
            kind: `${version} ${broken.kind} ${where} ${told}`,
            text: `${version}, ${broken.kind} broken at ${where}, ${told}: ${text}`,
          };
    },
  };
}
