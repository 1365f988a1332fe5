import { DatabaseSync } from "node:sqlite";
import type { Random } from "../../../src/simulator/random.ts";

/** What befalls one row of a record: a column gets another value, or the row is gone. `pick` chooses the row. */
export type Damage = { table: string; column: string | null; pick: number; value: DamagedValue };
export type DamagedValue = null | number | string | { bytes: string } | { long: number };

const values: readonly DamagedValue[] = [
  null,
  -1,
  1e308,
  -9_007_199_254_740_991,
  9_007_199_254_740_991,
  0.5,
  "",
  "garbage",
  "null",
  "{}",
  "[]",
  "[null]",
  '{"kind":"',
  '{"kind":"no-such-kind","at":1,"seq":1}',
  '{"identity":7}',
  '{"__proto__":{"kind":"found"}}',
  "\u0000",
  "[".repeat(5000),
  { bytes: "AAH/gICA" },
  { long: 200_000 },
];

/** The tables and columns of a record as it is. */
export type Shape = { table: string; columns: string[]; rows: number }[];

/** Reads what there is to damage. */
export function shapeOf(path: string): Shape {
  const database = new DatabaseSync(path, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
  const shape = tables.map(({ name }) => {
    const table = String(name);
    const columns = database.prepare(`PRAGMA table_info(${table})`).all();
    const count = database.prepare(`SELECT count(*) AS rows FROM ${table}`).get();
    return { table, columns: columns.map((column) => String(column.name)), rows: Number(count?.rows) };
  });
  database.close();
  return shape.filter(({ rows }) => rows > 0);
}

/** Chooses a damage. */
export function damageOf(random: Random, shape: Shape): Damage {
  const { table, columns } = random.pick(shape);
  const column = random.next() < 0.1 ? null : random.pick(columns);
  return { table, column, pick: random.next(), value: random.pick(values) };
}

/** Does it. Gives the station whose row it was, where a row tells that; what the database itself does not let pass is left undone. */
export function doDamage(path: string, { table, column, pick, value }: Damage): number | null {
  const database = new DatabaseSync(path);
  try {
    const { rows } = database.prepare(`SELECT count(*) AS rows FROM ${table}`).get() as { rows: number };
    const at = Math.floor(pick * rows);
    const row = database.prepare(`SELECT * FROM ${table} LIMIT 1 OFFSET ?`).get(at) ?? {};
    const keys = database
      .prepare(`PRAGMA table_info(${table})`)
      .all()
      .filter(({ pk }) => Number(pk) > 0)
      .map(({ name }) => String(name));
    const where = keys.map((key) => `${key} = ?`).join(" AND ");
    const whose = keys.map((key) => row[key] ?? null);
    if (column === null) database.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...whose);
    else database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`).run(stored(value), ...whose);
    const station = table === "stations" ? row.id : row.station;
    return typeof station === "number" ? station : null;
  } catch {
    return null;
  } finally {
    database.close();
  }
}

function stored(value: DamagedValue): null | number | string | Uint8Array {
  if (typeof value !== "object" || value === null) return value;
  return "bytes" in value ? Buffer.from(value.bytes, "base64") : "x".repeat(value.long);
}
