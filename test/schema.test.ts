import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { migrations } from "../src/store/migrations/index.ts";
import { Database } from "../src/store/sqlite/database.ts";

/** The schema of a file that had seen the first `count` migrations when it was opened. */
function schemaFrom(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), "plugside-schema-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "plugside.db");
  const before = new DatabaseSync(path);
  before.exec(`${migrations.slice(0, count).join(";")}; PRAGMA user_version = ${count}`);
  before.close();
  const database = new Database(path);
  const rows = database.prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name").all();
  database.dispose();
  return rows.map(({ sql }) => `${sql};\n`).join("");
}

test("the schema is the one on file", async () => {
  await expect(schemaFrom(0)).toMatchFileSnapshot("../src/store/migrations/schema.sql");
});

test.each(migrations.map((_sql, count) => count + 1))(
  "a file of after migration %i comes to the same schema",
  (count) => {
    expect(schemaFrom(count)).toBe(schemaFrom(0));
  },
);
