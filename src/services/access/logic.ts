import { randomBytes, randomInt } from "node:crypto";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import type { PasswordForm } from "../../station/commands.ts";
import type { AccessRepository, AccessRow, PasswordHash } from "../../store/access.ts";
import type { KnownPassword, StationAccess } from "./contract.ts";
import type { WaitingStations } from "./waiting-stations.ts";

/** Access as it is now, and who is told of changes. */
export type AccessBook = {
  find(identity: string): AccessRow | undefined;
  all(): AccessRow[];
  /** @returns false when there was none */
  forget(identity: string): boolean;
  /** Changes what is given; `undefined` takes it away. */
  change(identity: string, part: Partial<Omit<AccessRow, "identity">>): AccessRow;
  readonly changed: Emitter<string>;
};

/** Opens the book. */
export function openAccess(repository: AccessRepository, log: Logger): AccessBook {
  const changed = createEmitter<string>(log);
  return {
    find: (identity) => repository.find(identity),
    all: () => repository.all(),
    forget(identity) {
      const was = repository.remove(identity);
      if (was) changed.emit(identity);
      return was;
    },
    change(identity, part) {
      const row: AccessRow = { ...repository.find(identity), ...part, identity };
      repository.save(row);
      changed.emit(identity);
      return row;
    },
    changed,
  };
}

/** What the screens may see: never a hash. */
export function viewAccess(
  identity: string,
  row: AccessRow | undefined,
  around: { known: boolean; waitingStations: WaitingStations; strict: boolean },
): StationAccess {
  const waits = around.waitingStations.list().some((waiting) => waiting.identity === identity);
  return {
    identity,
    allowed: row?.decision ?? (waits ? "waiting" : around.known || row ? "known" : "unknown"),
    profile: row?.profile ?? null,
    password: known(row?.password),
    nextPassword: row?.unshown ? null : known(row?.nextPassword),
    unshownPassword: row?.unshown ? known(row.nextPassword) : null,
    lastUsed: lastUsed(row),
    certificate: row?.certificate ?? null,
    strict: row?.strict ?? around.strict,
    bootStatus: row?.bootStatus ?? null,
    bootInterval: row?.bootInterval ?? null,
    bootPlan: row?.bootPlan ?? [],
    note: row?.note ?? "",
  };
}

function lastUsed({ password, nextPassword, unshown, used }: Partial<AccessRow> = {}): StationAccess["lastUsed"] {
  if (!nextPassword || unshown || !used || used.at < nextPassword.setAt) return null;
  if (used.which === "next") return { which: "new", at: used.at };
  // Before it had a password any was good: that is then the old one.
  return { which: used.which === "current" || !password ? "old" : "none", at: used.at };
}

function known(password: PasswordHash | undefined): KnownPassword | null {
  return password ? { form: password.form, setAt: password.setAt } : null;
}

/** Without letters and digits that are mistaken for each other: it is typed off a screen. */
const alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const textLength = 24;
const hexBytes = 20;

/** Makes a password that every version takes: 24 characters, or 20 bytes in hex (137 and 160 bits). */
export function makePassword(form: PasswordForm): string {
  if (form === "hex") return randomBytes(hexBytes).toString("hex");
  return Array.from({ length: textLength }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** True for whole bytes in hex. */
export function isHex(text: string): boolean {
  return /^([0-9a-f]{2})+$/i.test(text);
}
