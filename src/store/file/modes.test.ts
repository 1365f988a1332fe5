import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keepFromOthers } from "./modes.ts";

const ours = ["plugside.db", "plugside.db-wal", "plugside.db.damaged-1", "lock.db", "core.json", "secrets.json"];

/** A folder as a copy may leave it: everything open to everybody. `modeOf` is what the system says of a path in it. */
function copied() {
  const folder = mkdtempSync(join(tmpdir(), "plugside-modes-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "keys"));
  for (const name of [...ours, "holiday.jpg", "keys/ca.pem"]) {
    writeFileSync(join(folder, name), "x");
    chmodSync(join(folder, name), 0o664);
  }
  for (const path of [folder, join(folder, "keys")]) chmodSync(path, 0o755);
  const modeOf = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8);
  return { folder, modeOf };
}

test.runIf(process.platform !== "win32")(
  "what is ours is for its owner alone, and nobody else's file is touched",
  () => {
    const { folder, modeOf } = copied();
    expect(keepFromOthers(folder, false)).toEqual([]);
    expect(ours.map(modeOf)).toEqual(ours.map(() => "600"));
    expect(["keys", "keys/ca.pem", "holiday.jpg", "."].map(modeOf)).toEqual(["700", "600", "664", "755"]);
  },
);

test.runIf(process.platform !== "win32")("a folder that we made for ourselves is for its owner alone too", () => {
  const { folder, modeOf } = copied();
  rmSync(join(folder, "keys"), { recursive: true });
  expect(keepFromOthers(folder, true)).toEqual([]);
  expect(modeOf(".")).toBe("700");
  expect(keepFromOthers(join(folder, "not there"), false)).toEqual([]);
});
