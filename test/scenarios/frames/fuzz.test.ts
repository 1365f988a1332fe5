import { randomInt } from "node:crypto";
import { rm } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { fuzzApi, tryMessages } from "../../fuzz/api/fuzz.ts";
import { foundCases } from "../../fuzz/found.ts";
import { openCentral } from "../../fuzz/frames/central.ts";
import type { Conversation } from "../../fuzz/frames/conversation.ts";
import { fuzzFrames } from "../../fuzz/frames/fuzz.ts";
import { hold } from "../../fuzz/frames/hold.ts";
import { fuzzLogs, type LogCase, tryLog } from "../../fuzz/logs/fuzz.ts";
import type { Damage } from "../../fuzz/rows/damage.ts";
import { fuzzRows, makeRecord, tryDamages } from "../../fuzz/rows/fuzz.ts";
import type { SocketCase } from "../../fuzz/socket/cases.ts";
import { fuzzSocket, trySocketCases } from "../../fuzz/socket/fuzz.ts";

// `npm run fuzz -- --minutes N --seed S` does the same for as long as you like.
const seed = randomInt(1_000_000_000);
const bounded = { seed, deadline: Number.POSITIVE_INFINITY, say: () => undefined };

test(`no frame makes anything throw, is lost, lacks its answer, or moves the state by a restart (seed ${seed})`, async () => {
  const { cases, failures } = await fuzzFrames({ ...bounded, cases: 6000 });
  expect(failures).toEqual([]);
  expect(cases).toBeGreaterThanOrEqual(3000);
}, 120_000);

test(`no handshake and no message ends a core, or the link of the station beside it (seed ${seed})`, async () => {
  const { cases, failures } = await fuzzSocket({ ...bounded, cases: 3000 });
  expect(failures).toEqual([]);
  expect(cases).toBeGreaterThanOrEqual(3000);
}, 120_000);

test(`nothing a client asks fails in us, goes unanswered, or opens the screens' port (seed ${seed})`, async () => {
  const { cases, failures } = await fuzzApi({ ...bounded, cases: 600 });
  expect(failures).toEqual([]);
  expect(cases).toBeGreaterThanOrEqual(600);
}, 120_000);

test(`a record with damaged rows is started on, and all but those rows is as it was (seed ${seed})`, async () => {
  const { cases, failures } = await fuzzRows({ ...bounded, cases: 60 });
  expect(failures).toEqual([]);
  expect(cases).toBe(60);
}, 120_000);

test(`no file makes the reader of logs fail, loop or miss a line (seed ${seed})`, async () => {
  const { cases, failures } = await fuzzLogs({ ...bounded, cases: 3000 });
  expect(failures).toEqual([]);
  expect(cases).toBe(3000);
}, 120_000);

test.each(foundCases<LogCase>("logs"))("$name, which failed once", async ({ found }) => {
  expect(await tryLog(found.input)).toBe(null);
});

test.each(foundCases<Conversation>("frames"))("$name, which failed once", async ({ found }) => {
  const central = openCentral();
  onTestFinished(() => central.dispose());
  await hold(central, found.input);
  await central.restart();
});

test.each(foundCases<SocketCase[]>("socket"))("$name, which failed once", async ({ found }) => {
  expect(await trySocketCases(found.input)).toBe(null);
});

test.each(foundCases<string[]>("api"))("$name, which failed once", async ({ found }) => {
  expect((await tryMessages(found.input)).problems).toEqual([]);
});

test("a damage that failed once does not", async () => {
  const whole = await makeRecord();
  onTestFinished(() => rm(whole.folder, { recursive: true, force: true }));
  for (const { name, found } of foundCases<Damage[]>("rows")) {
    expect(await tryDamages(whole, found.input), name).toBe(null);
  }
}, 60_000);
