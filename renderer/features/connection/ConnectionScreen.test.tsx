// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { CoreStatus, OwnAddress } from "../../../src/services/connection/contract.ts";
import type { Attempt } from "../../../src/station/attempts.ts";
import { words } from "../../../src/station/phrases.ts";
import { refused, type Shown, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { AttemptView } from "./AttemptView.tsx";
import { ConnectionScreen } from "./ConnectionScreen.tsx";
import { Waiting } from "./Waiting.tsx";

screensForFile();

const address = (text: string, more: Partial<OwnAddress>): OwnAddress => ({
  ...{ address: text, family: 4, network: "eth0", kind: "ethernet", linkLocal: false, likelihood: "likely" },
  ...{ url: `ws://${text}:9000/`, urls: { ws: `ws://${text}:9000/`, wss: `wss://${text}:9000/` } },
  ...more,
});
const status: CoreStatus = {
  ...{ version: "1.2.3", startedAt: 0, dataFolder: "/data", secure: true, notices: [] },
  addresses: [
    address("10.0.0.2", {}),
    address("169.254.1.1", { kind: "usb", linkLocal: true, likelihood: "possible", network: "usb0" }),
    address("172.17.0.1", { kind: "virtual", likelihood: "unlikely", network: "docker0" }),
  ],
  listening: [{ host: "0.0.0.0", port: 9000, wanted: 9000, mode: "both" }],
};
const attempt: Attempt = {
  ...{ id: 7, at: 0, endedAt: 1500, lastAt: 1000, remoteAddress: "10.0.0.7", remotePort: 4711 },
  ...{
    localAddress: "10.0.0.2",
    localPort: 9000,
    passed: "tls",
    state: "stopped",
    bytes: 2048,
    repeats: 3,
    gapMs: 12_000,
  },
  ...{ identity: "CP1", credentials: { user: "CP1", form: "hex" }, offered: ["ocpp1.6"], connection: 5 },
  causes: [{ code: "unknown-ca", said: "alert 48", expected: "our root" }],
  times: { tcp: 0, tls: 20 },
  hello: { versions: ["TLSv1.2"], ciphers: ["A", "B"], alpn: ["http/1.1"], sni: "csms", clock: "1970-01-01T00:00:00Z" },
  http: { line: "GET /CP1 HTTP/1.1", headers: [["Host", "x"]] },
  raw: btoa("GET /"),
} as Attempt;
const online: Attempt = {
  ...attempt,
  id: 8,
  state: "connected",
  passed: "boot",
  causes: [],
  repeats: 1,
  remoteAddress: "10.0.0.2",
  identity: "CP2",
} as Attempt;

function shown(of: Partial<CoreStatus> = {}, attempts: Attempt[] = [], more: Written = {}): Promise<Shown> {
  const feeds: Written["feeds"] = {
    ...{ "connection.status": { ...status, ...of }, "connection.attempts": attempts, "connection.firewall": null },
    ...{ "serial.lines": [], "stations.list": [], "simulator.list": [] },
    ...more.feeds,
  };
  return show(<ConnectionScreen />, { ...more, feeds });
}
const steady = (text: string) => text.replace(/\d+ d( \d+ h)?/g, "AGE");

test.each<[string, Partial<CoreStatus>, Attempt[]]>([
  ["quiet", {}, []],
  ["tried", {}, [attempt, online]],
  ["plain", { secure: false, addresses: [address("10.0.0.2", { urls: { ws: "ws://10.0.0.2:9000/" } })] }, []],
  ["nowhere", { addresses: [] }, []],
  [
    "troubled",
    {
      listening: [
        { host: "0.0.0.0", port: 9000, wanted: 9000, mode: "both", problem: "EADDRINUSE", heldBy: "nginx" },
        { host: "127.0.0.1", port: 9101, wanted: 9100, mode: "ws", shadowed: true },
      ],
    },
    [],
  ],
])("the screen, %s", async (name, of, attempts) => {
  const screen = await shown(of, attempts);
  // The menu comes after the list.
  if (attempts.length > 0) await expect.poll(() => screen.says()).toContain("[Export]");
  await expect(steady(screen.text())).toMatchFileSnapshot(`told/${name}.txt`);
});

test("what cannot be asked for says so", async () => {
  const feeds = { "connection.status": refused(), "connection.attempts": refused() };
  const screen = await shown({}, [], { feeds });
  expect(screen.says().filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! The laptop's addresses cannot be shown. no core runs on this folder",
      "! The attempts cannot be shown. no core runs on this folder",
    ]
  `);
  cleanup();
  const asking = await show(<ConnectionScreen />, {});
  expect(asking.says().filter((line) => line.startsWith("…"))).toMatchInlineSnapshot(`
    [
      "… Looking up the laptop's addresses",
      "… Reading the attempts",
    ]
  `);
});

test("all that is known of an attempt", async () => {
  const answers = { "connection.attempt": { ...attempt, endedAt: 62_000 } };
  await expect((await show(<AttemptView id={7} />, { answers })).text()).toMatchFileSnapshot("told/attempt.txt");
  cleanup();
  const failed = await show(<AttemptView id={7} />, {});
  expect(failed.says().slice(0, 1)).toMatchInlineSnapshot(`
    [
      "! The attempts cannot be shown. no core runs on this folder",
    ]
  `);
});

test("attempts are narrowed to those that stopped", async () => {
  const screen = await shown({}, [attempt, online]);
  await screen.tick("Stopped only");
  expect(screen.says().filter((line) => line.includes("from 10.0.0."))).toHaveLength(1);
});

test("own addresses are knocked at, and each says what came of it", async () => {
  const results = [
    { url: "ws://10.0.0.2:9000/", ms: 12, ok: true },
    { url: "wss://10.0.0.2:9000/", ms: 5, ok: false, why: words("no-core") },
  ];
  const screen = await shown({}, [], { answers: { "connection.selfTest": results } });
  const before = screen.says();
  await screen.press("Test these addresses");
  expect(screen.says().filter((line) => !before.includes(line))).toMatchInlineSnapshot(`
    [
      "ws://10.0.0.2:9000/ ~charging answers in 12 ms",
      "wss://10.0.0.2:9000/ ~faulted does not answer (no core runs on this folder)",
      "This proves that Plugside listens there. A firewall may still keep stations out: see below.",
    ]
  `);
});

test("a virtual station starts with one click, under a name that nobody has", async () => {
  const feeds = { "simulator.list": [{ identity: "virtual-1" }] as never };
  const answers = { "simulator.start": { identity: "virtual-2" } as never };
  const screen = await shown({}, [], { feeds, answers });
  await screen.press("Try it with the virtual station");
  const rest = { ocpp: "1.6", scenario: "day", speed: 1, seed: 1, connectors: 2 };
  expect(screen.asked()).toEqual([["simulator.start", { identity: "virtual-2", ...rest }]]);
  expect(window.location.hash).toBe("#/overview?station=virtual-2");
});

test("who waits for a station sees all that is needed, and who was here before below it", async () => {
  const feeds = { "connection.status": status, "connection.attempts": [], "access.waiting": [] };
  const screen = await show(<Waiting known={<p>Who was here</p>} />, { feeds });
  await expect(screen.text()).toMatchFileSnapshot("told/waiting.txt");
});
