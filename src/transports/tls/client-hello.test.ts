import { describe, expect, it } from "vitest";
import { words } from "../../station/phrases.ts";
import { maxHelloBytes, readClientHello, startsTls } from "./client-hello.ts";

const number = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, at) => (value >> (8 * (bytes - 1 - at))) & 255);
const vector = (bytes: number, content: number[]) => [...number(content.length, bytes), ...content];
const extension = (type: number, content: number[]) => [...number(type, 2), ...vector(2, content)];
const ascii = (text: string) => [...Buffer.from(text)];

const suites = [0x0a0a, 0xc02f, 0x002f].flatMap((suite) => number(suite, 2));
const serverName = (name: string, type = 0) => extension(0, vector(2, [type, ...vector(2, ascii(name))]));
const protocols = (...names: number[][]) =>
  extension(
    16,
    vector(
      2,
      names.flatMap((name) => vector(1, name)),
    ),
  );
const versions = (...all: number[]) =>
  extension(
    43,
    vector(
      1,
      all.flatMap((version) => number(version, 2)),
    ),
  );

function body({ version = 0x0303, extensions = [] as number[][], ciphers = suites, clock = 3600 } = {}): number[] {
  const random = [...number(clock, 4), ...Array(28).fill(7)];
  const start = [...number(version, 2), ...random, ...vector(1, [1, 2]), ...vector(2, ciphers), ...vector(1, [0])];
  return [...start, ...vector(2, extensions.flat())];
}
/** A hello in records of at most so many bytes. */
function hello(of: number[], longest = 16_384, kind = 1): Uint8Array {
  const message = [kind, ...vector(3, of)];
  const records: number[] = [];
  for (let at = 0; at < message.length; at += longest) {
    records.push(22, 3, 1, ...vector(2, message.slice(at, at + longest)));
  }
  return Uint8Array.from(records);
}
const old = (ciphers: number[], { specs = ciphers.length, more = 0 } = {}) => {
  const inner = [
    1,
    ...number(0x0301, 2),
    ...number(specs, 2),
    ...number(0, 2),
    ...number(16, 2),
    ...ciphers,
    ...Array(16).fill(0),
  ];
  return Uint8Array.from([...number(0x8000 | (inner.length + more), 2), ...inner]);
};

describe("a ClientHello", () => {
  it("tells what the client offers, and a clock that was never set", () => {
    expect(readClientHello(hello(body()))).toEqual({
      state: "done",
      hello: {
        versions: ["TLSv1.2"],
        ciphers: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA"],
        alpn: [],
        clock: "1970-01-01T01:00:00.000Z",
      },
    });
  });

  it("is told as far as it goes where an extension, or all of them, are cut off", () => {
    const told = (of: number[]) => readClientHello(hello(of)) as { hello: object };
    const ciphers = ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA"];
    const rest = { ciphers, alpn: [], clock: "1970-01-01T01:00:00.000Z" };
    expect(told(body().slice(0, -2)).hello).toEqual({ versions: ["TLSv1.2"], ...rest });
    expect(told(body({ extensions: [extension(0, vector(2, [0]))] })).hello).toEqual({
      versions: ["TLSv1.2"],
      ...rest,
    });
    expect(told(body({ extensions: [extension(43, [])] })).hello).toEqual({ versions: [], ...rest });
  });

  it.each([
    [0, undefined],
    [1, "1970-01-01T00:00:01.000Z"],
    [30 * 86_400 - 1, "1970-01-30T23:59:59.000Z"],
    [30 * 86_400, undefined],
    [0xfff, "1970-01-01T01:08:15.000Z"],
    [1_780_000_000, undefined],
  ])("that begins with %i has a clock of %s", (clock, told) => {
    const { hello: read } = readClientHello(hello(body({ clock }))) as { hello: { clock?: string } };
    expect(read.clock).toBe(told);
  });

  it("tells the name that was called, the protocols, and the versions without those that mean nothing", () => {
    const extensions = [
      serverName("csms.local"),
      protocols([0x0a, 0x0a], ascii("http/1.1")),
      versions(0x1a1a, 0x0304, 0x0303),
    ];
    expect(readClientHello(hello(body({ extensions })))).toMatchObject({
      hello: { versions: ["TLSv1.3", "TLSv1.2"], sni: "csms.local", alpn: ["http/1.1"] },
    });
    const { hello: told } = readClientHello(hello(body({ extensions }))) as { hello: object };
    expect(told).not.toHaveProperty("clock");
  });

  it.each([
    [0x0300, "SSLv3"],
    [0x0301, "TLSv1.0"],
    [0x0302, "TLSv1.1"],
    [0x0305, "0x0305"],
    [0x0002, "SSLv2"],
  ])("of the version %i is of %s", (version, name) => {
    expect(readClientHello(hello(body({ version })))).toMatchObject({ hello: { versions: [name] } });
  });

  it("tells no name of another kind, and none with what cannot be printed", () => {
    expect(readClientHello(hello(body({ extensions: [serverName("x", 1)] })))).toMatchObject({
      hello: { sni: undefined },
    });
    expect(readClientHello(hello(body({ extensions: [serverName("a\u0007b")] })))).toHaveProperty("hello.sni", "a?b");
  });

  it("is the same split over records, and of each beginning says how much it needs", () => {
    const whole = readClientHello(hello(body()));
    const split = hello(body(), 20);
    expect(readClientHello(split)).toEqual(whole);
    expect(readClientHello(new Uint8Array())).toEqual({ state: "more", need: 1 });
    expect([1, 5, 24].map((length) => readClientHello(split.subarray(0, length)))).toEqual([
      { state: "more", need: 5 },
      { state: "more", need: 25 },
      { state: "more", need: 25 },
    ]);
    for (let length = 1; length < split.length; length++) {
      expect(readClientHello(split.subarray(0, length)).state).toBe("more");
    }
  });

  it.each([
    ["hello-no-handshake", [...hello(body(), 20).subarray(0, 25), 23]],
    ["hello-other-version", [22, 2]],
    ["hello-empty", [22, 3, 1, 0, 0]],
    ["hello-other", hello(body(), 16_384, 2)],
    ["hello-endless", [22, 3, 1, 0x50, 0]],
    ["hello-too-long", [22, 3, 1, 0, 4, 1, ...number(maxHelloBytes - 3, 3)]],
    ["hello-cut", hello(body().slice(0, 40))],
  ] as const)("that is none says why: %s", (phrase, bytes) => {
    expect(readClientHello(Uint8Array.from(bytes))).toEqual({ state: "malformed", why: words(phrase) });
  });

  it("may be as long as the bound, and no longer", () => {
    expect(readClientHello(Uint8Array.from([22, 3, 1, 0, 4, 1, ...number(maxHelloBytes - 4, 3)]))).toMatchObject({
      state: "more",
    });
    expect(readClientHello(Uint8Array.from([22, 3, 1, ...number(maxHelloBytes - 5, 2)]))).toMatchObject({
      state: "more",
    });
    expect(readClientHello(Uint8Array.from([22, 3, 1, ...number(maxHelloBytes - 4, 2)]))).toMatchObject({
      state: "malformed",
    });
  });
});

describe("the hello of SSL 2", () => {
  it("tells its version and those of its ciphers that TLS has", () => {
    expect(readClientHello(old([0, 0, 0x2f, 7, 0, 0xc0]))).toEqual({
      state: "done",
      hello: { versions: ["TLSv1.0"], ciphers: ["TLS_RSA_WITH_AES_128_CBC_SHA"], alpn: [] },
    });
  });

  it("is waited for until it is whole, and is none where it holds less than it says", () => {
    const whole = old([0, 0, 0x2f]);
    expect(readClientHello(whole.subarray(0, -1))).toEqual({ state: "more", need: whole.length });
    const cut = { state: "malformed", why: words("hello-ssl2-cut") };
    expect(readClientHello(old([0, 0, 0x2f], { specs: 300 }))).toEqual(cut);
    expect(readClientHello(Uint8Array.from([0x80, 8, 1, 3, 1, 0, 0, 0, 0, 0]))).toEqual(cut);
  });
});

it.each([
  [[22], true],
  [[0x80, 46, 1], true],
  [[0x80, 46, 2], false],
  [[0x47, 45, 1], false],
  [[], false],
])("a connection that starts with %j speaks TLS: %s", (bytes, speaks) => {
  expect(startsTls(Uint8Array.from(bytes))).toBe(speaks);
});
