import { createHash } from "node:crypto";
import fc from "fast-check";
import type { OcppVersion } from "../../../src/station/model.ts";
import { protocolOf } from "../../harness/frames.ts";
import { lengthOf } from "../../harness/masked-frame.ts";
import { hostileTexts } from "../frames/conversation.ts";

/** A connection of somebody who means no good, as bytes. */
export type SocketCase = {
  /** base64; each goes out in a write of its own. */
  writes: string[];
  /** What follows: waiting a little for an answer, the end of what is sent, or a reset. */
  ending: "wait" | "end" | "reset";
  /** How many hostile things it says. */
  size: number;
};

/** Handshakes that are not what they should be, and WebSocket frames and OCPP texts likewise behind a handshake that is. */
export async function socketCases(seed: number, kind: "all" | "handshakes"): Promise<fc.Arbitrary<SocketCase>> {
  const handshakes = fc.record({ writes: badHandshakes, ending: endings, size: fc.constant(1) });
  if (kind === "handshakes") return handshakes;
  const versions: OcppVersion[] = ["1.6", "2.0.1", "2.1"];
  const texts = fc.oneof(...(await Promise.all(versions.map((version) => hostileTexts(version, seed)))));
  const spoken = fc
    .tuple(
      fc.constantFrom(...versions),
      fc.nat({ max: 15 }),
      fc.array(fc.oneof({ weight: 3, arbitrary: texts.map(textFrame) }, { weight: 2, arbitrary: badFrames }), {
        minLength: 1,
        maxLength: 12,
        size: "max",
      }),
      fc.boolean(),
      endings,
    )
    .map(([version, station, frames, glued, ending]): SocketCase => {
      const parts = [headBytes(linesOf(`/FUZZ-${station}`, protocolOf[version])), ...frames];
      const writes = glued ? [Buffer.concat(parts)] : parts;
      return { writes: writes.map((bytes) => bytes.toString("base64")), ending, size: frames.length };
    });
  return fc.oneof({ weight: 1, arbitrary: handshakes }, { weight: 2, arbitrary: spoken });
}

const endings = fc.constantFrom<SocketCase["ending"]>("wait", "wait", "end", "reset");

function linesOf(path: string, protocol: string): string[] {
  return [
    `GET ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Protocol: ${protocol}`,
  ];
}

function headBytes(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

const oddPaths = [
  "/",
  "//",
  "/FUZZ-0",
  "/a/b/c/FUZZ-1",
  "/FUZZ%00",
  "/%ff%fe",
  "/%",
  "/../../etc/passwd",
  "/__proto__",
  "/constructor",
  "/FUZZ-2?x=1#y",
  "http://example.com/FUZZ-3",
  "*",
  "/%1b%5b2J",
  "/plugside-self-test-x",
  `/${"x".repeat(5000)}`,
  `/${"%41".repeat(300)}`,
];
const oddLines = [
  "Authorization: Basic",
  "Authorization: Basic !!!!",
  "Authorization: Basic RlVaWi0wOg==",
  "Authorization: Basic RlVaWi0wOnNlY3JldA==",
  "Authorization: Bearer x",
  "Sec-WebSocket-Protocol: ocpp1.6, ocpp2.0.1, ocpp2.1",
  "Sec-WebSocket-Protocol: ",
  "Sec-WebSocket-Protocol: nonsense",
  "Sec-WebSocket-Version: 8",
  "Sec-WebSocket-Key: short",
  "Sec-WebSocket-Key:",
  "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=99",
  'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; x="',
  "Content-Length: 99999999999999999999",
  "Content-Length: -1",
  "Transfer-Encoding: chunked",
  "Expect: 100-continue",
  "Connection: close",
  "Upgrade: h2c",
  "Host:",
  ": no name",
  "no colon at all",
  " folded: line",
  "X-Null: a\u0000b",
  "X-High: \u00ff\u00fe",
  `X-Long: ${"y".repeat(20_000)}`,
  `User-Agent: ${"\u001b]0;x\u0007"}`,
];
const oddRequests = ["GET", "POST", "get", "OPTIONS", "CONNECT", "PRI", "\u0000GET", "GETGETGET"];

type HeadChange =
  | { kind: "path"; path: string }
  | { kind: "method"; method: string }
  | { kind: "version"; text: string }
  | { kind: "drop"; at: number }
  | { kind: "add"; line: string; at: number }
  | { kind: "many"; line: string; times: number }
  | { kind: "bytes"; at: number; byte: number }
  | { kind: "cut"; at: number }
  | { kind: "newline" };

const headChanges: fc.Arbitrary<HeadChange> = fc.oneof(
  fc.record({ kind: fc.constant("path" as const), path: fc.constantFrom(...oddPaths) }),
  fc.record({ kind: fc.constant("method" as const), method: fc.constantFrom(...oddRequests) }),
  fc.record({
    kind: fc.constant("version" as const),
    text: fc.constantFrom("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "", "x y z"),
  }),
  fc.record({ kind: fc.constant("drop" as const), at: fc.nat({ max: 6 }) }),
  fc.record({ kind: fc.constant("add" as const), line: fc.constantFrom(...oddLines), at: fc.nat({ max: 7 }) }),
  fc.record({
    kind: fc.constant("many" as const),
    line: fc.constantFrom(...oddLines),
    times: fc.integer({ min: 2, max: 400 }),
  }),
  fc.record({ kind: fc.constant("bytes" as const), at: fc.nat({ max: 999 }), byte: fc.nat({ max: 255 }) }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat({ max: 999 }) }),
  fc.record({ kind: fc.constant("newline" as const) }),
);

const badHandshakes: fc.Arbitrary<string[]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.array(headChanges, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 3 }))
      .map(([changes, parts]) => split(changedHead(changes), parts)),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => [Buffer.from(bytes).toString("base64")]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom("16030100c4010000c00303", "160301003f0100003b0303", "1503010002022a", "80370103"),
        fc.uint8Array({ maxLength: 300 }),
      )
      .map(([hello, rest]) => [Buffer.concat([Buffer.from(hello, "hex"), rest]).toString("base64")]),
  },
);

function changedHead(changes: readonly HeadChange[]): Buffer {
  let lines = linesOf("/FUZZ-0", "ocpp1.6");
  let end = "\r\n";
  const late: HeadChange[] = [];
  for (const change of changes) {
    const first = lines[0] ?? "";
    if (change.kind === "path") lines = [first.replace(/ \S+ /, () => ` ${change.path} `), ...lines.slice(1)];
    else if (change.kind === "method") lines = [first.replace(/^\S+/, () => change.method), ...lines.slice(1)];
    else if (change.kind === "version") lines = [first.replace(/HTTP\/1\.1/, () => change.text), ...lines.slice(1)];
    else if (change.kind === "drop") lines = lines.filter((_, at) => at !== change.at);
    else if (change.kind === "add") lines = lines.toSpliced(change.at, 0, change.line);
    else if (change.kind === "many") lines = [...lines, ...Array<string>(change.times).fill(change.line)];
    else if (change.kind === "newline") end = "\n";
    else late.push(change);
  }
  let bytes = Buffer.from(`${lines.join(end)}${end}${end}`, "latin1");
  for (const change of late) {
    if (change.kind === "bytes" && bytes.length > 0) bytes[Math.floor((change.at / 1000) * bytes.length)] = change.byte;
    if (change.kind === "cut") bytes = bytes.subarray(0, Math.floor((change.at / 1000) * bytes.length));
  }
  return bytes;
}

function split(bytes: Buffer, parts: number): string[] {
  const size = Math.ceil(bytes.length / parts);
  return Array.from({ length: parts }, (_, at) => bytes.subarray(at * size, (at + 1) * size).toString("base64"));
}

/** A text in one frame; the mask is of the text, so that a case is the same each time. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text, "utf8");
  const mask = createHash("sha256").update(payload).digest().subarray(0, 4);
  return frameOf({ first: 0x81, masked: true, payload, mask });
}

type FrameParts = { first: number; masked: boolean; payload: Uint8Array; mask: Uint8Array; length?: number };

function frameOf({ first, masked, payload, mask, length = payload.length }: FrameParts): Buffer {
  const size = lengthOf(length);
  const body = Buffer.from(payload);
  if (!masked) size[0] = (size[0] ?? 0) & 0x7f;
  else for (let at = 0; at < body.length; at++) body[at] = (body[at] ?? 0) ^ (mask[at % 4] ?? 0);
  return Buffer.concat([Buffer.from([first]), size, masked ? mask : Buffer.alloc(0), body]);
}

/** Any first byte: opcodes that are reserved, RSV bits, fragments without a beginning or an end, control frames in pieces or too long;
 * lengths that are not true. */
const badFrames: fc.Arbitrary<Buffer> = fc
  .record({
    first: fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0x01, 0x00, 0x80, 0x88, 0x89, 0x8a, 0x82, 0xc1, 0x08)),
    masked: fc.boolean().map((no) => !no),
    payload: fc.oneof(
      { weight: 4, arbitrary: fc.uint8Array({ maxLength: 40 }) },
      {
        weight: 2,
        arbitrary: fc
          .constantFrom('[2,"a","Heartbeat",{}]', "\u0003\u00e8bye", "\u0003\u00eb\u00ff")
          .map((text) => Buffer.from(text, "latin1")),
      },
      { weight: 1, arbitrary: fc.integer({ min: 126, max: 70_000 }).map((size) => Buffer.alloc(size, 0x20)) },
    ),
    mask: fc.uint8Array({ minLength: 4, maxLength: 4 }),
    length: fc.option(fc.constantFrom(0, 1, 125, 126, 65_535, 65_536, 2_000_000, 2 ** 40, Number.MAX_SAFE_INTEGER), {
      nil: undefined,
      freq: 6,
    }),
  })
  .map(frameOf);
