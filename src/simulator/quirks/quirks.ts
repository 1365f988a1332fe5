import type { Clock } from "../../lib/clock.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { asNumber, objects, text } from "../../ocpp/read.ts";
import type { QuirkName } from "../../services/simulator/contract.ts";
import type { Answer, Request } from "../model.ts";
import { withRegister, withSamples, withTimes } from "./payloads.ts";

/** One way to misbehave: what it makes of what an honest station says. What it does not mention stays as it is. */
export type Quirk = {
  /** In place of a request. Null: it is never sent, and the station takes it as answered. `later`: it goes out after so many
   * milliseconds of station time, and the station takes it as answered now. */
  request?(request: Request, memory: Memory): Request | null | { later: Request; ms: number };
  /** In place of the answer to a command. */
  answer?(action: string, answer: Answer): Answer;
  /** In place of a text on the wire. */
  texts?(text: string): string[];
  /** What it does by itself, every so many milliseconds of station time. */
  every?: { ms: number; does: "restart" };
};

/** What a quirk remembers of one station. */
export type Memory = {
  clock: Clock;
  /** Where the register stood when a transaction began, Wh, by the outlet. */
  begun: Map<number, number>;
  /** Requests so far, by quirk. */
  count: number;
};

const endsTransaction = (request: Request) =>
  request.action === "StopTransaction" || text(request.payload, "eventType") === "Ended";
const isSample = (request: Request) =>
  request.action === "MeterValues" || text(request.payload, "eventType") === "Updated";
const lateMs = 60_000;
const restartMs = 60_000;
const manufacturedAt = Date.UTC(1970, 0, 1);

/** The ways in which stations are known to misbehave, each by the name that the screens and the command line have for it. */
export const quirks: Readonly<Record<QuirkName, Quirk>> = {
  /** Every third value is told a minute late, without a word that it is (Wallbox, FoxESS). */
  "late-values": {
    request: (request, memory) =>
      isSample(request) && ++memory.count % 3 === 0 ? { later: request, ms: lateMs } : request,
  },
  /** Every fourth value is lost on its way. */
  "lost-values": {
    request: (request, memory) => (isSample(request) && ++memory.count % 4 === 0 ? null : request),
  },
  "sequence-zero": {
    request: (request) =>
      request.payload.seqNo === undefined ? request : { ...request, payload: { ...request.payload, seqNo: 0 } },
  },
  "no-stop": { request: (request) => (endsTransaction(request) ? null : request) },
  /** The register in MeterValues counts the session alone, that of start and stop the meter's life (Grizzl-E, Vestel). */
  "session-register": {
    request(request, memory) {
      const outlet = outletOf(request);
      const start = startOf(request);
      if (start !== undefined) memory.begun.set(outlet, start);
      const begun = memory.begun.get(outlet);
      if (begun === undefined || !isSample(request)) return request;
      return withRegister(request, (wh) => Math.max(0, wh - begun));
    },
  },
  /** Says kWh where Wh is meant. */
  "kwh-as-wh": { request: (request) => withMeterStand(withRegister(request, inKwh), (wh) => Math.round(inKwh(wh))) },
  /** Where no register can be read the largest whole number stands. */
  "start-overflow": {
    request(request) {
      if (request.action === "StartTransaction") {
        return { ...request, payload: { ...request.payload, meterStart: 2_147_483_647 } };
      }
      return text(request.payload, "eventType") === "Started" ? withRegister(request, () => 2_147_483_647) : request;
    },
  },
  "empty-values": {
    request: (request) =>
      withSamples(request, (sample) =>
        text(sample, "measurand")?.startsWith("Voltage") ? { ...sample, value: "" } : sample,
      ),
  },
  "text-numbers": {
    request: (request) => ({ ...request, payload: textNumbers(request.payload) }),
  },
  /** Local time without a zone (Growatt). */
  "local-time": {
    request: (request) =>
      withTimes(request, (time) => new Date(Date.parse(time) + 2 * 3_600_000).toISOString().slice(0, 19)),
  },
  "clock-1970": {
    request: (request, { clock }) =>
      withTimes(request, () => new Date(manufacturedAt + clock.monotonic()).toISOString()),
  },
  /** Its clock stands a day behind when a session ends. */
  "clock-back": {
    request: (request) =>
      endsTransaction(request)
        ? withTimes(request, (time) => new Date(Date.parse(time) - 24 * 3_600_000).toISOString())
        : request,
  },
  "trailing-comma": { texts: (text) => [text.replace(/\}\]$/, "},]")] },
  "sent-twice": { texts: (text) => (text.startsWith("[2,") ? [text, text] : [text]) },
  /** Answers under an id of its own (EN+). */
  "wrong-answer-id": { texts: (text) => [text.replace(/^\[([34]),"[^"]*"/, '[$1,"0"')] },
  "null-error": { texts: (text) => [text.replace(/^(\[4,"[^"]*"),"[^"]*"/, "$1,null")] },
  /** Says Accepted, and nothing comes of it. */
  "accepts-only": { answer: (_action, answer) => ("reply" in answer ? { reply: answer.reply } : answer) },
  // What it does wrong when it uploads its log: uploads/job.ts.
  "log-wrong-protocol": {},
  "log-gives-up": {},
  "log-own-name": {},
  "log-after-uploaded": {},
  "log-silent": {},
  "log-never-comes": {},
  "boot-loop": { every: { ms: restartMs, does: "restart" } },
};

function inKwh(wh: number): number {
  return Math.round(wh) / 1000;
}

/** 1.6's meterStart and meterStop, changed. */
function withMeterStand(request: Request, change: (wh: number) => number): Request {
  const payload = { ...request.payload };
  for (const field of ["meterStart", "meterStop"]) {
    const wh = asNumber(payload[field]);
    if (wh !== undefined) payload[field] = change(wh);
  }
  return { ...request, payload };
}

/** 1.6's connectorId, 2.x's EVSE; updates of 2.x leave it out, and a station of one outlet has no other. */
function outletOf({ payload }: Request): number {
  const evse = payload.evse as JsonObject | undefined;
  return asNumber(payload.connectorId ?? payload.evseId ?? evse?.id) ?? 1;
}

/** The register at the begin of a transaction, Wh. */
function startOf(request: Request): number | undefined {
  if (request.action === "StartTransaction") return asNumber(request.payload.meterStart);
  if (text(request.payload, "eventType") !== "Started") return undefined;
  const [group] = objects(request.payload, "meterValue");
  const register = objects(group, "sampledValue").find(
    (sample) => (text(sample, "measurand") ?? "Energy.Active.Import.Register") === "Energy.Active.Import.Register",
  );
  return asNumber(register?.value);
}

/** Numbers beside the values as texts, one level deep. */
function textNumbers(payload: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]): [string, Json] => [
      name,
      typeof value === "number" ? String(value) : value,
    ]),
  );
}
