import { expect, test } from "vitest";
import type { Answer } from "../codec/pdu.ts";
import { everyMs, PollBook } from "./poll-book.ts";

const read = { kind: "read", table: "holding", address: 5, count: 2 } as const;

test("a question that is put again is one line: how often, how far apart, what was answered last, what was refused", () => {
  const book = new PollBook();
  for (const at of [1000, 2000, 4000]) book.note({ kind: "question", unit: 1, request: read }, at);
  book.note({ kind: "answer", unit: 1, request: read, answer: { kind: "registers", registers: [1, 2] } }, 1010);
  book.note({ kind: "answer", unit: 1, request: read, answer: { kind: "exception", code: 2 } }, 2010);
  book.note({ kind: "question", unit: 2, request: read }, 5000);
  const [first, second] = book.polls;
  expect(first).toMatchObject({ unit: 1, asked: 3, answered: 2, refused: 1, answer: { code: 2 } });
  expect(first && everyMs(first)).toBe(1500);
  expect(second).toMatchObject({ unit: 2, asked: 1, answered: 0, answer: null });
  expect(second && everyMs(second)).toBeNull();
});

test("writes of other values are one question, as it was put last; other registers are another", () => {
  const book = new PollBook();
  for (const value of [6, 16])
    book.note({ kind: "question", unit: 1, request: { kind: "write-register", address: 9, value } }, 0);
  book.note({ kind: "question", unit: 1, request: { kind: "write-register", address: 10, value: 1 } }, 0);
  expect(book.polls.map(({ request, asked }) => [request, asked])).toEqual([
    [{ kind: "write-register", address: 9, value: 16 }, 2],
    [{ kind: "write-register", address: 10, value: 1 }, 1],
  ]);
});

test("what is damaged or strange is counted, and a stranger cannot fill the memory with questions", () => {
  const book = new PollBook();
  book.note({ kind: "damaged", bytes: Uint8Array.of(1) }, 0);
  book.note({ kind: "frame", unit: 1, bytes: Uint8Array.of(1) }, 0);
  for (let address = 0; address < 300; address++)
    book.note({ kind: "question", unit: 1, request: { ...read, address } }, 0);
  expect([book.damaged, book.strange, book.polls.length, book.more]).toEqual([1, 1, 200, 100]);
  const answer: Answer = { kind: "registers", registers: [1] };
  for (const address of [199, 200]) book.note({ kind: "answer", unit: 1, request: { ...read, address }, answer }, 1);
  const answered = book.polls.flatMap(({ request, answered }) => (answered > 0 ? [[request.address, answered]] : []));
  expect(answered, "an answer to a question that is not told apart is nobody's").toEqual([[199, 1]]);
  expect([book.damaged, book.strange, book.more]).toEqual([1, 1, 100]);
});
