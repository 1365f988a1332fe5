import type { Words } from "../../../lib/words.ts";
import { words } from "../../../station/phrases.ts";

/** What ssh2 says of a negotiation that came to nothing, and what SSH calls that part (RFC 4253, 7.1). */
const parts: readonly (readonly [RegExp, string])[] = [
  [/key exchange/, "kex_algorithms"],
  [/host key/, "server_host_key_algorithms"],
  [/cipher/, "encryption_algorithms"],
  [/MAC/, "mac_algorithms"],
  [/compress/, "compression_algorithms"],
];

/** What of SSH two ends have nothing of in common, by the error of ssh2; null where it tells of something else. */
export function disagreement({ message, level }: Error & { level?: string }): Words | null {
  if (level !== "handshake" || !/no matching/i.test(message)) return null;
  const what = parts.find(([pattern]) => pattern.test(message))?.[1] ?? message;
  return words("ssh-none-in-common", { what });
}
