import { mask } from "../../lib/shown-text.ts";
import { withoutHeadSecrets } from "../../redaction/text-secrets.ts";
import { startsTls } from "../tls/client-hello.ts";

/** The start of what came, at most `limit` bytes, as base64. In what is text, credentials are masked, also where the head is cut
 * off or malformed. */
export function maskedStart(bytes: Uint8Array, limit: number): string {
  const text = Buffer.from(bytes.subarray(0, limit)).toString("latin1");
  const clean = startsTls(bytes) ? text : withoutHeadSecrets(text);
  if (clean === text) return Buffer.from(text, "latin1").toString("base64");
  // Latin-1 in, so that every byte is kept; the mask itself goes out as UTF-8.
  const parts = clean.split(mask).map((part) => Buffer.from(part, "latin1"));
  const dots = Buffer.from(mask, "utf8");
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [dots, part]))).toString("base64");
}
