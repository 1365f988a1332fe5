// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { CoreStatus, OwnAddress } from "../../../src/services/connection/contract.ts";
import type { Attempt } from "../../../src/station/attempts.ts";
import { words } from "../../../src/station/phrases.ts";
import { refused, type Shown, screensForFile, show, unanswered, type Written } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
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
  const ended = { ...online, id: 9, state: "ended" } as const;
  const screen = await shown({}, [attempt, online, ended]);
  await screen.tick("Stopped only");
  expect(screen.says().filter((line) => line.includes("from 10.0.0."))).toHaveLength(1);
  screen.tell("connection.attempts", [online]);
  expect(screen.says().filter((line) => /no attempt|nothing passes|none/i.test(line))).toMatchInlineSnapshot(`
    [
      "No attempt passes the filter.",
    ]
  `);
});

test("of the station in focus alone; few are shown at first, and all when one wants them", async () => {
  const many = Array.from({ length: 11 }, (_, at) => ({ ...attempt, id: 20 + at, identity: at < 3 ? "CP1" : "CP5" }));
  const focused = { "stations.list": [summaryOf(onlineStation("CP1"))] };
  const rows = (screen: Shown) => screen.says().filter((line) => line.includes("from 10.0.0.")).length;
  const screen = await shown({}, many, { feeds: focused });
  const counts = [rows(screen)];
  await screen.press(/^Show all 11|^All 11/);
  counts.push(rows(screen));
  await screen.press(/fewer/i);
  counts.push(rows(screen));
  await screen.tick(/CP1/);
  counts.push(rows(screen));
  expect(counts).toEqual([10, 11, 10, 3]);
  expect(screen.says().some((line) => /fewer|All \d|Show all/i.test(line))).toBe(false);
  cleanup();
  const ten = await shown({}, many.slice(0, 10));
  expect([rows(ten), ten.says().some((line) => /Show all|All 10/i.test(line))]).toEqual([10, false]);
  expect(document.querySelectorAll("input[type=checkbox]")).toHaveLength(1);
  cleanup();
  const away = summaryOf({ ...onlineStation("CP1"), link: { state: "offline" } as never });
  await shown({}, many, { feeds: { "stations.list": [away] } });
  expect(document.querySelectorAll("input[type=checkbox]")).toHaveLength(1);
});

test("what tries again and again says how often, and when the next is due", async () => {
  vi.spyOn(Date, "now").mockReturnValue(Date.UTC(2099, 0, 1));
  const last = Date.UTC(2099, 0, 1);
  const said: string[] = [];
  for (const [lastAt, more] of [
    [last - 10_600, {}],
    [last - 12_000, {}],
    [last - 13_000, {}],
    [last, { gapMs: undefined }],
    [last, { repeats: 1 }],
  ] as const) {
    const screen = await shown({}, [{ ...attempt, lastAt, ...more } as Attempt]);
    said.push(
      screen
        .says()
        .find((line) => line.includes("×"))
        ?.replace(/^.*(× \d+[^\]]*).*$/, "$1") ?? "nothing",
    );
    cleanup();
  }
  expect(said).toMatchInlineSnapshot(`
    [
      "× 3, every 12 s, next in about 2 s",
      "× 3, every 12 s, next is due",
      "× 3, every 12 s, next is due",
      "× 3",
      "nothing",
    ]
  `);
});

test("what came in odd letters is written out, and an end before the last try has no length", async () => {
  const http = { line: "GET /CP\u202e1 HTTP/1.1", headers: [["X", "\u200b"]] as [string, string][] };
  const answers = { "connection.attempt": { ...attempt, http, lastAt: 5000 } };
  const screen = await show(<AttemptView id={7} />, { answers });
  expect(document.querySelector("pre")?.textContent).not.toMatch(/[\u202e\u200b]/);
  expect(screen.says().find((line) => line.startsWith("Lasted"))).toMatchInlineSnapshot(`"Lasted: 0 s"`);
});

test("what is open to wss alone is offered as that; what seldom helps is unfolded where there is nothing else", async () => {
  const only = address("10.0.0.3", { urls: { wss: "wss://10.0.0.3:9000/" } });
  const wss = await shown({ addresses: [only] });
  expect(wss.says().filter((line) => /^wss?:/.test(line))).toEqual(["wss://10.0.0.3:9000/"]);
  cleanup();
  const seldom = address("172.17.0.1", { likelihood: "unlikely" });
  await shown({ addresses: [seldom] });
  expect(document.querySelector("details")?.open).toBe(true);
  cleanup();
  await shown({ addresses: [only, seldom] });
  expect(document.querySelector("details")?.open).toBe(false);
  cleanup();
  const unreached = await shown({ addresses: [address("10.0.0.3", { urls: {} })], listening: [] });
  expect(unreached.says().slice(3, 9)).toMatchInlineSnapshot(`
    [
      "No port is open for stations. Restart Plugside, or choose another port in Settings.",
      "No station can reach this laptop",
      "Plugside listens on an address that belongs to none of the laptop's networks. Choose 0.0.0.0, or one of the laptop's addresses, in Settings.",
      "[Test these addresses]",
      "How",
      "Put the laptop and the station on the same network: a cable between them is enough.",
    ]
  `);
});

test("wss that cannot be had is told once, and not of a port that is shut or takes ws alone", async () => {
  const place = { host: "0.0.0.0", port: 9000, wanted: 9000, mode: "both" } as const;
  const listening: CoreStatus["listening"] = [
    { ...place, mode: "wss" },
    { ...place, port: 9001, wanted: 9001, mode: "ws" },
    { ...place, port: 9002, wanted: 9002, problem: "EACCES" },
  ];
  const screen = await shown({ secure: false, listening });
  expect(screen.says().filter((line) => /0\.0\.0\.0:900\d/.test(line))).toMatchInlineSnapshot(`
    [
      "0.0.0.0:9002 cannot be opened: the system does not allow it; ports under 1024 often need rights. It is tried again every few seconds.",
      "0.0.0.0:9000 takes no encrypted connection yet: there is no server certificate. See Certificates.",
      "Listening at 0.0.0.0:9000, 0.0.0.0:9001. Any attempt, even a failed one, appears here within a second.",
      "Stations connect at: 0.0.0.0:9000 (wss alone), 0.0.0.0:9001 (ws alone), 0.0.0.0:9002 (ws and wss)",
    ]
  `);
});

test("the guide is that of the system it runs on, with the port and the scheme that are open", async () => {
  const told: string[] = [];
  for (const [agent, mode] of [
    ["Mozilla/5.0 (Windows NT 10.0)", "wss"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X)", "ws"],
    ["Mozilla/5.0 (X11; Linux x86_64)", "both"],
  ] as const) {
    vi.spyOn(navigator, "userAgent", "get").mockReturnValue(agent);
    const screen = await shown({ listening: [{ host: "0.0.0.0", port: 9055, wanted: 9055, mode }] });
    const lines = screen.says();
    told.push(
      lines.filter((line) => /^\(o\)|wss?:\/\/.*9055/.test(line) && !/10\.0|169\.|172\./.test(line)).join(" | "),
    );
    cleanup();
  }
  expect(told).toMatchInlineSnapshot(`
    [
      "(o) Windows | Static: give the laptop 192.168.50.1 with mask 255.255.255.0, and the station 192.168.50.2 with the same mask. Then type wss://192.168.50.1:9055/ into the station.",
      "(o) macOS | Static: give the laptop 192.168.50.1 with mask 255.255.255.0, and the station 192.168.50.2 with the same mask. Then type ws://192.168.50.1:9055/ into the station.",
      "(o) Linux | Static: give the laptop 192.168.50.1 with mask 255.255.255.0, and the station 192.168.50.2 with the same mask. Then type ws://192.168.50.1:9055/ into the station.",
    ]
  `);
});

test("stations over a wire are told where a line is set up", async () => {
  const line = { setup: { port: "COM3" }, path: "COM4", state: "online", identity: "CP1" } as never;
  const screen = await shown({}, [], { feeds: { "serial.lines": [line] } });
  expect(screen.says("[aria-labelledby=over-serial]")).toMatchInlineSnapshot(`
    [
      "Over serial lines",
      "COM4: CP1 is connected",
      "<To Serial> #/serial",
    ]
  `);
  screen.tell("serial.lines", []);
  expect(document.querySelector("#over-serial")).toBe(null);
});

test("while it is asked for, nothing is tested, started or asked a second time", async () => {
  const report = { firewall: "ufw", state: "unknown", program: "p", ports: [9000], commands: [] } as never;
  const answers = {
    ...{ "connection.selfTest": unanswered, "simulator.start": unanswered, "connection.askFirewall": unanswered },
  };
  const screen = await shown({}, [], { answers, feeds: { "connection.firewall": report } });
  for (const name of ["Try it with the virtual station", "Ask the firewall again", "Test these addresses"])
    await screen.press(name);
  expect(screen.says().filter((line) => line.endsWith("] (off)") || line.startsWith("…"))).toMatchInlineSnapshot(`
    [
      "[Try it with the virtual station] (off)",
      "… Starting the virtual station",
      "… Asking the firewall",
      "[Ask the firewall again] (off)",
      "[Test these addresses] (off)",
      "… Knocking at each address",
    ]
  `);
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
  const stations = [summaryOf(onlineStation("virtual-2"))];
  const feeds = { "simulator.list": [{ identity: "virtual-1" }] as never, "stations.list": stations };
  const answers = { "simulator.start": { identity: "virtual-3" } as never };
  const screen = await shown({}, [], { feeds, answers });
  await screen.press("Try it with the virtual station");
  const rest = { ocpp: "1.6", scenario: "day", speed: 1, seed: 1, connectors: 2 };
  expect(screen.asked()).toEqual([["simulator.start", { identity: "virtual-3", ...rest }]]);
  expect(window.location.hash).toBe("#/overview?station=virtual-3");
});

test("who waits for a station sees all that is needed, and who was here before below it", async () => {
  const feeds = { "connection.status": status, "connection.attempts": [], "access.waiting": [] };
  const screen = await show(<Waiting known={<p>Who was here</p>} />, { feeds });
  await expect(screen.text()).toMatchFileSnapshot("told/waiting.txt");
  screen.tell(
    "connection.attempts",
    Array.from({ length: 6 }, (_, at) => ({ ...attempt, id: 20 + at })),
  );
  const rows = screen.says().filter((line) => line.includes("from 10.0.0.7"));
  expect([rows.length, screen.says().filter((line) => /\b6\]/.test(line)).length]).toEqual([5, 1]);
});

test("an address is shown as a QR code while one wants it", async () => {
  const screen = await shown({ addresses: [address("10.0.0.2", { urls: { ws: "ws://10.0.0.2:9000/" } })] });
  const isOpen = () => document.querySelector("button[aria-expanded]")?.getAttribute("aria-expanded");
  const codes = () => document.querySelectorAll("[aria-label='QR code of ws://10.0.0.2:9000/']").length;
  const seen = [[isOpen(), codes()]];
  for (let times = 0; times < 2; times++) {
    await screen.press("QR code");
    seen.push([isOpen(), codes()]);
  }
  expect(seen).toEqual([
    ["false", 0],
    ["true", 1],
    ["false", 0],
  ]);
});

test("an attempt leads to all that is known of it, and those that are shown are taken along", async () => {
  const bare = { ...attempt, repeats: 1, gapMs: undefined, endedAt: undefined, connection: undefined } as Attempt;
  const focused = { "stations.list": [summaryOf(onlineStation("CP1"))] };
  const answers: Written["answers"] = { "connection.attempt": bare };
  const screen = await shown({}, [attempt], { answers, feeds: focused });
  await screen.press(/from 10\.0\.0\.7/);
  expect(screen.asked()).toContainEqual(["connection.attempt", { id: 7 }]);
  expect(screen.says("aside").filter((line) => /^(First|Lasted|Count|Gap|Connection)/i.test(line))).toEqual([]);
  await expect.poll(() => screen.says()).toContain("[Export]");
  await screen.tick("Stopped only");
  await screen.tick(/CP1/);
  await screen.press("Export");
  await screen.press(/CSV/);
  const [wish] = screen.asked().flatMap(([name, input]) => (name === "export.open" ? [input] : []));
  expect(wish).toEqual({ wish: { list: "attempts", stopped: true, station: "CP1" }, form: "csv", language: "en" });
});

test("what could not be tested, started or asked says so; the guide of another system is there when one wants it", async () => {
  const report = { firewall: "ufw", state: "unknown", program: "p", ports: [9000], commands: [] } as never;
  const screen = await shown({}, [], { feeds: { "connection.firewall": report } });
  for (const name of ["Try it with the virtual station", "Ask the firewall again", "Test these addresses"])
    await screen.press(name);
  expect(screen.says().filter((line) => line.startsWith("!"))).toEqual([
    "! The virtual station did not start. no core runs on this folder",
    "! The firewall could not be asked. no core runs on this folder",
    "! The addresses could not be tested. no core runs on this folder",
  ]);
  expect(window.location.hash).not.toContain("overview");
  const steps = () => screen.says().filter((line) => !line.startsWith("("));
  const before = steps();
  await screen.tick("macOS");
  expect(steps()).not.toEqual(before);
  expect(screen.says()).toContain("(o) macOS");
});
