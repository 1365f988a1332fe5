import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { loadX509, type X509 } from "../../lib/x509.ts";
import { checkRequest, looksLikeRequest } from "./csr.ts";

let x509: X509;
beforeAll(async () => {
  x509 = await loadX509();
});

type Names = Record<string, string[]>[];
const ec = (namedCurve: string) => ({ name: "ECDSA", namedCurve, hash: "SHA-256" });
const rsa = (modulusLength: number) => ({
  name: "RSASSA-PKCS1-v1_5",
  modulusLength,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: "SHA-256",
});

async function request(name: Names, algorithm: ReturnType<typeof ec> | ReturnType<typeof rsa> = ec("P-256")) {
  const keys = (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
  return x509.Pkcs10CertificateRequestGenerator.create({
    name,
    keys,
    signingAlgorithm: { name: algorithm.name, hash: "SHA-256" },
  });
}

/** A DER element. */
function element(tag: number, ...content: Uint8Array[]): Buffer {
  const bytes = Buffer.concat(content);
  const { length } = bytes;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), bytes]);
}

/** A request with a key that nobody has signed with. */
function requestWith(key: KeyObject): string {
  const spki = key.export({ type: "spki", format: "der" });
  const signed = element(0x30, element(0x02, Buffer.from([0])), element(0x30), spki, element(0xa0));
  const algorithm = element(0x30, element(0x06, Buffer.from("2a8648ce3d040302", "hex")));
  return element(0x30, signed, algorithm, element(0x03, Buffer.from([0, 1, 2, 3]))).toString("base64");
}

function rsaKey(bits: number): KeyObject {
  const modulus = randomBytes(Math.ceil(bits / 8));
  const top = (bits - 1) % 8;
  modulus[0] = ((modulus[0] ?? 0) & ((1 << top) - 1)) | (1 << top);
  modulus[modulus.length - 1] = (modulus.at(-1) ?? 0) | 1;
  return createPublicKey({ key: { kty: "RSA", n: modulus.toString("base64url"), e: "AQAB" }, format: "jwk" });
}

const anybody = { commonNames: null, organisation: "" };
const cp1 = { commonNames: ["CP1", "SN-77"], organisation: "" };
const mine: Names = [{ CN: ["CP1"] }, { O: ["Charge & Co"] }];

async function problem(text: string, expected: Parameters<typeof checkRequest>[2] = anybody) {
  const checked = await checkRequest(x509, text, expected);
  return checked.ok ? "ok" : checked;
}

describe("a signing request", () => {
  it("is taken as PEM, with the label of old software, without line breaks, with escaped ones, and as bare base64", async () => {
    const pem = (await request(mine)).toString("pem");
    const old = pem.replaceAll("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
    const forms = [
      pem,
      old,
      pem.replaceAll("\n", ""),
      pem.replaceAll("\n", "\\n"),
      pem.replace(/-----[^-]+-----/g, ""),
    ];
    expect(await Promise.all(forms.map((form) => problem(form, cp1)))).toEqual(forms.map(() => "ok"));
  });

  it("names the station by its identity or by its serial number", async () => {
    expect(await problem((await request([{ CN: ["SN-77"] }])).toString("pem"), cp1)).toBe("ok");
    expect(await problem((await request([{ CN: ["CP2"] }])).toString("pem"), cp1)).toEqual({
      ok: false,
      problem: "other-common-name",
      said: "CP2",
    });
  });

  it("names one station and no more", async () => {
    expect(await problem((await request([{ O: ["Charge & Co"] }])).toString("pem"), cp1)).toEqual({
      ok: false,
      problem: "no-common-name",
    });
    expect(await problem((await request([{ CN: ["CP1"] }, { CN: ["CP2"] }])).toString("pem"), cp1)).toEqual({
      ok: false,
      problem: "several-common-names",
      said: "CP1, CP2",
    });
  });

  it("names the organisation of the settings, where they have one", async () => {
    const pem = (await request(mine)).toString("pem");
    expect(await problem(pem, { ...cp1, organisation: "Charge & Co" })).toBe("ok");
    expect(await problem(pem, { ...cp1, organisation: "Other" })).toEqual({
      ok: false,
      problem: "other-organisation",
      said: "Charge & Co",
    });
  });

  it.each([
    ["ECDSA P-384", ec("P-384"), "ok"],
    ["ECDSA P-521", ec("P-521"), "ok"],
    ["RSA 2048", rsa(2048), "ok"],
    ["RSA 1024", rsa(1024), { ok: false, problem: "weak-key", said: "RSA 1024" }],
  ])("has a key that is strong enough: %s", async (_name, algorithm, expected) => {
    expect(await problem((await request(mine, algorithm)).toString("pem"), cp1)).toEqual(expected);
  });

  it.each([
    ["RSA 2047", rsaKey(2047), "weak-key"],
    ["RSA 2048", rsaKey(2048), "bad-signature"],
    ["RSA 8192", rsaKey(8192), "bad-signature"],
    ["RSA 8193", rsaKey(8193), "unknown-key"],
    ["secp256k1", generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey, "unknown-key"],
    ["ed25519", generateKeyPairSync("ed25519").publicKey, "unknown-key"],
    ["P-256", generateKeyPairSync("ec", { namedCurve: "prime256v1" }).publicKey, "bad-signature"],
  ])("has its key judged before its signature: %s", async (name, key, expected) => {
    const said = expected === "bad-signature" ? {} : { said: expect.stringContaining(name) };
    expect(await problem(requestWith(key))).toEqual({ ok: false, problem: expected, ...said });
  });

  it("proves that its sender has the key", async () => {
    const der = Buffer.from((await request(mine)).rawData);
    const at = der.indexOf(Buffer.from("CP1"));
    der.write("CP9", at);
    expect(await problem(der.toString("base64"))).toEqual({ ok: false, problem: "bad-signature" });
  });

  it("is refused when it is long, before it is read", async () => {
    expect(await problem("A".repeat(16_385))).toEqual({ ok: false, problem: "too-long", said: "16385" });
  });

  it.each([
    ["nothing", ""],
    ["words", "hello"],
    ["a certificate's label", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----"],
    ["an empty block", "-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----"],
    ["an empty sequence", "MAA="],
    ["six thousand nested sequences", Buffer.from("3080".repeat(6000), "hex").toString("base64")],
    ["a length beyond the end", Buffer.from("3084ffffffff", "hex").toString("base64")],
  ])("is refused as unreadable when it is %s", async (_name, text) => {
    expect(await problem(text)).toEqual({ ok: false, problem: "unreadable" });
    expect(looksLikeRequest(text)).toBe(false);
  });

  it("is told from others at sight", async () => {
    const der = Buffer.from((await request(mine)).rawData);
    const base64 = der.toString("base64");
    const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${base64}\n-----END CERTIFICATE REQUEST-----\n`;
    expect(
      [base64, pem, der.subarray(1).toString("base64"), `${base64.slice(0, -8)}AAAA`].map(looksLikeRequest),
    ).toEqual([true, true, false, false]);
  });

  it("is told by its form alone: a sequence of two sequences and a bit string, to its end", () => {
    const [inner, bits] = [element(0x30), element(0x03, Buffer.from([0]))];
    const forms: [Buffer, boolean][] = [
      [element(0x30, inner, inner, bits), true],
      [element(0x31, inner, inner, bits), false],
      [element(0x30, inner, bits), false],
      [element(0x30, inner, inner, bits, bits), false],
      [element(0x30, inner, bits, inner), false],
      [element(0x30, bits, inner, bits), false],
      [Buffer.concat([element(0x30, inner, inner, bits), Buffer.from([0])]), false],
      [element(0x30, inner, inner, Buffer.from([0x03, 2, 0])), false],
      [element(0x30, inner, inner, Buffer.from([0x03])), false],
      [element(0x30, inner, inner, Buffer.from([0x03, 0x80])), false],
      [element(0x30, inner, inner, element(0x03, Buffer.alloc(127))), true],
      [element(0x30, inner, inner, element(0x03, Buffer.alloc(128))), true],
      [element(0x30, inner, inner, element(0x03, Buffer.alloc(300))), true],
      [element(0x30, inner, inner, Buffer.from([0x03, 0x83, 0, 0, 1, 0])), true],
      [element(0x30, inner, inner, Buffer.from([0x03, 0x84, 0, 0, 0, 1, 0])), false],
    ];
    expect(forms.map(([der]) => looksLikeRequest(der.toString("base64")))).toEqual(forms.map(([, is]) => is));
    // The longest that is taken, and one character more.
    const longest = element(0x30, inner, inner, element(0x03, Buffer.alloc(12_288 - 12))).toString("base64");
    expect([longest.length, looksLikeRequest(longest), looksLikeRequest(`${longest}\n`)]).toEqual([
      16_384,
      true,
      false,
    ]);
  });

  it("that is damaged anywhere in what is signed is refused, and nothing is thrown", async () => {
    const der = Buffer.from((await request(mine)).rawData);
    // PKCS#10: SEQUENCE { SEQUENCE what is signed, ... }; each of more than 127 and less than 256 bytes.
    expect([der[1], der[3], der[4]]).toEqual([0x81, 0x30, 0x81]);
    const place = fc.integer({ min: 3, max: 5 + (der[5] ?? 0) });
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const damaged = Buffer.from(der);
        damaged[at] = (damaged[at] ?? 0) ^ by;
        expect(await problem(damaged.toString("base64"), cp1)).not.toBe("ok");
      }),
      { numRuns: 300 },
    );
  });
});
