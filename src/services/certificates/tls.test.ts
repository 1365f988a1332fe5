import { beforeAll, expect, test, vi } from "vitest";
import { loadX509 } from "../../lib/x509.ts";
import { issueRoot, issueServer } from "./issue.ts";
import { isOffered, missingVersions, type ServerIdentity, tlsOptions } from "./tls.ts";
import { pemOf } from "./views.ts";

const ends = vi.hoisted(() => [] as { destroyed: boolean }[]);
vi.mock("node:stream", async (original) => {
  const stream = await original<typeof import("node:stream")>();
  const duplexPair: typeof stream.duplexPair = (options) => {
    const pair = stream.duplexPair(options);
    ends.push(...pair);
    return pair;
  };
  return { ...stream, duplexPair };
});

let identity: ServerIdentity;
beforeAll(async () => {
  const x509 = await loadX509();
  const root = await issueRoot(x509, "ec", Date.now());
  const issuer = { kind: "ec" as const, ...root };
  const server = await issueServer(x509, issuer, "host", { dns: ["host"], ip: [] }, Date.now());
  identity = { ...server, root: root.certificate };
});

const modern = [
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "AES128-GCM-SHA256",
  "AES256-GCM-SHA384",
];
const old = [
  "ECDHE-ECDSA-AES128-SHA256",
  "ECDHE-RSA-AES128-SHA256",
  "AES128-SHA256",
  "ECDHE-ECDSA-AES128-SHA",
  "ECDHE-ECDSA-AES256-SHA",
  "ECDHE-RSA-AES128-SHA",
  "ECDHE-RSA-AES256-SHA",
  "AES128-SHA",
  "AES256-SHA",
];

test("TLS 1.2 and 1.3 are spoken with the ciphers that OCPP demands; a client certificate is asked for and judged later", () => {
  const { root } = identity;
  expect(tlsOptions([identity], [root, root], false)).toEqual({
    cert: [pemOf(identity.certificate) + pemOf(root)],
    key: [identity.key],
    ca: [pemOf(root)],
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: "TLSv1.2",
    maxVersion: "TLSv1.3",
    ciphers: modern.join(":"),
    honorCipherOrder: true,
    secureOptions: 0x4000,
  });
});

test("old TLS has the older ciphers behind the others, where the runtime takes them", async () => {
  const options = tlsOptions([identity], [], true);
  expect([options.minVersion, options.maxVersion]).toEqual(["TLSv1", "TLSv1.3"]);
  expect(options.ciphers).toBe(`${[...modern, ...old].join(":")}:@SECLEVEL=0`);
  expect(await missingVersions(options)).toEqual([]);
  expect(await missingVersions(tlsOptions([identity], [], false))).toEqual(["TLSv1", "TLSv1.1"]);
  expect(ends.map(({ destroyed }) => destroyed)).toEqual(Array(8).fill(true));
});

test("what the runtime does not take at all is known before it is offered", () => {
  expect(isOffered(tlsOptions([identity], [], false))).toBe(true);
  expect(isOffered({ ...tlsOptions([identity], [], false), key: ["no key"] })).toBe(false);
});
