import { isUtf8 } from "node:buffer";
import type { CredentialForm } from "../station/attempts.ts";

/** What a request says of who sends it (RFC 7617). The password is bytes: OCPP allows binary keys. */
export type Basic = { user: string; password: Uint8Array; form: CredentialForm };

/** Reads an Authorization header. Null when there is none, or none of the Basic kind. */
export function readBasic(header: string | undefined): Basic | null {
  const encoded = /^basic[ \t]+([A-Za-z0-9+/_-]*={0,2})[ \t]*$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return null;
  const bytes = Buffer.from(encoded, "base64");
  const colon = bytes.indexOf(0x3a);
  const user = bytes.subarray(0, colon === -1 ? undefined : colon).toString("utf8");
  const password = colon === -1 ? new Uint8Array() : new Uint8Array(bytes.subarray(colon + 1));
  return { user, password, form: formOf(password) };
}

/** The form of a password. Hex digits for 16 bytes or more are taken for hex. */
function formOf(password: Uint8Array): CredentialForm {
  if (password.length === 0) return "empty";
  if (!isUtf8(password)) return "not-utf8";
  const text = Buffer.from(password).toString("latin1");
  return text.length >= 32 && text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text) ? "hex" : "text";
}
