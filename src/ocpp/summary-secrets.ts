/** What stands in the place of a secret. */
export const mask = "•••";

const secretName = /authorization_?key|passw|passphrase|secret|psk|private_?key|api_?key/i;
const secretPair = new RegExp(
  `("?\\w*(?:${secretName.source})\\w*"?\\s*[:=]\\s*)("(?:[^"\\\\]|\\\\.)*"?|[^\\s,;&}]+)`,
  "gi",
);

/** True for the name of a setting whose value nobody may read over a shoulder, e.g. AuthorizationKey (1.6 security
 * whitepaper) or BasicAuthPassword (2.x SecurityCtrlr). */
export function isSecretName(name: string | undefined): boolean {
  return name !== undefined && secretName.test(name);
}

/** A text without the passwords in it: those of addresses (ftp://user:password@host) and of name-value pairs. */
export function withoutSecrets(value: string): string {
  const addresses = value.includes("@") ? value.replace(/(:\/\/[^/\s:@]*):[^/\s]*@/g, `$1:${mask}@`) : value;
  return secretName.test(addresses) ? addresses.replace(secretPair, `$1${mask}`) : addresses;
}
