import { expect, test } from "vitest";
import { silentLogger } from "../lib/logger.ts";
import type { Dialect } from "../ocpp/dialect.ts";
import { type CallFrame, type Frame, readFrame } from "../ocpp/frame.ts";
import { loadSchemas } from "../ocpp/schemas.ts";
import { dialectOf } from "../ocpp/versions.ts";
import { newStation } from "../station/model.ts";
import { type AnswererOptions, answerCall, factsOf, meaningOf } from "./answering.ts";
import type { StationEntry } from "./station-entry.ts";

/** What is asked of an exchange that somebody else has with the station, and which bugs of ours it met. */
function listening(change: Partial<Dialect> = {}) {
  const bugs: unknown[] = [];
  const entry = { identity: "CP1", state: newStation("CP1", 0) } as StationEntry;
  const log = {
    ...silentLogger,
    bug: (text: string, { error, ...rest }: { error: unknown }) => bugs.push([text, rest]),
  };
  return { bugs, options: { entry, dialect: { ...dialectOf("2.1"), ...change }, log } };
}
const fail = () => {
  throw new RangeError("cannot read");
};
const boot = readFrame(
  '[2,"b","BootNotification",{"reason":"PowerUp","chargingStation":{"vendorName":"V","model":"M"}}]',
);
const accepted = readFrame('[3,"b",{"status":"Accepted","currentTime":"2026-01-01T00:00:00Z","interval":60}]');
const ownFault = (where: string) => ({ rule: "own-fault", where, said: "RangeError: cannot read" });

test("what the station's answer to anybody tells is read with the question", () => {
  const { options } = listening();
  const answer = { status: "Accepted", certificateHashDataChain: [] };
  expect(factsOf(options, "GetInstalledCertificateIds", { certificateType: ["MORootCertificate"] }, answer, 5)).toEqual(
    {
      events: [{ kind: "certificates-listed", uses: ["MORootCertificate"], installed: [] }],
      findings: [],
    },
  );
});

test("one that cannot be read is a fault of ours, told with station and action, and nothing else is lost", () => {
  const { options, bugs } = listening({ readAnswer: fail });
  expect(factsOf(options, "Reset", {}, {}, 5)).toEqual({
    events: [],
    findings: [expect.objectContaining(ownFault("Reset"))],
  });
  expect(bugs).toEqual([["an answer could not be read", { station: "CP1", action: "Reset" }]]);
});

test("a question means something with its answer, a SEND without one, and what is refused or unanswered nothing", () => {
  const { options } = listening();
  const kinds = (frame: Frame, reply: Frame | null) =>
    meaningOf(options, frame as CallFrame, reply, 5).events.map(({ kind }) => kind);
  expect(kinds(boot, accepted)).toEqual(["booted"]);
  expect([
    kinds(boot, null),
    kinds(boot, readFrame('[4,"b","InternalError","",{}]')),
    kinds(boot, readFrame("[3]")),
  ]).toEqual([...[[], [], []]]);
  const stream = readFrame(
    '[6,"1","NotifyPeriodicEventStream",{"id":1,"pending":0,"basetime":"2026-01-01T00:00:00Z","data":[]}]',
  );
  expect(kinds(stream, null)).toEqual(["noticed"]);
  expect(kinds(readFrame('[2,"x","Dance",{}]'), readFrame('[3,"x",{}]'))).toEqual([]);
});

test("what cannot be read of both together is a fault of ours", () => {
  const { options, bugs } = listening({ handlers: { BootNotification: { reply: () => ({}), events: fail } } });
  expect(meaningOf(options, boot as CallFrame, accepted, 5)).toEqual({
    ...{ events: [], findings: [expect.objectContaining(ownFault("BootNotification"))] },
  });
  expect(bugs).toEqual([["an answer from above could not be read", { station: "CP1", action: "BootNotification" }]]);
});

test("a SEND is not refused, be it as wrong as it will, since it has no answer", async () => {
  const { options } = listening();
  const strict = {
    ...options,
    schemas: await loadSchemas("2.1"),
    strictness: () => ({ strict: true, emptyAnswers: true }),
  };
  const frame = readFrame('[6,"1","NotifyPeriodicEventStream",{"id":"x","pending":0,"data":[]}]') as CallFrame;
  const { reply, events } = answerCall(strict as unknown as AnswererOptions, frame, 5);
  expect([reply, events.map(({ kind }) => kind)]).toEqual([undefined, ["noticed"]]);
});
