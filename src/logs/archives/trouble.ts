import { FailureError } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import { whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { DamagedError } from "./damaged.ts";

/** Why an archive cannot be read further, in words.
 * @param format as it is called */
export function troubleOf(error: unknown, format: string): Words {
  if (error instanceof FailureError) return whyOf(error);
  if (error instanceof DamagedError) return words(error.why === "cut" ? "log-cut" : "log-damaged", { format });
  const { code } = error as NodeJS.ErrnoException;
  if (code === "Z_BUF_ERROR") return words("log-cut", { format });
  if (/^(?:Z_|ZSTD_)/.test(code ?? "")) return words("log-damaged", { format });
  return whyOf(error);
}
