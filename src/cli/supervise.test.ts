import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { expect, onTestFinished, test } from "vitest";
import { engineFlags } from "./supervise.ts";

const supervise = new URL("./supervise.ts", import.meta.url).href;

/** Runs a command below another process; its exit code and what it printed. */
function below(program: string, ...args: string[]): Promise<{ code: number; stdout: string }> {
  const folder = mkdtempSync(join(tmpdir(), "plugside-below-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [above, child] = [join(folder, "above.mjs"), join(folder, "child.mjs")];
  writeFileSync(child, program);
  writeFileSync(
    above,
    `import { runBelow } from ${JSON.stringify(supervise)};
    runBelow(process.execPath, ${JSON.stringify(child)}, ${JSON.stringify(args)});`,
  );
  return new Promise((resolve) => {
    execFile(process.execPath, [above], (error, stdout) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout });
    });
  });
}

test("the exit code of what runs below is its own, and arguments go down as they are", async () => {
  const tell = "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 5;";
  expect(await below(tell, "stations", "--json", "a b")).toEqual({ code: 5, stdout: '["stations","--json","a b"]\n' });
  expect((await below("", "stations")).code).toBe(0);
});

test("what V8 is told before the start leaves what was compiled ahead in use", () => {
  const program = 'process.stdout.write(String(require("node:v8").cachedDataVersionTag()))';
  const told = execFileSync(process.execPath, [...engineFlags, "-e", program], { encoding: "utf8" });
  expect(Number(told)).toBe(cachedDataVersionTag());
});

test.skipIf(process.platform === "win32")("one that was ended by a signal is told as a shell tells it", async () => {
  expect((await below('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000);', "stations")).code).toBe(
    143,
  );
});

test("a core that never was up is not started again", async () => {
  const { code, stdout } = await below("console.log('began'); process.exit(3);", "serve");
  expect([code, stdout]).toEqual([3, "began\n"]);
});

test("a core that was up and ended by itself is started again, and one that ended in good order is not", async () => {
  const program = `const again = process.env.PLUGSIDE_CORE === "again";
    console.log(again ? "again" : "first");
    process.send({ type: "up" }, () => process.exit(again ? 0 : 7));`;
  expect(await below(program, "serve")).toEqual({ code: 0, stdout: "first\nagain\n" });
});
