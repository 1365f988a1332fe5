import { beforeEach, expect, test, vi } from "vitest";
import type { ConsoleEntry } from "../../station/serial/console.ts";
import { terminal } from "../testing/printed.ts";
import { AnswerEnd, showCommands } from "./commands.ts";
import type { Talk } from "./talk.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

const entry = (text: string, kind = "in") =>
  ({ id: 1, at: 0, kind, base64: Buffer.from(text).toString("base64") }) as ConsoleEntry;

/** How long it is waited, ms, and whether anything came; `said`: what comes after how many ms. */
async function waited(said: Record<number, string>, prompt?: RegExp): Promise<[ms: number, came: boolean]> {
  const end = new AnswerEnd();
  end.take([entry("what was said before\n> ")]);
  end.begin();
  for (const [ms, text] of Object.entries(said)) setTimeout(() => end.take([entry(text)]), Number(ms));
  const begun = performance.now();
  const waiting = end.wait(prompt).then((came): [number, boolean] => [performance.now() - begun, came]);
  await vi.advanceTimersByTimeAsync(10_000);
  return waiting;
}

test.each<[string, Record<number, string>, RegExp | undefined, [ms: number, came: boolean]]>([
  ["nothing comes", {}, undefined, [3000, false]],
  ["nothing more comes", { 10: "one", 400: "two\n" }, undefined, [900, true]],
  ["its prompt stands there", { 10: "one\n", 30: "> " }, /^> $/, [40, true]],
  ["its prompt comes in pieces", { 10: "answer\r\nbo", 30: "x$ " }, /^box\$ $/, [40, true]],
  ["what looks like its prompt stands in a line above", { 10: "> \nmore" }, /^> $/, [520, true]],
  ["an empty line is no prompt", { 10: "one\n" }, /^.*$/, [520, true]],
])("an answer has ended once %s", async (_why, said, prompt, ended) => {
  expect(await waited(said, prompt)).toEqual(ended);
});

test("what was sent is no answer", async () => {
  const end = new AnswerEnd();
  end.begin();
  end.take([entry("echo", "out")]);
  const waiting = end.wait(undefined);
  await vi.advanceTimersByTimeAsync(3000);
  expect(await waiting).toBe(false);
});

/** What is sent of the commands of OpenEVSE, and whether any was answered. */
async function shownOf(what: "status" | "errors" | "all", answers: (text: string) => boolean) {
  const sent: string[] = [];
  const end = new AnswerEnd();
  const send = async (bytes: Uint8Array) => {
    const text = Buffer.from(bytes).toString();
    sent.push(text);
    if (answers(text)) end.take([entry("$OK\r")]);
  };
  const said = terminal();
  const showing = showCommands({ name: "openevse-rapi", what }, { send } as Partial<Talk> as Talk, end);
  await vi.advanceTimersByTimeAsync(60_000);
  const any = await showing;
  said.end();
  return { any, sent, told: said.err().trimEnd().split("\n") };
}

test("the commands of a make that show what is wanted go out one after the other, each with what it shows", async () => {
  expect(await shownOf("errors", () => false)).toEqual({
    any: false,
    sent: ["$GF^25\r"],
    told: ["Fault counters: ground fault, no ground, stuck relay: $GF", "No answer."],
  });
  const status = await shownOf("status", (text) => text.startsWith("$GU"));
  expect(status.any).toBe(true);
  expect(status.sent.map((text) => text.slice(0, 3))).toEqual(["$GS", "$G0", "$GG", "$GU", "$GP", "$GT"]);
  expect(status.told.filter((line) => line === "No answer.")).toHaveLength(5);
  expect((await shownOf("all", () => true)).sent.length).toBeGreaterThan(12);
});
