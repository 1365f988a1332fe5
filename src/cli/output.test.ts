import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { asItIs, csvLine, jsonLine } from "../redaction/tell.ts";
import {
  complain,
  counted,
  endWithReader,
  outliveTerminal,
  printCsv,
  printJson,
  printLines,
  printRow,
  printText,
  rowLine,
} from "./output.ts";
import { outputListeners, slowReader, terminal } from "./testing/printed.ts";

const secret = '{"AuthorizationKey":"0123456789abcdef"}';
/** Tells in capitals. */
const loud = (text: string) => text.toUpperCase();

test("a row is one line of fields, whatever is in them", () => {
  expect(rowLine(["a", 1, undefined, undefined, "x\ny"], asItIs)).toMatch(/^a\t1\t\t\t[^\n\t]*\n$/);
  expect(rowLine(["a", "b"], loud)).toBe("A\tB\n");
});

test("a table tells its texts and leaves its numbers", () => {
  expect(csvLine(["a,b", 1.5, undefined], loud)).toMatch(/^"A,B",1\.5,\r?\n$/);
});

test("a value is one line of JSON", () => {
  expect(jsonLine({ a: [1, "b"] }, loud)).toBe('{"A":[1,"B"]}\n');
});

test("what is printed is without secrets, unless it was asked for as it is", () => {
  const said = terminal();
  onTestFinished(said.end);
  for (const print of [
    () => printRow([secret]),
    () => printJson({ text: secret }),
    () => printCsv([secret]),
    () => complain(secret),
  ]) {
    print();
    expect(said.out() + said.err()).not.toContain("0123456789abcdef");
    expect(said.out() + said.err()).toContain("AuthorizationKey");
    said.clear();
  }
  printRow([secret], asItIs);
  printJson({ text: secret }, asItIs);
  printCsv([secret], asItIs);
  expect(said.out().split("0123456789abcdef")).toHaveLength(4);
});

test("many lines are gathered to what a pipe takes at once, and the next are made once the reader has taken those", async () => {
  const reader = slowReader();
  const lengths = () => reader.pieces.map(({ length }) => length);
  let made = 0;
  const printing = printLines(
    (function* () {
      for (; made < 70; made++) yield `${"x".repeat(999)}\n`;
    })(),
  );
  expect([made, lengths()]).toEqual([32, [33_000]]);
  reader.take();
  await expect.poll(lengths).toEqual([33_000, 33_000]);
  reader.take();
  await expect.poll(lengths).toEqual([33_000, 33_000, 4000]);
  reader.take();
  await printing;
});

test("how many there are is said of none, of one and of several", () => {
  expect([0, 1, 2].map((count) => counted(count, "row"))).toEqual(["0 rows", "1 row", "2 rows"]);
  expect([0, 1, 2].map((count) => counted(count, "box", "boxes"))).toEqual(["0 boxes", "1 box", "2 boxes"]);
});

test("each line of a text is one line, and its end is there once", () => {
  const said = terminal();
  onTestFinished(said.end);
  printText("one\n\u001b[2Jtwo\n");
  printText("three");
  complain("four\nfive\n");
  expect([said.out(), said.err()]).toEqual(["one\n\\x1b[2Jtwo\nthree\n", "four\nfive\n"]);
});

test("a reader that is gone is the end of it, a failure unless it had seen enough; a terminal that is gone ends nothing", () => {
  const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
  const { out, err } = outputListeners();
  endWithReader();
  for (const code of ["EPIPE", "EIO"]) out.get("error")?.({ code });
  expect([exit.mock.calls, err.size]).toEqual([[[0], [1]], 0]);
  outliveTerminal();
  err.get("error")?.({ code: "EIO" });
  expect([exit.mock.calls.length, [...err.keys()]]).toEqual([2, ["error"]]);
});

test("a reader that has seen enough is no failure", async () => {
  const from = JSON.stringify(new URL("./output.ts", import.meta.url).href);
  const script = `import * as output from ${from};
    output.endWithReader(); for (;;) await output.printLines(["line of a long list\\n".repeat(1000)]);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await once(child, "close")).toEqual([0, null]);
});
