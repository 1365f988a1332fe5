import { createHash } from "node:crypto";
import { failure } from "../../station/failure.ts";
import type { SecretPart } from "../../station/onward/outbox.ts";
import { words } from "../../station/phrases.ts";
import type { KeyFiles } from "../certificates/keys.ts";
import type { DestinationSecret } from "./senders/sender.ts";

/** The secrets of the destinations: in the system's key store where there is one, else files that only this user reads. */
export type DestinationSecrets = {
  /** @throws FailureError unavailable where it is sealed and cannot be opened now */
  read(name: string): Promise<DestinationSecret>;
  /** Keeps them in place of what was kept. */
  write(name: string, secret: DestinationSecret): Promise<void>;
  remove(name: string): void;
};

export function openDestinationSecrets(keys: KeyFiles): DestinationSecrets {
  return {
    async read(name) {
      try {
        const text = await keys.read(fileOf(name));
        return text === null ? {} : (JSON.parse(text) as DestinationSecret);
      } catch {
        throw failure("not-allowed", words("destination-secret-closed", { name }));
      }
    },
    async write(name, secret) {
      if (partsOf(secret).length === 0) keys.remove(fileOf(name));
      else await keys.write(fileOf(name), JSON.stringify(secret), true);
    },
    remove: (name) => keys.remove(fileOf(name)),
  };
}

/** A name that is the same for no other destination, whatever the file system takes for the same. */
function fileOf(name: string): string {
  return `outbox-${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
}

/** Which secrets there are: that much may be told. */
export function partsOf(secret: DestinationSecret): SecretPart[] {
  const parts: SecretPart[] = ["password", "sessionToken", "headers", "query", "privateKey"];
  return parts.filter((part) => secret[part] !== undefined);
}
