import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { words } from "../../station/phrases.ts";
import { readBasic, shownUser } from "../http/basic-credentials.ts";
import { judgePath, pathOf, readIdentity } from "../http/identity.ts";
import { maskedStart } from "../http/mask.ts";
import { readHead } from "../http/request-head.ts";
import { readClientHello, startsTls } from "../tls/client-hello.ts";
import { openingOf } from "./connection-facts.ts";

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.uint8Array({ maxLength: 400 }).map((tail) => Uint8Array.from([0x16, 3, 1, ...tail])),
  fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([Buffer.from("GET /CP1 HTTP/1.1\r\n"), tail])),
);

// Made here: it sorts all of Unicode the first time, which takes seconds.
const anyText = fc.string({ unit: "binary", maxLength: 300 });

describe("whatever the first bytes are", () => {
  test("nothing throws on them", () => {
    fc.assert(
      fc.property(bytes, (some) => {
        openingOf(some);
        readHead(some);
        maskedStart(some, 2048);
        if (startsTls(some)) readClientHello(some);
      }),
      { numRuns: 2000 },
    );
  });

  test("the verdict on a whole head does not change with what follows it", () => {
    const head = Buffer.from("GET /CP1 HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\n");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
        expect(readHead(Buffer.concat([head, tail]))).toEqual(readHead(head));
      }),
    );
  });

  test("no path and no Authorization header breaks the reading of it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        judgePath(pathOf(text));
        readIdentity(pathOf(text));
        readBasic(`Basic ${text}`);
      }),
    );
  });
});

/** Puts a message into records of at most `size` bytes. */
function inRecords(message: Buffer, size: number): Buffer {
  const records: Buffer[] = [];
  for (let at = 0; at < message.length; at += size) {
    const part = message.subarray(at, at + size);
    records.push(Buffer.from([0x16, 3, 1, part.length >> 8, part.length & 0xff]), part);
  }
  return Buffer.concat(records);
}

const u16 = (value: number) => Buffer.from([value >> 8, value & 0xff]);
const vector = (size: 1 | 2, body: Buffer) =>
  Buffer.concat([size === 1 ? Buffer.from([body.length]) : u16(body.length), body]);
const extension = (type: number, body: Buffer) => Buffer.concat([u16(type), vector(2, body)]);

/** A hello with GREASE in every place it may be. */
function clientHello(): Buffer {
  const extensions = Buffer.concat([
    extension(0x2a2a, Buffer.alloc(0)),
    extension(0, vector(2, Buffer.concat([Buffer.from([0]), vector(2, Buffer.from("laptop.local"))]))),
    extension(16, vector(2, Buffer.concat([vector(1, Buffer.from([0x8a, 0x8a])), vector(1, Buffer.from("ocpp1.6"))]))),
    extension(43, vector(1, Buffer.concat([u16(0x7a7a), u16(0x0303), u16(0x0304)]))),
  ]);
  const body = Buffer.concat([
    u16(0x0303),
    Buffer.alloc(32, 0xee),
    vector(1, Buffer.alloc(32, 1)),
    vector(2, Buffer.concat([u16(0x0a0a), u16(0x1301), u16(0xc02b), u16(0xfefe)])),
    vector(1, Buffer.from([0])),
    vector(2, extensions),
  ]);
  return Buffer.concat([Buffer.from([1, 0]), u16(body.length), body]);
}

describe("a ClientHello", () => {
  const hello = {
    versions: ["TLSv1.3", "TLSv1.2"],
    ciphers: ["TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "0xFEFE"],
    sni: "laptop.local",
    alpn: ["ocpp1.6"],
  };

  test.each([1, 3, 50, 4096])("is read in records of %i bytes, without GREASE", (size) => {
    expect(readClientHello(inRecords(clientHello(), size))).toEqual({ state: "done", hello });
  });

  test("asks for more until it is whole, and says how much at least", () => {
    const whole = inRecords(clientHello(), 60);
    for (let length = 0; length < whole.length; length++) {
      const reading = readClientHello(whole.subarray(0, length));
      expect(reading.state).toBe("more");
      if (reading.state === "more") expect(reading.need).toBeGreaterThan(length);
    }
    expect(readClientHello(whole).state).toBe("done");
  });

  test.each([
    [words("hello-no-handshake"), "160301000401000040170301"],
    [words("hello-other-version"), "160201000401000040"],
    [words("hello-empty"), "1603010000"],
    [words("hello-other"), "16030100050200000100"],
    [words("hello-cut"), "16030100050100000103"],
    [words("hello-too-long"), "160301000401ffffff"],
  ])("is told apart from %s", (why, hex) => {
    expect(readClientHello(Buffer.from(hex, "hex"))).toEqual({ state: "malformed", why });
  });
});

describe("a head", () => {
  test("is read with its deviations, and ends where it ends", () => {
    const text = "\r\nget  /CP1 http/1.1\nHost : a\r\nX: 1\r\n 2\r\nbroken\r\nb@d: x\r\nHost: b\r\n\r\nrest";
    expect(readHead(Buffer.from(text))).toEqual({
      state: "done",
      head: {
        line: "get  /CP1 http/1.1",
        method: "get",
        target: "/CP1",
        version: "1.1",
        headers: [
          ["Host", "a"],
          ["X", "1 2"],
          ["Host", "b"],
        ],
        deviations: [
          { kind: "request-line", said: "get  /CP1 http/1.1" },
          { kind: "line-end", said: "get  /CP1 http/1.1" },
          { kind: "blank-in-name", said: "Host " },
          { kind: "folded", said: "X" },
          { kind: "no-colon", said: "broken" },
          { kind: "name", said: "b@d" },
          { kind: "duplicate", said: "Host" },
        ],
        length: text.length - "rest".length,
      },
    });
  });

  test.each([
    ["GET /CP1 HTTP/1.1\r\nHost: x\r\n", "more"],
    ["GE", "more"],
    ["", "more"],
    [`GET /${"x".repeat(17_000)}`, "too-large"],
    ["GET /CP1\r\n", "bad-line"],
    ["GETS /CP1 FTP\r\n", "bad-line"],
    ["GET /CP\u00001 HTTP/1.1\r\n", "bad-line"],
    ["/CP1 HTTP/1.1\r\n", "bad-line"],
    [" GET /CP1 HTTP/1.1\r\n", "bad-line"],
    ["SSH-2.0-x\r\n", "not-http"],
    ["[2,", "not-http"],
    ["\u0000", "not-http"],
    [`${"x".repeat(40)}`, "not-http"],
  ])("%j is %s", (text, state) => {
    expect(readHead(Buffer.from(text)).state).toBe(state);
  });
});

describe("what is kept", () => {
  test.each([
    ["GET / HTTP/1.1\r\nAuthorization: Basic abc\r\nA: b\r\n", "GET / HTTP/1.1\r\nAuthorization: •••\r\nA: b\r\n"],
    ["GET / HTTP/1.1\r\nauthorization:Basic a=token\r\n more\r\nA: b", "GET / HTTP/1.1\r\nauthorization: •••\r\nA: b"],
    ["GET / HTTP/1.1\nAuthorization Basic abc", "GET / HTTP/1.1\nAuthorization •••"],
    [
      "Proxy-Authorization: x\r\nX-Api-Key: y\r\nCookie: z",
      "Proxy-Authorization: •••\r\nX-Api-Key: •••\r\nCookie: •••",
    ],
    ["GET ws://u:p@ss@h/CP HTTP/1.1\r\n", "GET ws://u:•••@h/CP HTTP/1.1\r\n"],
    ["GET /CP1 HTTP/1.1\r\nHost: u:p@h\r\n", "GET /CP1 HTTP/1.1\r\nHost: u:•••@h\r\n"],
    ["GET /CP1 HTTP/1.1\r\nOrigin: http://u:p@h\r\n", "GET /CP1 HTTP/1.1\r\nOrigin: http://u:•••@h\r\n"],
    ["GET / HTTP/1.1\r\nAuthorization:\r\nBasic c2VjcmV0\r\n", "GET / HTTP/1.1\r\nAuthorization: •••\r\nBasic •••\r\n"],
    ["\u0000\u0001GET / HTTP/1.1\r\nAuthorization: Basic abc", "\u0000\u0001GET / HTTP/1.1\r\nAuthorization: •••"],
    ["GET ws://u:p@h/CP?password=a&b=c HTTP/1.1\r\n", "GET ws://u:•••@h/CP?password=•••&b=c HTTP/1.1\r\n"],
    ["GET /CP1 HTTP/1.1\r\nUser-Agent: token\r\n", "GET /CP1 HTTP/1.1\r\nUser-Agent: token\r\n"],
  ])("of %j holds no credentials", (text, clean) => {
    expect(Buffer.from(maskedStart(Buffer.from(text), 2048), "base64").toString()).toBe(clean);
  });

  test("of bytes that are no text is left as it came, up to its limit", () => {
    const some = Buffer.from([0x16, 3, 1, 0xff, 0x0a, 0x41]);
    expect(Buffer.from(maskedStart(some, 4), "base64")).toEqual(some.subarray(0, 4));
  });
});

describe("a path", () => {
  test.each([
    ["/CP1", []],
    ["/ocpp/1.6/CP1", []],
    ["/", ["no-identity"]],
    ["/{deviceId}", ["placeholder"]],
    ["/%3Cidentity%3E", ["placeholder"]],
    ["/chargePointId", ["placeholder"]],
    ["/ocpp/CPID", ["placeholder"]],
    ["/<CP_ID>", ["placeholder"]],
    ["/yourStationId", ["placeholder"]],
    ["/:id", ["placeholder"]],
    ["/%CPID%", ["placeholder"]],
    ["/XXXX", ["placeholder"]],
    ["/CP1/", ["trailing-slash"]],
    ["/ocpp", ["endpoint-as-identity"]],
    ["/steve/websocket/CentralSystemService", ["endpoint-as-identity"]],
    ["/ocpp1.6j/", ["trailing-slash", "endpoint-as-identity"]],
    ["//CP1", ["double-slash"]],
    ["/CP1//", ["double-slash"]],
    ["/ocpp//CP1/", ["double-slash", "trailing-slash"]],
    ["/CP1?a=/", []],
    ["/CP1/CP1", ["doubled-identity"]],
    ["/SN1234SN1234", ["doubled-identity"]],
    ["/SN12-sn12", ["doubled-identity"]],
    ["/cp1/CP1", ["doubled-identity"]],
    ["/1212", []],
    ["/SN1SN1", []],
    ["/SN1.sn1", ["doubled-identity"]],
    ["/AB:AB", []],
    ["/ws://10.0.0.1:9000/CP1/CP1", ["url-in-path", "doubled-identity"]],
    ["/ws://10.0.0.1:9000/CP_1/SERIAL_1234", ["url-in-path"]],
    ["/wss:/10.0.0.1/CP7", ["url-in-path"]],
    ["/ws%3A%2F%2F10.0.0.1%3A9000/CP9", ["url-in-path"]],
    ["/ws://10.0.0.1:9000", ["url-in-path", "no-identity"]],
    ["/?station=CP7", ["identity-in-query"]],
    ["/ocpp?chargePointId=CP7", ["identity-in-query"]],
    ["/?station={id}", ["placeholder"]],
    ["/CP 1", ["identity-characters"]],
    ["/Ab0*-_=:+|@.", []],
    [`/${"x".repeat(47)}y`, []],
    [`/${"x".repeat(49)}`, ["identity-characters"]],
  ])("%s is judged as %j", (path, codes) => {
    expect(judgePath(path).map(({ code }) => code)).toEqual(codes);
  });
});

/** Not a word of what was sent is given on: it may be the password. */
function unreadable(why: "scheme" | "base64" | "colon") {
  return { user: "", password: Uint8Array.of(), form: "unreadable", unreadable: why };
}

test("a user name that was exchanged with the password is not told", () => {
  const exchanged = { user: "open-sesame", password: new Uint8Array(Buffer.from("CP1")) };
  expect([shownUser(exchanged, "CP1"), shownUser(exchanged, "CP2")]).toEqual(["•••", "open-sesame"]);
});

test.each([
  [undefined, null],
  ["Bearer abc", unreadable("scheme")],
  ["Basic", unreadable("base64")],
  ["Basic CP1:a", unreadable("base64")],
  ["Basic Q1Ax", unreadable("colon")],
  ["basic Q1AxOg==", { user: "CP1", password: Uint8Array.of(), form: "empty" }],
  ["Basic Q1AxOmE6Yg==", { user: "CP1", password: new Uint8Array(Buffer.from("a:b")), form: "text" }],
  ["Basic Q1AxOv8=", { user: "CP1", password: Uint8Array.of(0xff), form: "not-utf8" }],
])("reads the Authorization header %j", (header, basic) => {
  expect(readBasic(header)).toEqual(basic);
});
