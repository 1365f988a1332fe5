import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { archive, gather } from "../../test/harness/bytes.ts";
import { readLines } from "./lines/text.ts";
import { openLog } from "./log.ts";

const folder = mkdtempSync(join(tmpdir(), "plugside-logs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

it("opens a part of a file, as text or as bytes", async () => {
  const log = await openLog(file("logs.zip", archive("deflate.zip")));
  const parts = await gather(log.parts());
  expect(parts.map(({ part }) => [part.id, part.name])).toEqual([
    ["0.0", "notes.txt"],
    ["0.1", "station.log"],
  ]);
  const { text, problem } = await log.open("0.1");
  expect(problem).toBeUndefined();
  expect(text && (await readLines(text, 160, 5))).toMatchObject([{ number: 160 }]);
  expect((await log.open("0")).text).toBeUndefined();
  await log.close();
});

it("opens a text that is cut off as far as it goes", async () => {
  const whole = gzipSync(archive("station-log.txt"));
  const log = await openLog(file("a.log.gz", whole.subarray(0, whole.length - 200)));
  const { text, problem } = await log.open("0.0");
  expect(problem).toMatchObject({ phrase: "log-cut" });
  expect(text?.index.count).toBeGreaterThan(80);
  await log.close();
});

it("is refused in words where there is no file", async () => {
  mkdirSync(join(folder, "d"));
  await expect(openLog(join(folder, "none"))).rejects.toMatchObject({
    code: "not-found",
    words: { phrase: "log-no-file" },
  });
  for (const path of [join(folder, "d"), ...(process.platform === "win32" ? [] : ["/dev/null"])])
    await expect(openLog(path)).rejects.toMatchObject({ words: { phrase: "log-not-a-file" } });
});
