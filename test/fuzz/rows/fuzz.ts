import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import WebSocket from "ws";
import { contract } from "../../../src/api/contract.ts";
import { converse } from "../../../src/api/server.ts";
import { type Core, startCore } from "../../../src/core.ts";
import { systemClock } from "../../../src/lib/clock.ts";
import { createRandom } from "../../../src/simulator/random.ts";
import type { StationState } from "../../../src/station/model.ts";
import { complaintsTo } from "../../harness/complaints.ts";
import { agreeing } from "../agreeing.ts";
import { keepFound } from "../found.ts";
import { goesOn, type RunOptions, type RunReport } from "../run.ts";
import { scratchFolder } from "../scratch.ts";
import { type Damage, damageOf, doDamage, shapeOf } from "./damage.ts";

const identities = ["ROW-1", "ROW-2", "ROW-3"];
const answerWithinMs = 10_000;

/** Damages single rows of a closed record, and starts a core on it: it starts, what is read does not fail, stations are answered, and
 * those whose rows were left alone are as they were. A case is a damaged record. */
export async function fuzzRows(options: RunOptions): Promise<RunReport> {
  const began = performance.now();
  const random = createRandom(options.seed);
  const failures = new Map<string, string>();
  const whole = await makeRecord();
  const shape = shapeOf(join(whole.folder, "plugside.db"));
  let cases = 0;
  try {
    for (; goesOn(options, cases); cases++) {
      const damages = Array.from({ length: 1 + Math.floor(random.next() * 3) }, () => damageOf(random, shape));
      const problem = await tryDamages(whole, damages);
      if (problem === null) continue;
      const known = `${damages[0]?.table} ${problem.replace(/[0-9]+/g, "#").slice(0, 100)}`;
      if (failures.has(known)) continue;
      const fewer = await fewestOf(whole, damages);
      const name = keepFound({ kind: "rows", said: problem, seed: options.seed, input: fewer });
      failures.set(known, `${problem}\n  kept as ${name}: ${JSON.stringify(fewer).slice(0, 300)}`);
      options.say(`rows: ${failures.get(known)}`);
    }
  } finally {
    rmSync(whole.folder, { recursive: true, force: true });
  }
  return { cases, seconds: (performance.now() - began) / 1000, failures: [...failures.values()], figures: {} };
}

/** A record that was closed in good order, and the states in it. */
export type WholeRecord = { folder: string; states: Map<string, StationState>; ids: Map<number, string> };

/** Makes one: three stations that have charged, tokens, settings, passwords, an attempt that failed. */
export async function makeRecord(): Promise<WholeRecord> {
  const folder = scratchFolder();
  const core = await start(folder, []);
  const { handlers } = core;
  await handlers["settings.change"]({ triggerAfterConnect: false, pingSeconds: 17 });
  await handlers["tokens.save"]({ value: "STAFF", status: "Accepted", group: "G1", note: "the blue one" });
  for (const identity of identities) {
    const station = await agreeing(`${core.ready.ocpp[0]}${identity}`);
    for (const [action, payload] of session) await answered(station, action, payload);
    await handlers["stations.command"]({ identity, command: { name: "reset", kind: "soft" } });
    const over = new Promise((resolve) => station.once("close", resolve));
    station.close();
    await over;
  }
  await handlers["access.setPassword"]({ identity: "ROW-1", form: "text", password: "a word of sixteen" });
  await new Promise((resolve) => {
    const stranger = new WebSocket(`${core.ready.ocpp[0]}ROW-1`, ["ocpp1.6"]);
    stranger.on("error", () => undefined);
    stranger.once("close", resolve);
  });
  await handlers["access.removePassword"]({ identity: "ROW-1" });
  await core.dispose();
  const again = await start(folder, []);
  const states = statesOf(again);
  await again.dispose();
  return { folder, states, ids: new Map(identities.map((identity, at) => [at + 1, identity])) };
}

const time = "2026-07-01T12:00:00Z";
const session: [string, unknown][] = [
  ["StatusNotification", { connectorId: 1, errorCode: "NoError", status: "Charging", odd: true }],
  ["StartTransaction", { connectorId: 1, idTag: "STAFF", meterStart: 1000, timestamp: time }],
  ["MeterValues", { connectorId: 1, meterValue: [{ timestamp: time, sampledValue: [{ value: "1200" }] }] }],
  ["FirmwareStatusNotification", { status: "Idle" }],
];

function start(folder: string, complaints: string[]): Promise<Core> {
  const log = complaintsTo((complaint) => complaints.push(complaint));
  return startCore({ dataFolder: folder, listen: { host: "127.0.0.1", port: 0 }, ui: false, log });
}

/** Starts a core on a copy of a record that has been damaged: what goes wrong, or null. */
export async function tryDamages(whole: WholeRecord, damages: readonly Damage[]): Promise<string | null> {
  const folder = scratchFolder();
  const complaints: string[] = [];
  let core: Core | null = null;
  try {
    cpSync(whole.folder, folder, { recursive: true });
    const harmed = damages.map((damage) => doDamage(join(folder, "plugside.db"), damage));
    core = await start(folder, complaints);
    const after = statesOf(core);
    for (const [id, identity] of whole.ids) {
      if (harmed.includes(id)) continue;
      const [a, b] = [whole.states.get(identity), after.get(identity)].map((state) =>
        JSON.parse(JSON.stringify(state ?? null)),
      );
      if (!isDeepStrictEqual(a, b)) return `${identity} is not as it was: ${JSON.stringify(b)?.slice(0, 300)}`;
    }
    const failed = await readAll(core);
    if (failed !== null) return failed;
    const station = await agreeing(`${core.ready.ocpp[0]}ROW-2`);
    const reply = await answered(station, "Heartbeat", {});
    station.terminate();
    return reply ? (complaints[0] ?? null) : "a station is not answered";
  } catch (error) {
    return `${error instanceof Error ? error.stack : error}`.slice(0, 1500);
  } finally {
    await core?.dispose().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fewestOf(whole: WholeRecord, damages: readonly Damage[]): Promise<readonly Damage[]> {
  for (const one of damages) if ((await tryDamages(whole, [one])) !== null) return [one];
  return damages;
}

function statesOf({ handlers }: Core): Map<string, StationState> {
  const states = identities.map((identity): [string, StationState] | null => {
    const source = handlers["stations.state"]({ identity }, () => undefined);
    source.close();
    return source.snapshot ? [identity, source.snapshot] : null;
  });
  return new Map(states.filter((state) => state !== null));
}

/** Opens every feed and makes every call that only reads: what fails in us, or null. */
async function readAll({ handlers }: Core): Promise<string | null> {
  const failed: string[] = [];
  const names = Object.entries(contract).filter(([name, { kind }]) => kind === "feed" || reading.has(name));
  const owed = new Set(names.map((_, id) => id));
  const conversation = converse(
    {
      buffered: 0,
      cut: () => failed.push("the client was cut off"),
      send(text) {
        const reply = JSON.parse(text);
        owed.delete(reply.id);
        if (reply.failure?.code === "internal") failed.push(`${names[reply.id]?.[0]} fails`);
      },
    },
    { handlers, clock: systemClock, log: complaintsTo((complaint) => failed.push(complaint)) },
  );
  for (const [id, [name, { kind }]] of names.entries()) {
    const input = {
      identity: "ROW-1",
      station: "ROW-1",
      filter: {},
      since: 0,
      limit: 100,
      seq: 3,
      from: 0,
      to: 1e13,
      id: 1,
    };
    conversation.receive(JSON.stringify({ id, [kind === "call" ? "call" : "watch"]: name, input }));
  }
  const late = performance.now() + answerWithinMs;
  while (owed.size > 0 && performance.now() < late) await new Promise((resolve) => setTimeout(resolve, 5));
  conversation.close();
  if (owed.size > 0) failed.push(`${names[[...owed][0] ?? 0]?.[0]} does not answer`);
  return failed[0] ?? null;
}

const reading = new Set([
  "messages.page",
  "messages.around",
  "messages.frame",
  "messages.frames",
  "history.page",
  "findings.ticket",
  "metering.range",
  "connection.attempt",
  "stations.states",
  "stations.actions",
]);

let asked = 0;

function answered(station: WebSocket, action: string, payload: unknown): Promise<boolean> {
  const id = `row-${++asked}`;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), answerWithinMs);
    station.on("message", (data) => {
      if (JSON.parse(String(data))[1] !== id) return;
      clearTimeout(timer);
      resolve(true);
    });
    station.send(JSON.stringify([2, id, action, payload]));
  });
}
