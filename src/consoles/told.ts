import type { ConnectorStatus, Sample, StationInfo } from "../station/model.ts";
import type { ConsoleAsk, ConsoleProfile } from "./profile.ts";

/** A question and its answer, without checks. */
export type Answered = { ask: ConsoleAsk; answer: string };

/** What answers say in the station model's words. */
export type ConsoleTold = {
  info?: StationInfo;
  statuses: { evse: number; status: ConnectorStatus; errorCode?: string; vendorErrorCode?: string; info?: string }[];
  samples: { evse: number; samples: Sample[] }[];
};

const infos = { firmware: "firmwareVersion", model: "model", serial: "serialNumber" } as const;
const evse = 1;

/** Puts answers into the words of the station model. What is not told, or is a value that the profile does not know, is not there. */
export function tellAnswers(profile: ConsoleProfile, answered: readonly Answered[]): ConsoleTold {
  const info: StationInfo = {};
  const samples: Sample[] = [];
  const told: ConsoleTold = { statuses: [], samples: [] };
  for (const { ask, answer } of answered) {
    const match = ask.answer.exec(answer);
    if (!match) continue;
    for (const tell of ask.tells) {
      const said = match[tell.group];
      if (said === undefined) continue;
      if (tell.means === "status") {
        const known = tell.values[String(Number.parseInt(said, tell.base))];
        if (!known) continue;
        const { status, error, info: words } = known;
        const fault = error !== undefined && { errorCode: error, vendorErrorCode: said };
        told.statuses.push({ evse, status, ...fault, ...(words !== undefined && { info: words }) });
      } else if ("scale" in tell) {
        const raw = Number(said);
        if (!Number.isFinite(raw) || (tell.least !== undefined && raw < tell.least)) continue;
        const value = Number((raw * tell.scale).toFixed(6));
        samples.push({ measurand: tell.means, unit: tell.unit, value, said: String(value) });
      } else info[infos[tell.means]] = said;
    }
  }
  if (Object.keys(info).length > 0) told.info = { ...profile.info, ...info };
  if (samples.length > 0) told.samples.push({ evse, samples });
  return told;
}

/** A round of answers as it is put on record: what was asked and said, and what was made of it then. */
export function writeAnswers(profile: ConsoleProfile, answered: readonly Answered[]): string {
  return JSON.stringify({
    console: 1,
    profile: profile.name,
    answers: answered.map(({ ask, answer }) => ({ asked: ask.send, answer })),
    told: tellAnswers(profile, answered),
  });
}
