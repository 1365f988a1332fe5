/** The one list of what is secret, by its name; letter case and separators aside. OCPP 1.6 security whitepaper: AuthorizationKey.
 * 2.x: BasicAuthPassword (SecurityCtrlr), and of SetNetworkProfile basicAuthPassword, apnPassword, simPin and the key and password of its
 * vpn. The rest is what vendors name so: WifiPSK, api_key, G_CardPin, ftpPass. */
const parts =
  "authori[sz]ationkey|passw|passphrase|passcode|pwd|secret|psk|(?:private|api|access|preshared|shared|encryption|network|wifi|wlan|wpa|wep|vpn|ipsec|hmac)key|(?:access|auth|bearer|refresh|session|security|api)token|pincode";
const partOfName = new RegExp(parts, "i");
const wholeName =
  /^(?:(?:proxy)?authorization|(?:set)?cookie|pass|(?:user|ftp|sftp|http|wifi|admin|login|mail|smtp|db|apn|auth|basic)pass|jwt)$/i;
/** Pins and the like, as the last word of a name: CardPin, sim_pin, PIN; G_Authentication is a vendor's word for one. */
const lastWord = /(?:^|[^A-Za-z])pin$|Pin$|PIN$|_[Aa]uthentication$/;

/** Some sign of every secret name, and of escapes that one may be written in; in small letters, as a look without regard to their case
 * takes a third longer. */
const sign =
  /pass|pwd|secret|psk|key|(?<=[a-z][\W_]{0,2})token|pin|credential|authori|authentication|cookie|jwt|vpn|\\u/;

/** False where no secret is named, told in one look: most texts name none. */
export function mayNameSecret(text: string): boolean {
  return sign.test(text.toLowerCase());
}

/** Names are read to this length: whoever sends a longer one has no setting in mind. */
const longestName = 200;

/** True for the name of a field or setting whose value nobody may read over a shoulder, or in what leaves the laptop. */
export function isSecretName(name: string | undefined): boolean {
  if (name === undefined) return false;
  const short = name.slice(0, longestName);
  const letters = short.replace(/[^A-Za-z0-9]/g, "");
  return partOfName.test(letters) || wholeName.test(letters) || lastWord.test(short);
}

/** True for the name of a parameter of a URL: signatures let in whoever has the address (S3, Azure, Google). */
export function isSecretParameter(name: string): boolean {
  return /passw|pwd|pass$|token|secret|key|auth|(?:^|[-_.])sig(?:nature)?$|credential|session|jwt|pin$/i.test(name);
}

/** True for the name of a header: those of HTTP, and what looks like one. */
export function isSecretHeader(name: string): boolean {
  return /authorization|password|secret|token|api-?key|cookie/i.test(name);
}
