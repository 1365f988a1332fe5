import fc from "fast-check";
import type { OcppVersion } from "../../../src/station/model.ts";
import { keepFound } from "../found.ts";
import { goesOn, type RunOptions, type RunReport, residentMegabytes } from "../run.ts";
import { type Central, openCentral } from "./central.ts";
import { type Conversation, conversations } from "./conversation.ts";
import { hold } from "./hold.ts";

const versions: OcppVersion[] = ["1.6", "2.0.1", "2.1"];
/** A record is begun anew after so many. */
const talksARound = 150;
/** Looking for a smaller case of the same must not take for ever, milliseconds. */
const shrinkMs = 20_000;

/** Holds conversations in process: a case is a frame of the station's. Each failure is shrunk and kept. */
export async function fuzzFrames(options: RunOptions): Promise<RunReport> {
  const { seed } = options;
  const began = performance.now();
  const talks = await Promise.all(versions.map((version) => conversations(version, seed)));
  const failures = new Map<string, string>();
  const sum = { frames: 0, worstMs: 0, stateBytes: 0, rss: 0 };
  for (let round = 0; goesOn(options, sum.frames); round++) {
    const talk = talks[round % talks.length];
    if (!talk) break;
    const failure = await holdMany(talk, seed + round, options, sum);
    sum.rss = Math.max(sum.rss, residentMegabytes());
    if (!failure) continue;
    const known = signature(failure.said);
    if (failures.has(known)) continue;
    const name = keepFound({ kind: "frames", said: failure.said, seed: seed + round, input: failure.conversation });
    failures.set(known, `${failure.said}\n  kept as ${name}, seed ${seed + round}`);
    options.say(`frames: ${failures.get(known)}`);
  }
  return {
    cases: sum.frames,
    seconds: (performance.now() - began) / 1000,
    failures: [...failures.values()],
    figures: {
      "worst block, ms": Math.round(sum.worstMs),
      "largest state, bytes": sum.stateBytes,
      "most memory, MB": sum.rss,
    },
  };
}

type Sum = { frames: number; worstMs: number; stateBytes: number; rss: number };

/** Holds a round of conversations on one record, and ends it with a true restart. */
async function holdMany(
  talk: fc.Arbitrary<Conversation>,
  seed: number,
  options: RunOptions,
  sum: Sum,
): Promise<{ said: string; conversation: Conversation | null } | null> {
  let central: Central = openCentral();
  let failedAt = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(talk, async (conversation) => {
    if (performance.now() - failedAt > shrinkMs) return;
    try {
      const { frames, worstMs, stateBytes } = await hold(central, conversation);
      sum.frames += frames;
      sum.worstMs = Math.max(sum.worstMs, worstMs);
      sum.stateBytes = Math.max(sum.stateBytes, stateBytes);
    } catch (error) {
      failedAt = Math.min(failedAt, performance.now());
      // What a broken one left behind is not the next one's.
      await central.dispose().catch(() => undefined);
      central = openCentral();
      throw error;
    }
  });
  const left = Math.max(1000, options.deadline - performance.now());
  const details = await fc.check(property, { seed, numRuns: talksARound, interruptAfterTimeLimit: left + shrinkMs });
  let said = details.failed ? whatOf(details.errorInstance) : null;
  if (said === null) {
    try {
      await central.restart();
    } catch (error) {
      said = whatOf(error);
    }
  }
  await central.dispose().catch(() => undefined);
  return said === null ? null : { said, conversation: details.counterexample?.[0] ?? null };
}

function whatOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [first = "", ...rest] = (error.stack ?? error.message).split("\n");
  const where = rest.filter((line) => line.includes("/src/")).slice(0, 4);
  return [first, ...(where.length > 0 ? where : rest.slice(0, 3))].join("\n").slice(0, 1500);
}

/** The same for failures of one kind: without numbers and what was said. */
function signature(said: string): string {
  return (said.split("\n")[0] ?? "").replace(/[-+.e0-9]*[0-9][-+.e0-9]*|"[^"]*"|\[.*$|\{.*$/g, "#").slice(0, 120);
}
