import { type Duplex, duplexPair } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import type { WebSocket } from "ws";
import { readHead } from "../http/request-head.ts";
import { createHandshake, offeredSubprotocols } from "./upgrade.ts";

function headOf(headers: string[]) {
  const usual = [
    "Upgrade: weird",
    "Connection: close",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
  ];
  const reading = readHead(Buffer.from(`get /CP1 HTTP/1.1\r\n${[...usual, ...headers].join("\r\n")}\r\n\r\n`));
  if (reading.state !== "done") throw new Error(reading.state);
  return reading.head;
}

const taken = "ocpp1.6";

/** The answer to a handshake, and the socket that comes of it. */
async function upgraded(headers: string[], { compression = true } = {}) {
  const [near, far] = duplexPair();
  onTestFinished(() => void far.destroy());
  let said = "";
  far.on("data", (bytes) => {
    said += bytes;
  });
  const asked: string[][] = [];
  const handshake = createHandshake({
    compression: () => compression,
    frameLimit: () => 1000,
    chooseSubprotocol(offered) {
      asked.push([...offered]);
      return offered.includes(taken) ? taken : undefined;
    },
  });
  let opened: WebSocket | null = null;
  handshake.upgrade(headOf(headers), near as Duplex, Buffer.alloc(0), (socket) => {
    opened = socket;
  });
  await new Promise((resolve) => setImmediate(resolve));
  const lines = said.split("\r\n").filter(Boolean).slice(1);
  return { lines: lines.sort(), socket: opened as WebSocket | null, asked };
}

const accepted = ["Connection: Upgrade", "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "Upgrade: websocket"];

test("a handshake is answered as RFC 6455 says, with what is forgiven set right", async () => {
  const { lines, socket, asked } = await upgraded([]);
  expect([lines, socket?.protocol, socket?.extensions, asked]).toEqual([accepted, "", "", []]);
});

test("a subprotocol that is taken is told, one that is not is none", async () => {
  const agreed = await upgraded(["Sec-WebSocket-Protocol: ocpp2.0.1, ocpp1.6"]);
  expect([agreed.asked, agreed.socket?.protocol]).toEqual([[["ocpp2.0.1", "ocpp1.6"]], "ocpp1.6"]);
  expect(agreed.lines).toContain("Sec-WebSocket-Protocol: ocpp1.6");
  const none = await upgraded(["Sec-WebSocket-Protocol: ocpp2.0.1"]);
  expect([none.lines, none.socket?.protocol]).toEqual([accepted, ""]);
});

test("compression is agreed to where it is offered and wanted", async () => {
  const offer = ["Sec-WebSocket-Extensions: x, permessage-deflate"];
  const packed = await upgraded(offer);
  expect(packed.socket?.extensions).toBe("permessage-deflate");
  expect(packed.lines).toContain("Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover");
  const plain = await upgraded(offer, { compression: false });
  expect([plain.socket?.extensions, plain.lines]).toEqual(["", accepted]);
});

test.each([
  [["Sec-WebSocket-Protocol: ocpp1.6"], ["ocpp1.6"]],
  [["Sec-WebSocket-Protocol:  ocpp2.1 ,ocpp1.6,"], ["ocpp2.1", "ocpp1.6"]],
  [["Sec-WebSocket-Protocol: b, a, b"], ["b", "a"]],
  [
    ["Sec-WebSocket-Protocol: b", "Sec-WebSocket-Protocol: a"],
    ["b", "a"],
  ],
  [["Sec-WebSocket-Protocol: o cpp, a/b, !#$%&'*+-.^_`|~9"], ["!#$%&'*+-.^_`|~9"]],
  [[], []],
])("of %j the subprotocols %j are offered, in the station's order", (headers, names) => {
  expect(offeredSubprotocols(headOf(headers))).toEqual(names);
});
