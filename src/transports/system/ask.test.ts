import { expect, test } from "vitest";
import { askSystem } from "./ask.ts";

const node = process.execPath;

test("what a program says, and how it ends, with its arguments as they are", async () => {
  const say = "process.stdout.write(process.argv[1]); process.exit(3)";
  expect(await askSystem(node, ["-e", say, `a "b" $HOME 'c'`])).toEqual({ code: 3, text: `a "b" $HOME 'c'` });
  expect(await askSystem(node, ["-e", "process.stdout.write('ok')"])).toEqual({ code: 0, text: "ok" });
});

test("a program that is not there, or says too much, has not answered", async () => {
  expect(await askSystem("no-such-program-here", [])).toBeNull();
  expect(await askSystem(node, ["-e", "process.stdout.write('x'.repeat(3_000_000))"])).toBeNull();
});
