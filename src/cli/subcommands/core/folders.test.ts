import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { earlierLogFile, logFile } from "../../../api/log-file.ts";
import { printed, typing } from "../../testing/printed.ts";

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "plugside-folders-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("the last lines that Plugside said about itself, those of the earlier file first", async () => {
  const folder = emptyFolder();
  const toldOf = async (...args: string[]) =>
    (await printed(["own-log", ...args], ["--data", folder]))
      .replaceAll(folder, "")
      .replaceAll("\\", "/")
      .split("\n")
      .slice(1, -1);
  expect(await toldOf()).toEqual(["! Nothing is in /plugside.log.", "= 0"]);
  writeFileSync(earlierLogFile(folder), Array.from({ length: 99 }, (_, at) => `line ${at}\n`).join(""));
  writeFileSync(logFile(folder), "new\u001b[31m\nnewest\nhalf");
  const kept = "! It is kept in /plugside.log.";
  expect(await toldOf("--lines", "3")).toEqual(["line 98", expect.stringMatching(/^new./), "newest", kept, "= 0"]);
  expect(await toldOf("--lines", "1", "--json")).toEqual(['{"file":"/plugside.log","lines":["newest"]}', "= 0"]);
  const usual = await toldOf();
  expect(usual).toHaveLength(102);
  expect(usual[0]).toBe("line 1");
  expect(usual.join("")).not.toContain("\u001b");
});

test("a record is moved whole to a folder that is empty or not there yet, once somebody says so", async () => {
  const root = emptyFolder();
  const [from, to] = [join(root, "old"), join(root, "more", "new")];
  const toldOf = async (...args: string[]) =>
    (await printed(["move-record", ...args])).replaceAll(root, "").replaceAll("\\", "/").split("\n").slice(1, -1);
  mkdirSync(join(from, "files"), { recursive: true });
  expect(await toldOf("--from", from, "--to", to)).toEqual(["! There is no record in /old.", "= 1"]);
  writeFileSync(join(from, "plugside.db"), "record");
  writeFileSync(join(from, "files", "1"), "file");
  expect(await toldOf("--from", from, "--to", from)).toEqual(["! The record lies in /old already.", "= 1"]);
  expect(await toldOf("--from", from, "--to", root)).toEqual(["!  is not empty: choose another folder.", "= 1"]);
  const says = "! This moves the record, the keys and the files from /old to /more/new.";
  expect(await toldOf("--from", from, "--to", to)).toEqual([says, "! Nothing was moved. Add --yes to do it.", "= 5"]);
  expect(existsSync(to)).toBe(false);
  expect(await toldOf("--from", from, "--to", to, "--yes")).toEqual([says, "The record lies in /more/new now.", "= 0"]);
  expect(existsSync(from)).toBe(false);
  expect(readFileSync(join(to, "files", "1"), "utf8")).toBe("file");
  mkdirSync(from);
  const back = await toldOf("--from", to, "--to", from, "--yes", "--json");
  expect(back).toEqual([
    "! This moves the record, the keys and the files from /more/new to /old.",
    '{"from":"/more/new","to":"/old"}',
    "= 0",
  ]);
  expect(readdirSync(from)).toContain("plugside.db");
});

test("a person at the terminal is asked before a record is moved, and it is for a yes alone", async () => {
  const root = emptyFolder();
  const [from, to] = [join(root, "from"), join(root, "to")];
  const isMoved = async (answer: string) => {
    mkdirSync(from, { recursive: true });
    writeFileSync(join(from, "plugside.db"), "record");
    typing(true).write(`${answer}\n`);
    const told = await printed(["move-record", "--from", from, "--to", to]);
    const moved = existsSync(to);
    rmSync(to, { recursive: true, force: true });
    return [answer, told.includes("Move it? (yes/no) "), moved, told.slice(-4)];
  };
  for (const answer of ["y", "YES", " yes "]) expect(await isMoved(answer)).toEqual([answer, true, true, "= 0\n"]);
  for (const answer of ["yak", "ok yes", "no", ""])
    expect(await isMoved(answer)).toEqual([answer, true, false, "= 5\n"]);
});
