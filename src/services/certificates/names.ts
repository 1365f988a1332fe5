import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { LocalAddress } from "../../transports/addresses.ts";
import { asNames } from "./issue.ts";

/** What a server certificate is for. `common`: what stations are most likely to call us by. */
export type ServerNames = { common: string; dns: string[]; ip: string[] };

/** Every name and address that this machine is called by, and those added by hand.
 * @param hostName as the system says it; what cannot stand in a certificate is left out */
export function serverNames(
  hostName: string,
  addresses: readonly LocalAddress[],
  added: readonly string[],
): ServerNames {
  const host = hostName.toLowerCase();
  const isName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host) && isIP(host) === 0;
  const short = host.split(".", 1)[0] ?? "";
  const dns = ["localhost", ...(isName ? [host, `${short}.local`] : [])];
  // A zone is this machine's own word for one of its networks.
  const ip = addresses.map(({ address }) => address.split("%", 1)[0] ?? "");
  for (const name of added) (isIP(name) ? ip : dns).push(name.toLowerCase());
  const usable = addresses.find(({ kind, linkLocal }) => kind !== "loopback" && kind !== "virtual" && !linkLocal);
  const common = usable?.address ?? (isName ? host : "localhost");
  return {
    common: common.slice(0, 64),
    dns: [...new Set(dns)].sort(),
    ip: [...new Set([...ip, "127.0.0.1", "::1"])].sort(),
  };
}

/** Time left when a certificate is made anew. */
const renewBeforeMs = 30 * 86_400_000;

/** Why a server certificate will not do, or null.
 * @param root that signs now */
export function whyRenew(
  certificate: X509Certificate,
  root: X509Certificate,
  names: ServerNames,
  now: number,
): string | null {
  if (!certificate.checkIssued(root) || !certificate.verify(root.publicKey)) return "another root signs now";
  if (now < certificate.validFromDate.getTime()) return "it is not valid yet by the laptop's clock";
  if (now > certificate.validToDate.getTime() - renewBeforeMs) return "it ends soon";
  const missing = [
    ...[...names.dns, ...asNames(names.ip)].filter((name) => certificate.checkHost(name) === undefined),
    ...names.ip.filter((address) => certificate.checkIP(address) === undefined),
  ];
  return missing.length > 0 ? `it does not name ${missing.join(", ")}` : null;
}
