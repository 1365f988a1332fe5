import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { jsonOf, runCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { tarOf } from "../../harness/tar.ts";

const messages = [
  '2026-05-03 12:00:01 INFO > [2,"a1","StatusNotification",{"timestamp":"2026-05-03T10:00:00Z","connectorId":1}]',
  "2026-05-03 12:00:02 ERROR modem 17: no answer",
  "  at main()",
  "2026-05-03 12:00:03 ERROR modem 18: no answer",
  '2026-05-03 12:00:04 INFO > [2,"a2","ChangeConfiguration",{"key":"AuthorizationKey","value":"0123456789abcdef"}]',
];

async function file(name: string, bytes: Buffer): Promise<string> {
  const path = join(await temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

const packed = () =>
  gzipSync(
    tarOf([
      ["var/log/messages", Buffer.from(`${messages.join("\n")}\n`)],
      ["../\u001b[31mevil", Buffer.from("only this\n")],
      ["firmware.bin", Buffer.from("0001020304ff".repeat(50), "hex")],
    ]),
  );

test("a packed log is summed up, as text in two languages and as JSON", async () => {
  const path = await file("diagnostics.tar.gz", packed());
  const { code, stdout } = await runCli("log", path);
  expect(code).toBe(0);
  expect(stdout).toContain("var/log/messages (0.0.0)\n  Lines: 5; ");
  expect(stdout).toContain("  2026-05-03T10:00:01.000Z to 2026-05-03T10:00:04.000Z\n");
  expect(stdout).toContain("  2 ×, line 2: 2026-05-03 12:00:02 ERROR modem 17: no answer\n".trim());
  expect(stdout).toContain("firmware.bin (0.0.2)\n  no text, 300");
  expect(stdout).not.toContain("\u001b");
  expect((await runCli("log", path, "--lang", "sv")).stdout).toContain("tider utan tidszon läses som +02:00");

  const told = await jsonOf("log", path, "--json");
  expect(told).toMatchObject({
    name: "diagnostics.tar.gz",
    parts: [
      {
        id: "0.0.0",
        name: "var/log/messages",
        encoding: "utf-8",
        zone: { offset: "+02:00", by: "inferred" },
        summary: { lines: 5, levels: { error: 2 }, errors: [{ count: 2, first: 2, last: 4 }] },
      },
      { name: "\u001b[31mevil" },
      { name: "firmware.bin", kind: "binary" },
    ],
  });
});

test("lines are found by letters, level and time, and messages in them are told", async () => {
  const path = await file("diagnostics.tar.gz", packed());
  const { stdout } = await runCli("log", path, "--grep", "modem 1[78]");
  expect(stdout.split("\n").map((row) => row.split("\t").slice(0, 4))).toEqual([
    ["var/log/messages", "2", "2026-05-03T10:00:02.000Z", "error"],
    ["var/log/messages", "4", "2026-05-03T10:00:03.000Z", "error"],
    [""],
  ]);
  const numbers = async (...args: string[]) =>
    ((await jsonOf("log", path, "--json", ...args)) as { number: number }[]).map(({ number }) => number);
  expect(await numbers("--level", "error")).toEqual([2, 3, 4]);
  expect(await numbers("--from", "2026-05-03T12:00:03", "--zone", "+02:00")).toEqual([4, 5]);
  expect(await numbers("--at", "2026-05-03T10:00:03Z", "--part", "var/log/messages", "--limit", "1")).toEqual([4]);
  expect(await numbers("--text", "nowhere")).toEqual([]);
  expect(await jsonOf("log", path, "--json", "--lines", "1", "--part", "0.0.0")).toMatchObject([
    { number: 1, frames: [{ type: "call", id: "a1", action: "StatusNotification" }] },
  ]);
});

test("secrets are masked unless they are asked for", async () => {
  const path = await file("messages", Buffer.from(messages.join("\n")));
  expect((await runCli("log", path, "--lines", "5")).stdout).not.toContain("0123456789abcdef");
  expect((await runCli("log", path, "--lines", "5", "--raw")).stdout).toContain("0123456789abcdef");
});

test("what is in a file is listed, and bytes are shown", async () => {
  const path = await file("diagnostics.tar.gz", packed());
  expect(await jsonOf("log", path, "--list", "--json")).toMatchObject([
    { id: "0.0.0", name: "var/log/messages", kind: "text" },
    { id: "0.0.1", name: "\u001b[31mevil", kind: "text" },
    { id: "0.0.2", name: "firmware.bin", kind: "binary", size: 300 },
  ]);
  expect((await runCli("log", path, "--part", "firmware.bin", "--hex", "0", "--limit", "1")).stdout).toBe(
    "firmware.bin\t00000000\t00 01 02 03 04 ff 00 01 02 03 04 ff 00 01 02 03\t................\n",
  );
});

test("failures are told in words, with their exit codes", async () => {
  const path = await file("a.tar.gz", packed().subarray(0, 200));
  // What came before the end is shown all the same.
  expect(await runCli("log", path)).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("var/log/messages (0.0.0)\n  Lines: 2; "),
    stderr: expect.stringContaining("var/log/messages: The archive ends too early"),
  });
  const missing = join(await temporaryFolder(), "none.log");
  expect(await runCli("log", missing)).toEqual({ code: 5, stdout: "", stderr: `There is no file ${missing}.\n` });
  const whole = await file("messages", Buffer.from(messages.join("\n")));
  expect(await runCli("log", whole, "--grep", "(")).toMatchObject({
    code: 5,
    stderr: expect.stringContaining("regular"),
  });
  for (const wrong of [
    ["--level", "loud"],
    ["--zone", "here"],
    ["--lines", "0"],
    ["--at", "soon"],
    ["--list", "--hex", "0"],
    ["x"],
  ]) {
    expect(await runCli("log", whole, ...wrong)).toMatchObject({ code: 5, stderr: expect.stringContaining("Usage:") });
  }
  expect(await runCli("log", whole, "--part", "7")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("no part 7"),
  });
});
