import { X509Certificate } from "node:crypto";
import type { Words } from "../../lib/words.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { longestPem } from "./contract.ts";

const mostCertificates = 20;
const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;

/** The certificates of a PEM text, or the one of a base64 text.
 * @throws FailureError `invalid-input` that says what is there instead: nothing, too much, a private key, damage */
export function readCertificates(text: string): X509Certificate[] {
  if (text.length > longestPem) refuse(words("pem-longer", { most: longestPem }));
  const blocks = [...text.matchAll(block)].map(([, label = "", body = ""]) => ({ label, body }));
  if (blocks.some(({ label }) => label.endsWith("PRIVATE KEY"))) {
    refuse(words("pem-private-key"));
  }
  const bodies = blocks.filter(({ label }) => label.endsWith("CERTIFICATE")).map(({ body }) => body);
  if (blocks.length === 0) bodies.push(text);
  if (bodies.length === 0) refuse(words("pem-other", { label: blocks[0]?.label ?? "" }));
  if (bodies.length > mostCertificates) refuse(words("pem-many", { most: mostCertificates }));
  return bodies.map((body, at) => {
    const der = decodeBase64(body);
    try {
      if (der) return new X509Certificate(der);
    } catch {
      // Said below.
    }
    return refuse(bodies.length === 1 ? words("pem-damaged") : words("pem-damaged-one", { number: at + 1 }));
  });
}

/** The DER of a PEM block with that label, or of a base64 text; null when it is neither. Line breaks may be missing, or be
 * written as the two characters \n. */
export function readDer(text: string, label: RegExp): Buffer | null {
  const found = [...text.matchAll(block)].find(([, name = ""]) => label.test(name));
  if (!found && text.includes("-----BEGIN")) return null;
  return decodeBase64(found?.[2] ?? text);
}

function decodeBase64(text: string): Buffer | null {
  const digits = text.replace(/\\[rn]|\s/g, "");
  if (digits === "" || !/^[A-Za-z0-9+/]+={0,2}$/.test(digits)) return null;
  return Buffer.from(digits, "base64");
}

function refuse(why: Words): never {
  throw failure("invalid-input", why);
}
