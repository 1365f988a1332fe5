import { createHmac, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { StandIns } from "./redact.ts";

const fileName = "pseudonyms.key";
const keyBytes = 32;
const made = /^(?:secret|card)-[0-9a-f]{8}$/;

/** Names for secrets and cards: the same for the same value in everything that leaves one data folder, and telling nothing of it without
 * the folder's key (HMAC-SHA-256, RFC 2104). */
export function pseudonyms(key: Uint8Array): Required<StandIns> {
  const name = (kind: string) => (value: string) => (made.test(value) ? value : pseudonym(key, kind, value));
  return { secret: name("secret"), card: name("card") };
}

/** The name for a value of some kind. */
export function pseudonym(key: Uint8Array, kind: string, value: string): string {
  return `${kind}-${createHmac("sha256", key).update(value).digest("hex").slice(0, 8)}`;
}

/** The key of a data folder; made when it is first asked for, for its owner alone to read.
 * @throws Error of the file system, or where the file holds no key */
export function pseudonymKey(folder: string): Uint8Array {
  const path = join(folder, fileName);
  const written = make(path) ?? readFileSync(path, "utf8");
  const key = Buffer.from(written.trim(), "hex");
  if (key.length !== keyBytes) throw new Error(`${path} holds no key. Remove it; then new names are given.`);
  return key;
}

/** Null where there is one already. */
function make(path: string): string | null {
  const text = `${randomBytes(keyBytes).toString("hex")}\n`;
  let file: number;
  try {
    file = openSync(path, "wx", 0o600);
  } catch (error) {
    if (["EEXIST", "EROFS", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return text;
}
