import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { FailureError } from "../../lib/contract.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { type Terminal, terminal } from "../testing/printed.ts";
import { sendFile, sendKeys, sendLines } from "./input.ts";
import type { Talk } from "./talk.ts";

let to: Terminal;
beforeEach(() => {
  to = terminal();
});

/** A console that keeps what is done to it; sending fails on what it is told to. */
function talking(fails: (text: string) => unknown = () => null) {
  const done: unknown[] = [];
  const talk: Talk = {
    async send(bytes, file) {
      const text = Buffer.from(bytes).toString();
      const error = fails(text);
      if (error) throw error;
      done.push(file ? [text, file] : text);
    },
    signal: async (wanted) => void done.push(wanted),
    sendBreak: async (ms) => void done.push(["break", ms]),
    isOpen: async () => true,
    lost: new Promise(() => undefined),
    end: async () => undefined,
  };
  return { talk, done };
}

/** What stands for the terminal's keys; `raw`: how it was set, in order. */
function keyboard() {
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => raw.push(on) });
  vi.spyOn(process, "stdin", "get").mockReturnValue(stdin as never);
  return { stdin, raw };
}

const away = () => failure("unavailable", words("port-gone", { port: "COM3" }));
const gone = "COM3 is gone: the adapter was unplugged. Plug it in again.";

test("keys go out as they are typed; those after the leader are commands, and the last one ends it", async () => {
  const { stdin, raw } = keyboard();
  const { talk, done } = talking((text) => (text.includes("!") ? away() : null));
  const over = sendKeys(talk, { lineEnd: "\r\n", echo: false });
  expect(raw).toEqual([true]);
  for (const typed of [
    "ls\r",
    "a\x1dbc",
    "\x1dd\x1dd\x1dr",
    "\x1d]",
    "\x1d\x1d",
    "\x1dx",
    "\x1de",
    "hi\r",
    "\x1de",
    "no",
    "!",
  ])
    stdin.write(typed);
  await expect.poll(() => to.out()).toContain(gone);
  expect(done).toEqual([
    ...["ls\r\n", "a", ["break", 250], "c", { dtr: false }, { dtr: true }, { rts: false }],
    ...["\x1d", "\x1d", "hi\r\n", "no"],
  ]);
  const help =
    "[Ctrl+] and then: q ends, b sends a break, d and r switch DTR and RTS, e switches the echo, ] sends Ctrl+] itself.]";
  expect(to.out()).toBe(`\n${help}\n\n${help}\n\n[Echo on.]\nhi\n\n[Echo off.]\n\n[${gone}]\n`);
  to.clear();
  stdin.write("left\x1dqnot this");
  await over;
  expect(done.slice(-2)).toEqual(["left", "not this"]);
  expect([raw, to.out(), stdin.listenerCount("data"), stdin.isPaused()]).toEqual([[true, false], "\x1b[0m\n", 0, true]);
});

test("with echo what is typed is shown, and the end of the terminal ends it", async () => {
  const { stdin } = keyboard();
  const { talk, done } = talking();
  const over = sendKeys(talk, { lineEnd: "\n", echo: true });
  to.clear();
  stdin.end("one\rtwo");
  await over;
  expect(done).toEqual(["one\ntwo"]);
  expect(to.out()).toBe("one\ntwo\x1b[0m\n");
});

test("each line goes out with its end; one that cannot is told, and those after it go on", async () => {
  const { stdin } = keyboard();
  const { talk, done } = talking((text) => (text.startsWith("two") ? away() : null));
  stdin.end("one\ntwo\nthree");
  expect(await sendLines(talk, "\r")).toBe(false);
  expect([done, to.err()]).toEqual([["one\r", "three\r"], `${gone}\n`]);
  keyboard().stdin.end("four\n");
  expect(await sendLines(talk, "")).toBe(true);
  expect(done.at(-1)).toBe("four");
  keyboard().stdin.end("five\n");
  await expect(sendLines(talking(() => new Error("a bug")).talk, "")).rejects.toThrow("a bug");
});

test("a line that is a file and no line is told, and those around it go out", async () => {
  const { stdin } = keyboard();
  const { talk, done } = talking();
  stdin.end(`one\n${"x".repeat(1024 * 1024 + 1)}\ntwo\n`);
  expect(await sendLines(talk, "\n")).toBe(false);
  expect([done, to.err()]).toEqual([
    ["one\n", "two\n"],
    "A line of standard input is longer than 1048576 characters: nothing of it is sent.\n",
  ]);
});

test("a file goes out piece by piece with how far it is, and what came of it is told", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-send-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "box.bin");
  writeFileSync(path, `${"a".repeat(1024)}${"b".repeat(1024)}cc`);
  const whole = talking();
  await sendFile(path, whole.talk, new AbortController().signal);
  const file = { name: "box.bin", size: 2050 };
  expect(whole.done).toEqual([
    ["a".repeat(1024), { ...file, at: 0 }],
    ["b".repeat(1024), { ...file, at: 1024 }],
    ["cc", { ...file, at: 2048 }],
  ]);
  expect(to.err()).toBe(`2050 bytes of ${path} were sent.\n`);

  to.clear();
  const broken = talking((text) => (text.startsWith("b") ? away() : null));
  const sending = sendFile(path, broken.talk, new AbortController().signal);
  await expect(sending).rejects.toBeInstanceOf(FailureError);
  expect(to.err()).toBe(`The file broke off: 1024 bytes of ${path} were sent.\n`);

  to.clear();
  const stop = new AbortController();
  const stopped = talking((text) => void (text.startsWith("a") && stop.abort()));
  await sendFile(path, stopped.talk, stop.signal);
  expect(stopped.done.slice(1)).toEqual([["", { ...file, at: 1024, stopped: true }]]);
  expect(to.err()).toBe(`Stopped after 1024 of 2050 bytes of ${path}.\n`);

  to.clear();
  let at = 0;
  const passed = (ms: number) => {
    at += ms;
    return at;
  };
  vi.spyOn(performance, "now").mockImplementation(() => passed(2000));
  await sendFile(path, whole.talk, new AbortController().signal);
  expect(to.err().split("\n")).toHaveLength(5);
  expect(to.err()).toContain(`1024 of 2050 bytes of ${path} are sent.\n`);
  to.clear();
  vi.spyOn(performance, "now").mockImplementation(() => passed(1999));
  await sendFile(path, whole.talk, new AbortController().signal);
  expect(to.err().match(/are sent/g)).toHaveLength(1);
});
