import { createPrivateKey, generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import type { KeyFiles } from "./keys.ts";

const generate = promisify(generateKeyPair);

/** Of each kind one, as SSH knows them: old stations know RSA alone. PKCS#1 and SEC1 are what ssh2 reads. */
const kinds = {
  "ssh-host-ec": async () =>
    (await generate("ec", { namedCurve: "P-256" })).privateKey.export({ type: "sec1", format: "pem" }),
  "ssh-host-rsa": async () =>
    (await generate("rsa", { modulusLength: 2048 })).privateKey.export({ type: "pkcs1", format: "pem" }),
};

/** Our private keys for SSH, PEM, made and kept at the first need: a station that has seen one wants to see the same again. Not
 * sealed, as the server's key for TLS is not: they prove no more than the port they are used on. */
export async function hostKeys(keys: Pick<KeyFiles, "read" | "write">): Promise<string[]> {
  const found: string[] = [];
  for (const [name, make] of Object.entries(kinds)) {
    const kept = await keys.read(name);
    const pem = kept !== null && isKey(kept) ? kept : String(await make());
    if (pem !== kept) await keys.write(name, pem, false);
    found.push(pem);
  }
  return found;
}

function isKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).type === "private";
  } catch {
    return false;
  }
}
