import { webcrypto } from "node:crypto";

export type X509 = typeof import("@peculiar/x509");

/** Loads what writes and reads certificates: 150 ms of work, so never before it is needed. */
export async function loadX509(): Promise<X509> {
  // Its decorators need this first.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(webcrypto);
  return x509;
}
