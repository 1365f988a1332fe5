import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { converse } from "../../../src/api/server.ts";
import { type Core, startCore } from "../../../src/core.ts";
import { systemClock } from "../../../src/lib/clock.ts";
import { complaintsTo } from "../../harness/complaints.ts";
import { agreeing } from "../agreeing.ts";
import { keepFound } from "../found.ts";
import { goesOn, type RunOptions, type RunReport, residentMegabytes } from "../run.ts";
import { scratchFolder } from "../scratch.ts";
import { clientMessages } from "./messages.ts";
import { sayRequests } from "./requests.ts";

const screensFolder = fileURLToPath(new URL("../../../dist/screens", import.meta.url));
const messagesACore = 600;
const requestsACore = 60;
const answeredWithinMs = 20_000;

/** Says messages of every kind to the contract's server of a real core, with a station connected that agrees to all, and requests
 * of every kind to the port of the screens. A case is a message or a request. */
export async function fuzzApi(options: RunOptions): Promise<RunReport> {
  const began = performance.now();
  const messages = clientMessages();
  const failures = new Map<string, string>();
  let cases = 0;
  let worstMs = 0;
  let memory = 0;
  for (let round = 0; goesOn(options, cases); round++) {
    const seed = options.seed + round;
    const said = fc.sample(messages, { seed, numRuns: messagesACore });
    const came = await tryMessages(said, { seed, count: requestsACore });
    cases += said.length + requestsACore;
    worstMs = Math.max(worstMs, came.worstMs);
    memory = Math.max(memory, residentMegabytes());
    for (const { message, problem } of came.problems) {
      const known = problem.replace(/[0-9]+/g, "#").slice(0, 160);
      if (failures.has(known)) continue;
      const name = message === null ? "nothing" : keepFound({ kind: "api", said: problem, seed, input: [message] });
      failures.set(known, `${problem}\n  kept as ${name}, seed ${seed}`);
      options.say(`api: ${failures.get(known)}`);
    }
  }
  return {
    cases,
    seconds: (performance.now() - began) / 1000,
    failures: [...failures.values()],
    figures: { "worst block, ms": Math.round(worstMs), "most memory, MB": memory },
  };
}

type Came = { worstMs: number; problems: { message: string | null; problem: string }[] };

/** Says messages to a core of their own. */
export async function tryMessages(
  messages: readonly string[],
  requests: { seed: number; count: number } = { seed: 1, count: 0 },
): Promise<Came> {
  const folder = scratchFolder();
  const complaints: string[] = [];
  const log = complaintsTo((complaint) => complaints.push(complaint));
  const core = await startCore({ dataFolder: folder, listen: { host: "127.0.0.1", port: 0 }, screensFolder, log });
  const station = await agreeing(`${core.ready.ocpp[0]}FUZZ-0`);
  try {
    const came = await sayMessages(core, messages);
    const refused = await sayRequests(new URL(core.ready.ui ?? ""), requests);
    for (const problem of [...refused, ...complaints]) came.problems.push({ message: null, problem });
    return came;
  } finally {
    station.terminate();
    await core.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sayMessages(core: Core, messages: readonly string[]): Promise<Came> {
  const owed = new Map<unknown, string>();
  const came: Came = { worstMs: 0, problems: [] };
  let saying: string | null = null;
  const conversation = converse(
    {
      buffered: 0,
      cut: () => came.problems.push({ message: saying, problem: "the client was cut off" }),
      send(text) {
        const reply = JSON.parse(text);
        const message = owed.get(reply.id) ?? saying;
        owed.delete(reply.id);
        if (reply.failure?.code === "internal")
          came.problems.push({ message, problem: "answered with an internal failure" });
      },
    },
    {
      handlers: core.handlers,
      clock: systemClock,
      log: complaintsTo((problem) => came.problems.push({ message: saying, problem })),
    },
  );
  for (const message of messages) {
    const asked = askedBy(message);
    saying = message;
    if (asked?.what === "answer") owed.set(asked.id, message);
    // A feed that is not wanted any more need not begin.
    else if (asked) owed.delete(asked.id);
    const began = performance.now();
    try {
      conversation.receive(message);
    } catch (error) {
      came.problems.push({ message, problem: `threw: ${error instanceof Error ? error.stack : error}` });
    }
    came.worstMs = Math.max(came.worstMs, performance.now() - began);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const late = performance.now() + answeredWithinMs;
  while (owed.size > 0 && performance.now() < late) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const message of owed.values()) came.problems.push({ message, problem: "never answered" });
  conversation.close();
  return came;
}

/** What a message asks for under its id; undefined where it names none. */
function askedBy(message: string): { id: number; what: "answer" | "end" } | undefined {
  try {
    const { id, call, watch, unwatch, input } = JSON.parse(message);
    if (!Number.isSafeInteger(id)) return undefined;
    const named = typeof call === "string" || typeof watch === "string";
    if (named && input !== undefined) return { id, what: "answer" };
    return unwatch === true ? { id, what: "end" } : undefined;
  } catch {
    return undefined;
  }
}
