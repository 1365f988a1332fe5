import type { Words } from "../../lib/words.ts";
import { whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";

/** What Node calls it when the other end is gone: codes of errors, and the message of one that has none. */
const gone = /^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE|aborted)$/;

/** Why an upload broke off. */
export function whyBroken(error: unknown): Words {
  if (error instanceof Error && (gone.test(error.message) || gone.test(String((error as { code?: unknown }).code))))
    return words("upload-cut");
  return whyOf(error);
}

/** Alerts of TLS that are about the certificate that we show (RFC 8446 6.2, RFC 5246 7.2.2); 40 comes after all else was agreed on. */
const aboutCertificate = new Set([40, 42, 43, 44, 45, 46, 49, 51]);
const unknownCa = 48;

/** Why TLS did not come about, by what the library says. */
export function whyNoTls(error: unknown): Words {
  const said = error instanceof Error ? error.message : String(error);
  const alert = Number(/alert number (\d+)/i.exec(said)?.[1] ?? Number.NaN);
  if (alert === unknownCa) return words("tls-unknown-ca");
  if (aboutCertificate.has(alert)) return words("tls-certificate-refused");
  const broken = whyBroken(error);
  return broken.phrase === "upload-cut"
    ? words("tls-left")
    : words("tls-library", { error: said.trim().slice(0, 200) });
}
