import { expect, onTestFinished, test } from "vitest";
import WebSocket from "ws";
import type { CoreClient } from "../../src/api/client.ts";
import type { FrameRecord } from "../../src/services/messages/contract.ts";
import { transactionEnergy } from "../../src/station/views.ts";
import { serveCli } from "../harness/cli.ts";
import { connectTo } from "../harness/client.ts";
import { snapshot, temporaryFolder } from "../harness/core.ts";

const rounds = 6;
const stations = 4;

/** A question and its answer, as texts on the wire. */
type Exchange = { question: string; answer: string };

/** A station that charges one car after the other. It keeps what it has said until it is answered, over restarts of the core. */
type Charger = {
  identity: string;
  answered: Exchange[];
  /** Its next message, as it was first made. */
  pending: { action: string; payload: Record<string, unknown> } | null;
  transactionId: number | null;
  register: number;
  sent: number;
};

test("kill -9 at any moment loses nothing that was answered, and the next start works at once", async () => {
  const began = Date.now() - 1;
  const folder = await temporaryFolder();
  const chargers = Array.from({ length: stations }, (_, at): Charger => {
    return { identity: `K${at}`, answered: [], pending: null, transactionId: null, register: 1000 * at, sent: 0 };
  });
  for (let round = 0; round < rounds; round++) {
    const core = await serveCli(folder);
    let left = 20 + Math.floor(Math.random() * 400);
    const talks = chargers.map((charger) =>
      talk(core.url, charger, () => {
        left -= 1;
        if (left === 0) core.child.kill("SIGKILL");
      }),
    );
    expect(await core.ended).toEqual({ code: null, signal: "SIGKILL" });
    await Promise.all(talks);
    expect(left).toBeLessThanOrEqual(0);
  }

  const core = await serveCli(folder);
  const client = connectTo(folder);
  onTestFinished(() => client.close());
  const starts = new Map<number, string>();
  for (const { identity, answered } of chargers) {
    const frames = await allFrames(client, identity);
    const recorded = exchangesOf(frames);
    const onRecord = new Map(recorded.map(({ question, answer }) => [question, answer]));
    expect(answered.length).toBeGreaterThan(rounds);
    // Byte for byte, question and answer.
    expect(answered.filter(({ question, answer }) => onRecord.get(question) !== answer)).toEqual([]);
    // On record beyond that: at most what was on its way when it was killed.
    expect(recorded.length - answered.length).toBeLessThanOrEqual(rounds);

    for (const { question, answer } of recorded) {
      const [, , action, payload] = JSON.parse(question);
      if (action !== "StartTransaction") continue;
      const { transactionId } = JSON.parse(answer)[2];
      const start = `${identity} ${JSON.stringify(payload)}`;
      // One id belongs to one start, and the same start told again has the same id.
      expect(starts.get(transactionId) ?? start).toBe(start);
      starts.set(transactionId, start);
    }

    const state = await snapshot(client, "stations.state", { identity });
    const calls = frames.filter(({ direction }) => direction === "in").length;
    expect(state).toMatchObject({
      identity,
      ocpp: "1.6",
      info: { vendor: "V", model: "M" },
      link: { state: "offline", closed: { code: 1006, cause: "lost" } },
      frames: { in: calls, out: frames.length - calls },
    });
    // Times of frames are told in whole milliseconds.
    expect(Math.floor(state?.firstSeenAt ?? 0)).toBeLessThanOrEqual(Date.parse(frames[0]?.time ?? ""));
    expect(state?.firstSeenAt).toBeGreaterThan(began);
    const transaction = state?.evses[0]?.transaction;
    expect({
      id: transaction?.id,
      running: transaction?.endedAt === undefined,
      energy: transaction && transactionEnergy(transaction),
    }).toEqual(lastTransaction(recorded));
  }
  expect(new Set(starts.values()).size).toBe(starts.size);
  expect(starts.size).toBeGreaterThan(stations);
  expect(await core.end("SIGTERM")).toEqual({ code: 0, signal: null });
}, 15_000);

/** Talks as fast as answers come until the link is lost; what is not answered then is said again the next time. */
function talk(url: string, charger: Charger, onAnswer: () => void): Promise<void> {
  const socket = new WebSocket(`${url}${charger.identity}`, ["ocpp1.6"]);
  onTestFinished(() => socket.terminate());
  let question = "";
  function say(action: string, payload: Record<string, unknown>): void {
    charger.sent += 1;
    question = `[2, "${charger.identity}/${charger.sent}", "${action}", ${JSON.stringify(payload)}]`;
    socket.send(question);
  }
  function sayNext(): void {
    charger.pending ??= nextMessage(charger);
    say(charger.pending.action, charger.pending.payload);
  }
  socket.on("open", () => say("BootNotification", { chargePointVendor: "V", chargePointModel: "M" }));
  socket.on("message", (data) => {
    const answer = String(data);
    charger.answered.push({ question, answer });
    const [, , action] = JSON.parse(question);
    if (action !== "BootNotification") settle(charger, JSON.parse(answer)[2]);
    sayNext();
    onAnswer();
  });
  socket.on("error", () => undefined);
  return new Promise((resolve) => socket.on("close", () => resolve()));
}

function nextMessage(charger: Charger): NonNullable<Charger["pending"]> {
  const { transactionId, identity } = charger;
  const timestamp = new Date().toISOString();
  if (transactionId === null) {
    const payload = { connectorId: 1, idTag: identity, meterStart: charger.register, timestamp };
    return { action: "StartTransaction", payload };
  }
  charger.register += 5;
  if (charger.register % 25 === 0) {
    return { action: "StopTransaction", payload: { transactionId, meterStop: charger.register, timestamp } };
  }
  const meterValue = [{ timestamp, sampledValue: [{ value: String(charger.register) }] }];
  return { action: "MeterValues", payload: { connectorId: 1, transactionId, meterValue } };
}

function settle(charger: Charger, answer: { transactionId?: number }): void {
  if (charger.pending?.action === "StartTransaction") charger.transactionId = answer.transactionId ?? null;
  if (charger.pending?.action === "StopTransaction") charger.transactionId = null;
  charger.pending = null;
}

async function allFrames(client: CoreClient, station: string): Promise<FrameRecord[]> {
  const frames: FrameRecord[] = [];
  for (;;) {
    const since = frames.at(-1)?.seq ?? 0;
    const more = await client.call("messages.frames", { station, since, limit: 5000 });
    if (more.length === 0) return frames;
    frames.push(...more);
  }
}

/** Each question of the station with our answer, which is the frame after it. */
function exchangesOf(frames: FrameRecord[]): Exchange[] {
  return frames.flatMap(({ direction, text, seq }, at) => {
    const answer = frames[at + 1];
    return direction === "in" && answer?.seq === seq + 1 ? [{ question: text, answer: answer.text }] : [];
  });
}

/** What the exchanges say of the last transaction: told here anew, in the plainest way. */
function lastTransaction(exchanges: Exchange[]) {
  let last = { id: "", running: false, energy: 0 };
  let meterStart = 0;
  for (const { question, answer } of exchanges) {
    const [, , action, payload] = JSON.parse(question);
    if (action === "StartTransaction") {
      meterStart = payload.meterStart;
      last = { id: String(JSON.parse(answer)[2].transactionId), running: true, energy: 0 };
    } else if (action === "MeterValues") {
      last = { ...last, energy: Number(payload.meterValue[0].sampledValue[0].value) - meterStart };
    } else if (action === "StopTransaction") {
      last = { ...last, running: false, energy: payload.meterStop - meterStart };
    }
  }
  return last;
}
