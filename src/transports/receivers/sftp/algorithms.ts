import { getCiphers } from "node:crypto";
import type { CipherAlgorithm, ServerConfig } from "ssh2";

/** Old ciphers by what they are called in SSH and in OpenSSL. */
const oldCiphers: readonly (readonly [CipherAlgorithm, string])[] = [
  ["aes128-cbc", "aes-128-cbc"],
  ["aes256-cbc", "aes-256-cbc"],
  ["3des-cbc", "des-ede3-cbc"],
];

/** What is offered beside what is good: stations are old, and what protects their upload is a login of its own, for once. */
export function algorithms(): NonNullable<ServerConfig["algorithms"]> {
  const known = new Set(getCiphers());
  return {
    kex: {
      append: ["diffie-hellman-group-exchange-sha1", "diffie-hellman-group14-sha1", "diffie-hellman-group1-sha1"],
      prepend: [],
      remove: [],
    },
    cipher: {
      append: oldCiphers.filter(([, cipher]) => known.has(cipher)).map(([name]) => name),
      prepend: [],
      // OpenSSH wants it most, and in JavaScript it costs three times the processor of the others, which all have.
      remove: ["chacha20-poly1305@openssh.com"],
    },
    hmac: { append: ["hmac-sha1-96", "hmac-md5"], prepend: [], remove: [] },
    // What is unpacked could be many times what came.
    compress: ["none"],
  };
}
