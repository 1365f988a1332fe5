import { UsageError } from "../api/start-options.ts";
import { pseudonymKey, pseudonyms } from "../redaction/pseudonyms.ts";
import { redact } from "../redaction/redact.ts";
import { asItIs, type Tell } from "../redaction/tell.ts";

/** How secrets are told in what is printed: masked; with --pseudonyms by names for secrets and cards that stay the same for one data
 * folder; with --raw as they are.
 * @throws UsageError */
export function readTelling(folder: string, { raw, pseudonyms: named }: { raw?: boolean; pseudonyms?: boolean }): Tell {
  if (raw && named) throw new UsageError("--raw and --pseudonyms exclude each other.");
  if (raw) return asItIs;
  if (!named) return redact;
  const standIns = pseudonyms(pseudonymKey(folder));
  return (text) => redact(text, standIns);
}
