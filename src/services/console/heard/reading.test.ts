import { expect, test } from "vitest";
import { words } from "../../../station/phrases.ts";
import { ConsoleReader } from "./reading.ts";

const heartbeats = (count: number) => Buffer.from('[2,"1","Heartbeat",{}]\r\n'.repeat(count));

test("messages without end are taken up within bounds, and what is left out is told once a minute", () => {
  const reader = new ConsoleReader();
  const count = (seconds: number, from: number) => {
    const told = { frame: 0, note: 0 };
    for (let second = 0; second < seconds; second++)
      for (const one of reader.push(heartbeats(1000), from + second * 1000))
        if ("frame" in one) told.frame++;
        else if ("note" in one) told.note++;
    return told;
  };
  expect(count(1, 0)).toEqual({ frame: 100, note: 1 });
  expect(count(59, 1000)).toEqual({ frame: 59 * 20, note: 0 });
  expect(count(1, 60_000)).toEqual({ frame: 20, note: 1 });
});

test("a message longer than a line of a log is read whole, and told of when it was whole", () => {
  const reader = new ConsoleReader();
  const text = `[2,"1","DataTransfer",{"vendorId":"x","data":"${"y".repeat(40_000)}"}]`;
  const halves = [Buffer.from(`> send ${text.slice(0, 20_000)}`), Buffer.from(`${text.slice(20_000)}\n`)] as const;
  expect(reader.push(halves[0], 5)).toEqual([]);
  expect(reader.push(halves[1], 3_600_000)).toMatchObject([
    { at: 3_600_000, frame: { text, type: "call", direction: "in" } },
  ]);
});

// What is looked for again from every letter would take minutes.
test("what no log means is looked through to its end", { timeout: 30_000 }, () => {
  const reader = new ConsoleReader();
  for (const part of ['[2,\\"', "[2,&quot;", "5b322c22", '[2,"']) {
    const line = Buffer.from(`${part.repeat(Math.ceil(60_000 / part.length))}\n`);
    for (let times = 0; times < 3; times++) expect(reader.push(line, 0)).toEqual([]);
  }
});

test("a typed line is told when it is whole, and masked where the device asks for a secret", () => {
  const reader = new ConsoleReader();
  const typed = (text: string) =>
    reader.typed(Buffer.from(text), 1).map((one) => "note" in one && one.note.values?.text);
  expect([typed("reb"), typed("oot\x1b[A\r"), typed("\r\n")]).toEqual([[], ["reboot"], []]);
  reader.push(Buffer.from("login: root\r\nPassword: "), 2);
  expect(typed("hunter2\r")).toEqual(["•••"]);
  reader.push(Buffer.from("\r\nwelcome\r\n# "), 3);
  expect(typed("id\r")).toEqual(["id"]);
  // However much came before it, and in however many pieces.
  reader.push(Buffer.from(`${"x".repeat(500)}\r\nPass`), 4);
  reader.push(Buffer.from("word: "), 5);
  expect(typed("hunter3\r")).toEqual(["•••"]);
});

test.each([
  ["Password: ", true],
  ["Enter passphrase for key: ", true],
  ["PIN? ", true],
  ["New PIN code> ", true],
  ["Secret: ", true],
  ["L\xf6senord: ", true],
  ["WiFi key: ", true],
  ["key: abc", true],
  ["spinner: ", false],
  ["monkey: ", false],
  ["Password changed\r\nlogin: ", false],
  ["Password", false],
  ["# ", false],
])("where the device says %j what is typed is masked: %s", (prompt, masked) => {
  const reader = new ConsoleReader();
  reader.push(Buffer.from(prompt, "latin1"), 1);
  expect(reader.typed(Buffer.from("hunter2\r"), 2)).toEqual([
    { at: 2, note: words("console-typed", { text: masked ? "•••" : "hunter2" }) },
  ]);
});

test("a secret in what is typed is masked, and a long line is cut", () => {
  const reader = new ConsoleReader();
  const typed = (text: string) => {
    const [one] = reader.typed(Buffer.from(`${text}\n`), 1);
    return one && "note" in one ? String(one.note.values?.text) : "";
  };
  expect(typed("set password=hunter22")).not.toContain("hunter22");
  expect(typed("x".repeat(300)).length).toBeLessThanOrEqual(200);
});

test("when the port goes, half a line that tells of something is told, and what comes next is another line", () => {
  const reader = new ConsoleReader();
  const text = '[2,"1","Heartbeat",{}]';
  expect(reader.push(Buffer.from(text), 1)).toEqual([]);
  expect(reader.end(9)).toMatchObject([{ at: 9, frame: { text } }]);
  expect(reader.end(10)).toEqual([]);
  reader.push(Buffer.from('[2,"1",'), 11);
  reader.end(12);
  expect(reader.push(Buffer.from('"Heartbeat",{}]\n'), 13)).toEqual([]);
});
