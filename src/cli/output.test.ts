import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { asItIs, csvLine, jsonLine } from "../redaction/tell.ts";
import { rowLine } from "./output.ts";

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

/** Runs a few lines that know this file; what they print and how they end. `ended`: their reader has seen enough at once. */
async function run(lines: string, ended = false) {
  const from = JSON.stringify(new URL("./output.ts", import.meta.url).href);
  const script = `import * as output from ${from}; ${lines}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "pipe"] });
  const said = { out: "", error: "" };
  child.stderr.on("data", (data) => {
    said.error += String(data);
  });
  child.stdout.on("data", (data) => {
    said.out += String(data);
    if (ended) child.stdout.destroy();
  });
  const [code] = await once(child, "close");
  return { code, ...said };
}

test("what is printed is without secrets, unless it was asked for as it is", async () => {
  const { code, out, error } = await run(`
    const secret = ${JSON.stringify(secret)};
    output.printRow([secret]);
    output.printJson({ text: secret });
    output.printCsv([secret]);
    output.complain(secret);
    output.printRow([secret], (text) => text);
  `);
  expect([code, out.split("0123456789abcdef").length - 1, error.includes("0123456789abcdef")]).toEqual([0, 1, false]);
});

test("a reader that has seen enough is no failure", async () => {
  const { code } = await run(
    'output.endWithReader(); for (;;) await output.printLines(["line of a long list\\n".repeat(1000)]);',
    true,
  );
  expect(code).toBe(0);
});
