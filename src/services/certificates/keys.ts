import { createPrivateKey, type X509Certificate } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { patiently } from "../../lib/patient.ts";
import { replaceFile } from "../../lib/write-file.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";

/** The operating system's key store: seals a secret so that only this user of this machine can open it. */
export type KeyVault = {
  /** False where the system has none that protects. */
  available(): Promise<boolean>;
  seal(plain: string): Promise<Uint8Array>;
  /** @throws Error when it cannot be opened: another machine or user sealed it, or the store is locked */
  open(sealed: Uint8Array): Promise<string>;
};

/** Our private keys, each a file in a folder that only this user reads; sealed where there is a key store. */
export type KeyFiles = {
  /** @returns null when there is none
   * @throws Error when it is sealed and cannot be opened */
  read(name: string): Promise<string | null>;
  /** Whether a key is in the system's key store; it takes that to say more of it. */
  isSealed(name: string): boolean;
  /** @param seal put it into the system's key store, where there is one */
  write(name: string, pem: string, seal: boolean): Promise<void>;
  remove(name: string): void;
  /** Whether new keys are sealed. */
  sealing(): Promise<boolean>;
};

/** Opens the key folder; it is made when the first key is written. */
export function openKeyFiles(folder: string, vault: KeyVault | null): KeyFiles {
  const plainPath = (name: string) => join(folder, `${name}.key`);
  const sealedPath = (name: string) => join(folder, `${name}.sealed`);
  let sealing: Promise<boolean> | null = null;

  function canSeal(): Promise<boolean> {
    sealing ??= vault ? vault.available().catch(() => false) : Promise.resolve(false);
    return sealing;
  }

  return {
    sealing: canSeal,
    async read(name) {
      if (existsSync(sealedPath(name))) {
        if (!vault) throw failure("unavailable", words("root-key-sealed"));
        return vault.open(patiently(() => readFileSync(sealedPath(name))));
      }
      if (!statSync(plainPath(name), { throwIfNoEntry: false })?.isFile()) return null;
      return patiently(() => readFileSync(plainPath(name), "utf8"));
    },
    isSealed: (name) => existsSync(sealedPath(name)),
    async write(name, pem, seal) {
      if (seal && vault && (await canSeal())) {
        replaceFile(sealedPath(name), await vault.seal(pem));
        rmSync(plainPath(name), { force: true });
      } else {
        replaceFile(plainPath(name), pem);
      }
    },
    remove(name) {
      rmSync(plainPath(name), { force: true });
      rmSync(sealedPath(name), { force: true });
    },
  };
}

/** Whether it is a private key at all, and that of this certificate. */
export function isKeyOf(certificate: X509Certificate, pem: string | null): pem is string {
  if (pem === null) return false;
  try {
    return certificate.checkPrivateKey(createPrivateKey(pem));
  } catch {
    return false;
  }
}
