import { FailureError } from "../../../../lib/contract.ts";
import { shownText } from "../../../../lib/shown-text.ts";
import { cutText } from "../../../../lib/text.ts";
import type { Words } from "../../../../lib/words.ts";
import { redact } from "../../../../redaction/redact.ts";
import { failure } from "../../../../station/failure.ts";
import { words } from "../../../../station/phrases.ts";
import type { Answer } from "./answer.ts";

type SystemError = Error & { code?: string; errors?: { code?: string }[] };

/** How a connection fails, by the code that the system or the TLS library gives. */
const byCode: Record<
  string,
  "name" | "refused" | "no-way" | "silent" | "blocked" | "unknown" | "expired" | "other-name"
> = {
  ENOTFOUND: "name",
  EAI_AGAIN: "name",
  EAI_NONAME: "name",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "no-way",
  EHOSTDOWN: "no-way",
  ENETUNREACH: "no-way",
  ENETDOWN: "no-way",
  EADDRNOTAVAIL: "no-way",
  ETIMEDOUT: "silent",
  EACCES: "blocked",
  EPERM: "blocked",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "unknown",
  UNABLE_TO_GET_ISSUER_CERT: "unknown",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "unknown",
  SELF_SIGNED_CERT_IN_CHAIN: "unknown",
  DEPTH_ZERO_SELF_SIGNED_CERT: "unknown",
  CERT_UNTRUSTED: "unknown",
  CERT_HAS_EXPIRED: "expired",
  CERT_NOT_YET_VALID: "expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "other-name",
};

/** Why nothing came back from a place. */
export function awayFailure(place: { host: string }, error: SystemError): FailureError {
  return error instanceof FailureError ? error : failure("unavailable", awayWords(place.host, error));
}

function awayWords(host: string, error: SystemError): Words {
  const code = error.code ?? error.errors?.[0]?.code ?? "";
  const said = whatItSays(error.message || code);
  switch (Object.hasOwn(byCode, code) ? byCode[code] : undefined) {
    case "name":
      return words("away-name", { host });
    case "refused":
      return words("away-refused", { host });
    case "no-way":
      return words("away-no-way", { host });
    case "silent":
      return words("away-silent", { host });
    case "blocked":
      return words("away-blocked", { host });
    case "unknown":
      return words("away-certificate-unknown", { host });
    case "expired":
      return words("away-certificate-expired", { host, error: said, now: new Date().toISOString() });
    case "other-name":
      return words("away-certificate-name", { host, error: said });
  }
  if (/^ERR_(?:SSL|TLS|OSSL)|^EPROTO/.test(code)) return words("away-tls", { host, error: said });
  if (code.startsWith("HPE_")) return words("away-no-http", { host, error: said });
  return words("away-broken", { host, error: said });
}

/** Nothing passed for so long. */
export function silentFailure({ host }: { host: string }, ms: number): FailureError {
  return failure("unavailable", words("away-still", { host, seconds: ms / 1000 }));
}

/** What an answer means that is no success. */
export function statusFailure(place: { host: string }, { status, headers, text }: Answer): FailureError {
  const { host } = place;
  if (status === 401) return failure("not-allowed", words("away-credentials", { host, status }));
  if (status === 403) return failure("not-allowed", words("away-permission", { host, said: whatItSays(text) }));
  if (status === 404 || status === 410) return failure("not-allowed", words("away-no-place", { host, status }));
  if (status === 413) return failure("not-allowed", words("away-too-large", { host }));
  if (status === 507) return failure("unavailable", words("away-full", { host, status }));
  if (status === 429 || status === 503) return failure("unavailable", words("away-busy", { host, status }));
  if (status >= 300 && status < 400)
    return failure("not-allowed", words("away-moved", { host, to: whatItSays(headers.location ?? "?") }));
  return failure("unavailable", words("away-answers", { host, status, said: whatItSays(text) }));
}

/** A text of the other end as one short line without secrets. */
export function whatItSays(text: string): string {
  const plain = text
    .slice(0, 4000)
    .replace(/<(style|script)\b[\s\S]*?(?:<\/\1[^>]*>|$)|<[^>]*>/gi, " ")
    .replace(/\s+/g, " ")
    .trim();
  return cutText(shownText(redact(plain)), 200);
}
