import { spawn } from "node:child_process";

/** How a child ended: its exit code (128 when a signal ended it) and everything it wrote.
 * @typedef {{ code: number, output: string, seconds: number }} StepResult */

/** Runs a program quietly: its output is kept, not shown.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, shell?: boolean, stdout?: "inherit" }} options `stdout`: shown, not kept
 * @returns {Promise<StepResult>} never rejects: a program that cannot be started is code 127 */
export function runQuietly(command, args, { stdout = undefined, ...options }) {
  const began = performance.now();
  return new Promise((resolve) => {
    let output = "";
    /** @param {number} code */
    const done = (code) => resolve({ code, output, seconds: (performance.now() - began) / 1000 });
    const child = spawn(command, args, { ...options, stdio: ["ignore", stdout ?? "pipe", "pipe"] });
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.once("error", (error) => {
      output += `${error.message}\n`;
      done(127);
    });
    child.once("close", (code) => done(code ?? 128));
  });
}

/** Runs one step and says so on one line: what it does and, at the end, how long it took.
 * @param {string} label
 * @param {() => Promise<StepResult>} work
 * @param {(text: string) => void} write
 * @returns {Promise<StepResult>} */
export async function announce(label, work, write) {
  write(`${label} ... `);
  const result = await work();
  write(result.code === 0 ? `${result.seconds.toFixed(1)} s\n` : `failed after ${result.seconds.toFixed(1)} s\n`);
  return result;
}
