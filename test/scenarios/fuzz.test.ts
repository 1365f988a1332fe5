import { randomInt } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { foundCases } from "../fuzz/found.ts";
import { openCentral } from "../fuzz/frames/central.ts";
import type { Conversation } from "../fuzz/frames/conversation.ts";
import { fuzzFrames } from "../fuzz/frames/fuzz.ts";
import { hold } from "../fuzz/frames/hold.ts";
import type { SocketCase } from "../fuzz/socket/cases.ts";
import { fuzzSocket, trySocketCases } from "../fuzz/socket/fuzz.ts";

// `npm run fuzz -- --minutes N --seed S` does the same for as long as you like.
const seed = randomInt(1_000_000_000);
const bounded = { seed, deadline: Number.POSITIVE_INFINITY, say: () => undefined };

test(`no frame makes anything throw, is lost, lacks its answer, or moves the state by a restart (seed ${seed})`, async () => {
  const { cases, failures } = await fuzzFrames({ ...bounded, cases: 3000 });
  expect(failures).toEqual([]);
  expect(cases).toBeGreaterThanOrEqual(3000);
}, 120_000);

test(`no handshake and no message ends a core, or the link of the station beside it (seed ${seed})`, async () => {
  const { cases, failures } = await fuzzSocket({ ...bounded, cases: 3000 });
  expect(failures).toEqual([]);
  expect(cases).toBeGreaterThanOrEqual(3000);
}, 120_000);

test.each(foundCases<Conversation>("frames"))("$name, which failed once", async ({ found }) => {
  const central = openCentral();
  onTestFinished(() => central.dispose());
  await hold(central, found.input);
  await central.restart();
});

test.each(foundCases<SocketCase[]>("socket"))("$name, which failed once", async ({ found }) => {
  expect(await trySocketCases(found.input)).toBe(null);
});
