import { expect, test } from "vitest";
import type { Via } from "../events.ts";
import { newStation } from "../model.ts";
import { reduce } from "./reduce.ts";

const start = Date.UTC(2026, 0, 1);
const fresh = newStation("CP1", start);

const line = { port: "COM3", baudRate: 9600, frame: "8N1" };
const spoken = { offered: ["ocpp1.6"], subprotocol: "ocpp1.6", userAgent: "box/1" };

test.each<[what: string, via: Via, link: object]>([
  [
    "a WebSocket whose messages may be compressed",
    {
      ...{ kind: "websocket", remoteAddress: "10.0.0.5", secure: false, securityProfile: 1, path: "/CP1" },
      ...{ ...spoken, compressed: true, attempt: 7 },
    },
    {
      ...{ remoteAddress: "10.0.0.5", secure: false, securityProfile: 1, path: "/CP1" },
      ...{ ...spoken, compressed: true },
    },
  ],
  [
    "a serial line",
    { kind: "serial", ...line, framing: "slip", ...spoken },
    { carrier: "serial", ...line, framing: "slip", ...spoken },
  ],
  [
    "Modbus over a line",
    { kind: "modbus", ...line, unit: 3, profile: "box" },
    { carrier: "modbus", ...line, unit: 3, profile: "box" },
  ],
  [
    "Modbus over the network",
    { kind: "modbus", port: "10.0.0.5:502", unit: 255, profile: "box" },
    { carrier: "modbus", port: "10.0.0.5:502", unit: 255, profile: "box" },
  ],
  ["a console", { kind: "console", ...line, profile: "evse" }, { carrier: "console", ...line, profile: "evse" }],
])("a link over %s is told with all that carries it, and no more", (_what, via, link) => {
  const { link: opened } = reduce(fresh, { kind: "link-opened", connection: 4, ocpp: "1.6", via, at: start, seq: 1 });
  expect(opened).toStrictEqual({ state: "online", since: start, connection: 4, ...link });
});
