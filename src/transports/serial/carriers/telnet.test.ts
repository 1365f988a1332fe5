import { expect, test } from "vitest";
import { comPortCommand, escapeTelnet, TelnetReader, telnet, telnetOpening } from "./telnet.ts";

const { IAC, DO, DONT, WILL, WONT, SB, SE } = telnet;

/** What is read of a stream, and what comes of it. */
function read(...chunks: number[][]) {
  const told: unknown[] = [];
  const reader = new TelnetReader({
    reply: (bytes) => told.push([...bytes]),
    answer: (command, value) => told.push([`answer ${command}`, ...value]),
    refused: () => told.push("refused"),
  });
  return [chunks.flatMap((chunk) => [...reader.read(Uint8Array.from(chunk))]), told];
}

test("numbers are those of RFC 854 and RFC 2217", () => {
  expect([...telnetOpening()]).toEqual([255, 251, 44, 255, 251, 0, 255, 253, 0]);
  expect([...comPortCommand(1, [0, 0, 255, 9])]).toEqual([255, 250, 44, 1, 0, 0, 255, 255, 9, 255, 240]);
});

test("255 goes out doubled, and what has none as it is", () => {
  const plain = Uint8Array.of(1, 2, 254);
  expect(escapeTelnet(plain)).toBe(plain);
  expect([...escapeTelnet(Uint8Array.of(255, 1, 255))]).toEqual([255, 255, 1, 255, 255]);
});

test.each<[string, number[][], number[], unknown[]]>([
  ["bytes", [[1, 2, 3]], [1, 2, 3], []],
  [
    "255 doubled, also in two pieces",
    [
      [1, IAC, IAC, 2, IAC],
      [IAC, 3],
    ],
    [1, 255, 2, 255, 3],
    [],
  ],
  ["a command without an option", [[1, IAC, 241, 2]], [1, 2], []],
  ["what we offered", [[IAC, DO, 44, IAC, DO, 0, 9]], [9], []],
  ["that we shall not go ahead", [[IAC, DO, 3]], [], [[IAC, WILL, 3]]],
  ["that we shall echo", [[IAC, DO, 1]], [], [[IAC, WONT, 1]]],
  [
    "an option that nobody knows",
    [[IAC, DO, 24, IAC, WILL, 24]],
    [],
    [
      [IAC, WONT, 24],
      [IAC, DONT, 24],
    ],
  ],
  ["what we asked for", [[IAC, WILL, 0]], [], []],
  [
    "what we take",
    [[IAC, WILL, 1, IAC, WILL, 3]],
    [],
    [
      [IAC, DO, 1],
      [IAC, DO, 3],
    ],
  ],
  ["a port of theirs that we did not ask for", [[IAC, WILL, 44]], [], [[IAC, DONT, 44]]],
  ["that it speaks of no port", [[IAC, DONT, 44]], [], ["refused"]],
  ["that it will not have something else", [[IAC, DONT, 0, IAC, DONT, 3, IAC, WONT, 44, IAC, WONT, 1, 5]], [5], []],
  ["an answer", [[7, IAC, SB, 44, 101, 1, 2, IAC, SE, 8]], [7, 8], [["answer 101", 1, 2]]],
  [
    "an answer in pieces, with 255 in it",
    [[IAC], [SB], [44, 101, IAC], [IAC, 3, IAC], [SE, 8]],
    [8],
    [["answer 101", 255, 3]],
  ],
  ["an answer without a value", [[IAC, SB, 44, 107, IAC, SE]], [], [["answer 107"]]],
  ["an answer of nothing", [[IAC, SB, 44, IAC, SE, 6]], [6], []],
  ["an answer about something else", [[IAC, SB, 24, 1, IAC, SE, 6]], [6], []],
  [
    "two answers",
    [[IAC, SB, 44, 101, 1, IAC, SE, IAC, SB, 44, 102, 2, IAC, SE]],
    [],
    [
      ["answer 101", 1],
      ["answer 102", 2],
    ],
  ],
])("the far end says %s", (_, chunks, bytes, told) => {
  expect(read(...chunks)).toEqual([bytes, told]);
});

test("of an answer 256 bytes are kept, and its end is found all the same", () => {
  const [bytes, told] = read([IAC, SB, 44, 101, ...Array.from({ length: 300 }, () => 1), IAC, SE, 9]);
  expect(bytes).toEqual([9]);
  expect(told).toEqual([["answer 101", ...Array.from({ length: 254 }, () => 1)]]);
});
