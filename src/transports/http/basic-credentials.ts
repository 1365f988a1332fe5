import { isUtf8 } from "node:buffer";
import type { CredentialForm } from "../../station/attempts.ts";

/** What a request says of who sends it (RFC 7617). The password is bytes: OCPP allows binary keys.
 * `unreadable`: what was sent instead of user name, colon and password in base64. */
export type Basic = {
  user: string;
  password: Uint8Array;
  form: CredentialForm;
  unreadable?: "scheme" | "base64" | "colon";
};

/** Reads an Authorization header. Null when there is none. What is no Basic is given without a word of it: it may be a secret. */
export function readBasic(header: string | undefined): Basic | null {
  if (header === undefined) return null;
  const encoded = /^basic(?:[ \t]+(.*))?$/i.exec(header.trim());
  if (!encoded) return unreadable("scheme");
  const [, text = ""] = encoded;
  if (text === "" || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return unreadable("base64");
  const bytes = Buffer.from(text, "base64");
  const colon = bytes.indexOf(0x3a);
  if (colon === -1) return unreadable("colon");
  const password = new Uint8Array(bytes.subarray(colon + 1));
  return { user: bytes.subarray(0, colon).toString("utf8"), password, form: formOf(password) };
}

/** The user name as it may be told: where the two were exchanged it is the password. */
export function shownUser({ user, password }: Pick<Basic, "user" | "password">, identity: string): string {
  return user !== identity && Buffer.from(password).toString("utf8") === identity ? "•••" : user;
}

function unreadable(why: NonNullable<Basic["unreadable"]>): Basic {
  return { user: "", password: new Uint8Array(), form: "unreadable", unreadable: why };
}

/** The form of a password. Hex digits for 16 bytes or more are taken for hex. */
function formOf(password: Uint8Array): CredentialForm {
  if (password.length === 0) return "empty";
  if (!isUtf8(password)) return "not-utf8";
  const text = Buffer.from(password).toString("latin1");
  return text.length >= 32 && text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text) ? "hex" : "text";
}
