import type { RegistrationStatus } from "../station/model.ts";
import type { Database, Row } from "./sqlite/database.ts";

/** A password that nobody can read back: scrypt over its bytes. */
export type PasswordHash = {
  /** How it is meant to be typed into the station. */
  form: "text" | "hex";
  /** How many times over its bytes are hex digits of other bytes; the hash is over the innermost. */
  layers: number;
  /** base64 */
  salt: string;
  hash: string;
  /** When it was set, our clock. */
  setAt: number;
};

/** An answer to so many boots, one after the other. */
export type BootStep = {
  status: RegistrationStatus;
  /** Seconds; absent: as without a plan. */
  interval?: number;
  times: number;
};

/** What is asked of a station at the door, and how it is answered. What is absent is left to the settings. */
export type AccessRow = {
  identity: string;
  /** A decision of the technician's. */
  decision?: "accepted" | "refused";
  /** The lowest security profile that is let in. */
  profile?: number;
  password?: PasswordHash;
  /** One that a procedure has sent, valid beside the other until the station comes back with it. */
  nextPassword?: PasswordHash;
  /** `nextPassword` is with a station that connects without one (security profile 0 or 3): none is asked for until it comes with it. */
  unshown?: true;
  /** What it was last let in with while two were valid; null: neither was asked for or came. */
  used?: { which: "current" | "next" | null; at: number };
  /** SHA-256 fingerprint of the only client certificate that is taken; absent: any of ours that names the station. */
  certificate?: string;
  /** Refuses what is otherwise tolerated with a finding. */
  strict?: boolean;
  /** Answers actions that we do not serve with an empty result: some stations hang up after a few errors (AcTec). */
  emptyAnswers?: boolean;
  bootStatus?: RegistrationStatus;
  /** Seconds. */
  bootInterval?: number;
  /** The answers to its next boots, in this order; then it is as above. */
  bootPlan?: BootStep[];
  note?: string;
};

/** Access by identity, held in memory and on disk. */
export class AccessRepository {
  readonly #database: Database;
  readonly #rows = new Map<string, AccessRow>();

  constructor(database: Database) {
    this.#database = database;
    const rows = database.prepare("SELECT identity, body FROM access").all();
    for (const row of database.read("access", rows, toAccess)) this.#rows.set(row.identity, row);
  }

  all(): AccessRow[] {
    return [...this.#rows.values()];
  }

  find(identity: string): AccessRow | undefined {
    return this.#rows.get(identity);
  }

  save(row: AccessRow): void {
    const { identity, ...body } = row;
    this.#database
      .prepare("INSERT OR REPLACE INTO access (identity, body) VALUES (?,?)")
      .run(identity, JSON.stringify(body));
    this.#rows.set(identity, row);
  }

  /** @returns false when there was none */
  remove(identity: string): boolean {
    this.#database.prepare("DELETE FROM access WHERE identity = ?").run(identity);
    return this.#rows.delete(identity);
  }
}

/** @throws when it is no row of access */
function toAccess(row: Row): AccessRow {
  const { password, nextPassword, bootPlan = [], ...rest } = JSON.parse(String(row.body)) as Partial<AccessRow>;
  const hashes = [password, nextPassword].filter((hash) => hash !== undefined);
  const fits = hashes.every(({ hash, salt }) => typeof hash === "string" && typeof salt === "string");
  if (!fits || !Array.isArray(bootPlan)) throw new Error("no access");
  const access: AccessRow = { ...rest, identity: String(row.identity) };
  if (password) access.password = password;
  if (nextPassword) access.nextPassword = nextPassword;
  if (bootPlan.length > 0) access.bootPlan = bootPlan;
  return access;
}
