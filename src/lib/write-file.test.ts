import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { replaceFile, syncFile, syncFolder } from "./write-file.ts";

/** What was done to the disk, in order; a file is called by its name. */
const done: string[] = [];
const opened = new Map<number, string>();
vi.mock("node:fs", async (original) => {
  const actual = await original<typeof fs>();
  const last = (path: fs.PathLike) => String(path).split(/[\\/]/).at(-1) ?? "";
  return {
    ...actual,
    openSync(path: fs.PathLike, flags: fs.OpenMode, mode?: number) {
      const file = actual.openSync(path, flags, mode);
      opened.set(file, last(path));
      return file;
    },
    writeFileSync(file: number, data: string) {
      done.push(`write ${opened.get(file)}`);
      actual.writeFileSync(file, data);
    },
    fsyncSync(file: number) {
      done.push(`sync ${opened.get(file)}`);
      actual.fsyncSync(file);
    },
    closeSync(file: number) {
      done.push(`close ${opened.get(file)}`);
      actual.closeSync(file);
    },
    renameSync(from: fs.PathLike, to: fs.PathLike) {
      done.push(`move ${last(from)} to ${last(to)}`);
      actual.renameSync(from, to);
    },
  };
});

let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(join(tmpdir(), "plugside-write-"));
  onTestFinished(() => fs.rmSync(home, { recursive: true, force: true }));
  done.length = 0;
});

test.skipIf(process.platform === "win32")(
  "a file is on the disk before it takes its name, and its name before anybody goes on",
  () => {
    const path = join(home, "kept", "secrets");
    replaceFile(path, "new");
    expect(done).toEqual([
      ...["write secrets.new", "sync secrets.new", "close secrets.new", "move secrets.new to secrets"],
      ...["sync kept", "close kept"],
    ]);
    expect(fs.readFileSync(path, "utf8")).toBe("new");
    expect(fs.statSync(path).mode & 0o777).toBe(0o600);
  },
);

test("a draft that a killed process left does not stand in the way", () => {
  const path = join(home, "secrets");
  fs.appendFileSync(`${path}.new`, "half");
  replaceFile(path, "new");
  expect([fs.readFileSync(path, "utf8"), fs.existsSync(`${path}.new`)]).toEqual(["new", false]);
});

test("what is in a file, and the names in a folder, are made to last", () => {
  const path = join(home, "file");
  fs.appendFileSync(path, "x");
  syncFile(path);
  expect(done).toEqual(["sync file", "close file"]);
  expect(() => syncFile(join(home, "gone"))).toThrow("ENOENT");
  expect(() => syncFolder(join(home, "gone"))).not.toThrow();
});

test.skipIf(process.platform === "win32")(
  "what need not last is not waited for, and is its owner's alone all the same",
  () => {
    const path = join(home, "kept", "state");
    const umask = process.umask(0);
    onTestFinished(() => void process.umask(umask));
    replaceFile(path, new Uint8Array([1, 2]), false);
    expect(done).toEqual(["write state.new", "close state.new", "move state.new to state"]);
    expect([
      fs.readFileSync(path),
      fs.statSync(path).mode & 0o777,
      fs.statSync(join(home, "kept")).mode & 0o777,
    ]).toEqual([...[Buffer.from([1, 2]), 0o600, 0o700]]);
  },
);

test("what cannot be moved leaves the old one as it was", () => {
  const path = join(home, "taken");
  fs.mkdirSync(join(path, "inside"), { recursive: true });
  expect(() => replaceFile(path, "new")).toThrow();
  expect(fs.readdirSync(path)).toEqual(["inside"]);
});
