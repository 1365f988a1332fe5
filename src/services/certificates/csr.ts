import { createPublicKey } from "node:crypto";
import type { X509 } from "../../lib/x509.ts";
import type { RequestProblem } from "./contract.ts";
import { readDer } from "./pem.ts";
import { keyWord } from "./views.ts";

type Pkcs10 = InstanceType<X509["Pkcs10CertificateRequest"]>;

/** `request` is there as far as it could be read. */
export type CheckedRequest =
  | { ok: true; request: Pkcs10; commonName: string }
  | { ok: false; problem: RequestProblem; said?: string };

/** Whose request it must be; null: anybody's. An empty organisation: any. */
export type Expected = { commonNames: readonly string[] | null; organisation: string };

/** OCPP takes 5,500 characters; some stations send more. */
export const longestRequest = 16_384;
const requestLabel = /^(NEW )?CERTIFICATE REQUEST$/;
const curves = new Set(["prime256v1", "secp384r1", "secp521r1"]);
const leastRsaBits = 2048;
/** Beyond this a signature takes long to check. */
const mostRsaBits = 8192;

/** Reads and checks a signing request, PKCS#10 in PEM or base64 (security whitepaper, A02; 2.0.1 A00.FR.501 and on): size, key,
 * proof that the sender has the key, names. */
export async function checkRequest(x509: X509, text: string, expected: Expected): Promise<CheckedRequest> {
  if (text.length > longestRequest) return { ok: false, problem: "too-long", said: String(text.length) };
  const der = readDer(text, requestLabel);
  if (!der) return { ok: false, problem: "unreadable" };
  let request: Pkcs10;
  let keyProblem: CheckedRequest | null;
  try {
    request = new x509.Pkcs10CertificateRequest(der);
    // The key goes first: a signature under a huge key is work for minutes.
    keyProblem = judgeKey(Buffer.from(request.publicKey.rawData));
  } catch {
    return { ok: false, problem: "unreadable" };
  }
  if (keyProblem) return keyProblem;
  if (!(await request.verify().catch(() => false))) return { ok: false, problem: "bad-signature" };
  return judgeNames(request, expected);
}

/** Whether a text is a signing request by its form: PEM or base64, not too long, of a SEQUENCE of three (RFC 2986, 4.2). Quick: it is
 * asked before the answer to it. */
export function looksLikeRequest(text: string): boolean {
  if (text.length > longestRequest) return false;
  const der = readDer(text, requestLabel);
  const outer = der && readElement(der, 0);
  if (!der || outer?.tag !== sequence || outer.end !== der.length) return false;
  const tags: number[] = [];
  for (let at = outer.start; at < outer.end; ) {
    const part = readElement(der, at);
    if (!part || part.end > outer.end) return false;
    tags.push(part.tag);
    at = part.end;
  }
  return tags.length === 3 && tags.every((tag, at) => tag === [sequence, sequence, bitString][at]);
}

const sequence = 0x30;
const bitString = 0x03;

/** A DER element: its tag, and where its content starts and ends; null where the bytes do not make one. */
function readElement(der: Uint8Array, at: number): { tag: number; start: number; end: number } | null {
  const [tag, first] = [der[at], der[at + 1]];
  if (tag === undefined || first === undefined) return null;
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  const more = first & 0x7f;
  if (more === 0 || more > 3) return null;
  let length = 0;
  for (let byte = 0; byte < more; byte++) length = length * 256 + (der[at + 2 + byte] ?? 0);
  return { tag, start: at + 2 + more, end: at + 2 + more + length };
}

function judgeKey(spki: Buffer): CheckedRequest | null {
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  const said = keyWord(key);
  if (key.asymmetricKeyType === "ec") {
    return curves.has(key.asymmetricKeyDetails?.namedCurve ?? "") ? null : { ok: false, problem: "unknown-key", said };
  }
  if (key.asymmetricKeyType !== "rsa") return { ok: false, problem: "unknown-key", said };
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < leastRsaBits) return { ok: false, problem: "weak-key", said };
  return bits > mostRsaBits ? { ok: false, problem: "unknown-key", said } : null;
}

function judgeNames(request: Pkcs10, { commonNames, organisation }: Expected): CheckedRequest {
  const [commonName, ...others] = request.subjectName.getField("CN");
  if (!commonName) return { ok: false, problem: "no-common-name" };
  if (others.length > 0)
    return { ok: false, problem: "several-common-names", said: [commonName, ...others].join(", ") };
  if (commonNames && !commonNames.includes(commonName)) {
    return { ok: false, problem: "other-common-name", said: commonName };
  }
  const [said = ""] = request.subjectName.getField("O");
  if (organisation !== "" && said !== organisation) return { ok: false, problem: "other-organisation", said };
  return { ok: true, request, commonName };
}
