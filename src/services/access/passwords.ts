import { createHmac, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { PasswordForm } from "../../station/commands.ts";
import type { PasswordHash } from "../../store/access.ts";

/** `other-form`: hex digits came where text was expected, or the other way round. `busy`: too many wait to be checked. */
export type PasswordVerdict = "right" | "other-form" | "wrong" | "busy";

export type Passwords = {
  hash(password: string, form: PasswordForm, setAt: number): Promise<PasswordHash>;
  /** Compares what was presented, byte for byte and in constant time. */
  check(stored: PasswordHash, presented: Uint8Array): Promise<PasswordVerdict>;
  /** How many digests were computed; a station that comes back with what it had costs none. */
  readonly computed: number;
};

export type PasswordOptions = { secret?: Uint8Array; atOnce?: number; mostWaiting?: number };

const cost = { N: 16_384, r: 8, p: 1 };
const digestBytes = 32;
const remembered = 1000;

/** Makes the judge of passwords. The last digest that was right, and the last that was wrong, are remembered for each password,
 * under a key of this process: a station that dials again and again costs one digest, and so does one with a wrong key. */
export function createPasswords(options: PasswordOptions = {}): Passwords {
  const { secret = randomBytes(32), atOnce = 2, mostWaiting = 64 } = options;
  const seen = new Map<string, { right?: Buffer; wrong?: Buffer }>();
  const waiting: (() => void)[] = [];
  let running = 0;
  let computed = 0;

  async function digest(bytes: Uint8Array, salt: Buffer): Promise<Buffer> {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    computed++;
    try {
      return await derive(bytes, salt);
    } finally {
      running--;
      waiting.shift()?.();
    }
  }

  function remember(salt: string, verdict: "right" | "wrong", mark: Buffer): void {
    const known = seen.get(salt);
    seen.delete(salt);
    seen.set(salt, { ...known, [verdict]: mark });
    if (seen.size > remembered) seen.delete(seen.keys().next().value ?? "");
  }

  async function matches(stored: PasswordHash, core: Uint8Array): Promise<boolean | "busy"> {
    const mark = createHmac("sha256", secret).update(stored.salt).update(core).digest();
    const known = seen.get(stored.salt);
    if (known?.right && timingSafeEqual(known.right, mark)) return true;
    if (known?.wrong && timingSafeEqual(known.wrong, mark)) return false;
    if (waiting.length >= mostWaiting) return "busy";
    const found = await digest(core, Buffer.from(stored.salt, "base64"));
    const right = timingSafeEqual(found, Buffer.from(stored.hash, "base64"));
    remember(stored.salt, right ? "right" : "wrong", mark);
    return right;
  }

  return {
    async hash(password, form, setAt) {
      const { core, layers } = peel(form === "hex" ? Buffer.from(password, "hex") : Buffer.from(password, "utf8"));
      const salt = randomBytes(16);
      const hash = await digest(core, salt);
      return { form, layers, salt: salt.toString("base64"), hash: hash.toString("base64"), setAt };
    },
    async check(stored, presented) {
      const { core, layers } = peel(presented);
      const same = await matches(stored, core);
      if (same === "busy") return "busy";
      if (!same || Math.abs(layers - stored.layers) > 1) return "wrong";
      return layers === stored.layers ? "right" : "other-form";
    },
    get computed() {
      return computed;
    },
  };
}

/** Bytes that are hex digits of others, down to those that are not. Hex digits and the bytes they stand for have one digest
 * so, and one password is checked in both its forms at the cost of one. */
function peel(bytes: Uint8Array): { core: Uint8Array; layers: number } {
  let core = bytes;
  let layers = 0;
  for (let text = hexText(core); text !== undefined; text = hexText(core)) {
    core = Buffer.from(text, "hex");
    layers++;
  }
  return { core, layers };
}

function hexText(bytes: Uint8Array): string | undefined {
  if (bytes.length < 2 || bytes.length % 2 === 1) return undefined;
  const text = Buffer.from(bytes).toString("latin1");
  return /^[0-9a-f]+$/i.test(text) ? text : undefined;
}

function derive(bytes: Uint8Array, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(bytes, salt, digestBytes, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
