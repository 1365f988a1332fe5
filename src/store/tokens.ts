import type { TokenStatus } from "../station/model.ts";
import type { Database, Row } from "./sqlite/database.ts";

export type TokenRow = { value: string; status: TokenStatus; expiry?: string; group?: string; note?: string };

/** The list of tokens, held in memory and on disk. Values compare without regard to letter case. */
export class TokensRepository {
  readonly #database: Database;
  readonly #rows = new Map<string, TokenRow>();

  constructor(database: Database) {
    this.#database = database;
    const rows = database.prepare("SELECT * FROM tokens").all();
    for (const token of database.read("tokens", rows, toToken)) this.#rows.set(token.value.toLowerCase(), token);
  }

  all(): TokenRow[] {
    return [...this.#rows.values()];
  }

  find(value: string): TokenRow | undefined {
    return this.#rows.get(value.toLowerCase());
  }

  save(token: TokenRow): void {
    this.#database
      .prepare("INSERT OR REPLACE INTO tokens (value, status, expiry, group_value, note) VALUES (?,?,?,?,?)")
      .run(token.value, token.status, token.expiry ?? null, token.group ?? null, token.note ?? null);
    this.#rows.set(token.value.toLowerCase(), token);
  }

  /** @returns false when there was none */
  remove(value: string): boolean {
    this.#database.prepare("DELETE FROM tokens WHERE value = ?").run(value);
    return this.#rows.delete(value.toLowerCase());
  }
}

/** What is no status is no key of it. */
const statuses: Readonly<Record<TokenStatus, unknown>> = {
  Accepted: null,
  Blocked: null,
  Expired: null,
  Invalid: null,
  ConcurrentTx: null,
};

/** @throws when it is no token */
function toToken(row: Row): TokenRow {
  const status = String(row.status);
  if (row.value === null || !Object.hasOwn(statuses, status)) throw new Error("no token");
  const token: TokenRow = { value: String(row.value), status: status as TokenStatus };
  if (row.expiry !== null) token.expiry = String(row.expiry);
  if (row.group_value !== null) token.group = String(row.group_value);
  if (row.note !== null) token.note = String(row.note);
  return token;
}
