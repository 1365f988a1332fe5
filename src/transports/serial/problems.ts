import { userInfo } from "node:os";
import type { FailureError } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";

/** What the system needs to know for a cure. */
export type PortSystem = {
  platform: NodeJS.Platform;
  /** The group that has the port, where it is known. */
  group?: string;
  /** The program that has it, where it is known. */
  heldBy?: string;
  /** We have it ourselves. */
  ours?: boolean;
};

/** Why a port cannot be opened, with what to do. What the library says differs from system to system. */
export function openingFailure(port: string, error: unknown, system: PortSystem): FailureError {
  const text = error instanceof Error ? error.message : String(error);
  return failure("unavailable", openingWords(port, text, system));
}

function openingWords(port: string, text: string, system: PortSystem): Words {
  const busy = /cannot lock port|resource busy|EBUSY|temporarily unavailable/i;
  // Windows says that of a port that another program has.
  if (busy.test(text) || (system.platform === "win32" && /access denied/i.test(text))) return busyWords(port, system);
  if (/permission denied|EACCES|EPERM|access denied/i.test(text)) return deniedWords(port, system);
  if (/no such file|file not found|ENOENT|ENXIO|no such device/i.test(text)) return words("port-missing", { port });
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/.test(text))
    return words("port-unreachable", { port, error: text });
  if (/not a terminal|inappropriate ioctl|is a directory|EISDIR|ENOTTY/i.test(text))
    return words("port-none", { port });
  if (/baud|invalid|error code (?:87|31)\b/i.test(text)) return words("port-settings", { port, error: text });
  return words("port-failed", { port, error: text });
}

function busyWords(port: string, { heldBy, ours }: PortSystem): Words {
  if (ours) return words("port-own", { port });
  return heldBy ? words("port-busy-by", { port, program: heldBy }) : words("port-busy", { port });
}

/** This user may not use it, and what lets them. */
export function deniedWords(port: string, { platform, group }: PortSystem): Words {
  if (platform === "darwin") return words("port-denied", { port, cure: words("cure-denied-mac") });
  if (platform === "win32") return words("port-denied", { port, cure: words("cure-denied-windows") });
  const cure =
    group && group !== "root"
      ? words("cure-denied-group", { group, user: userName() })
      : words("cure-denied-rule", { rule: 'SUBSYSTEM=="tty", GROUP="dialout", MODE="0660"' });
  return words("port-denied", { port, cure });
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "$USER";
  }
}
