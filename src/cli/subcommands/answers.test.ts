import { expect, test, vi } from "vitest";
import type { StationAccess } from "../../services/access/contract.ts";
import type { FirewallReport } from "../../services/connection/contract.ts";
import type { DiagnosticsRequest, Rung } from "../../services/diagnostics/contract.ts";
import type { ProcedureView } from "../../services/procedures/contract.ts";
import { newStation } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import type { PortsReport } from "../../station/serial/ports.ts";
import { printed } from "../testing/printed.ts";

/** What the core answers to a call, and tells in a feed, by its name. */
const core = vi.hoisted(() => ({
  says: {} as Record<string, unknown>,
  asked: [] as unknown[],
  /** What was watched, and that it is not any more. */
  watched: [] as unknown[],
  tell: (_value: unknown, _added?: unknown): void => undefined,
  turn: (_state: string): void => undefined,
}));
vi.mock(import("../reach.ts"), async (original) => {
  const reach = await original();
  const client = {
    async call(name: string, input: unknown) {
      core.asked.push([name, input]);
      const answer = core.says[name];
      return typeof answer === "function" ? answer(input) : answer;
    },
    watch(name: string, input: unknown, tell: (value: unknown, added?: unknown) => void) {
      core.watched.push([name, input]);
      core.tell = tell;
      tell(core.says[name]);
      return { stop: () => void core.watched.push("stopped") };
    },
    onState(listener: (state: string) => void) {
      core.turn = listener;
      return { stop: () => undefined };
    },
    close: () => void core.asked.push("closed"),
  } as never;
  return {
    ...reach,
    reachCore: async () => client,
    async withCore(_folder: string, work: (core: never) => Promise<unknown>) {
      const code = await work(client);
      return typeof code === "number" ? code : 0;
    },
  };
});

vi.mock("../../api/contact.ts", () => ({ readContact: () => ({ pid: 4711 }) }));
vi.mock("node:timers/promises", () => ({ setTimeout: async () => undefined }));

/** What a command prints where the core says this. */
function toldOf(says: typeof core.says, args: string[]): Promise<string> {
  core.says = says;
  core.asked = [];
  core.watched = [];
  return printed(args);
}

const firewall: FirewallReport = {
  ...{ firewall: "windows", state: "not-allowed", program: "plugside.exe", ports: [9000] },
  networks: [
    { name: "Ethernet", profile: "Public", state: "blocked" },
    { name: "Wi-Fi", profile: "Private", state: "unknown" },
  ],
  ...{ blockedBy: ["Plugside (TCP)"], byPolicy: true, commands: ["first", "second"] },
};

test("what the firewall does, and what lets stations in", async () => {
  const reports: FirewallReport[] = [
    firewall,
    { firewall: "ufw", state: "allowed", program: "p", ports: [], commands: ["not needed"] },
    { firewall: "macos", state: "off", program: "p", ports: [], commands: ["not needed"] },
    { firewall: null, state: "unknown", program: "p", ports: [], commands: ["by hand"] },
  ];
  const told: string[] = [];
  for (const report of reports) told.push(await toldOf({ "connection.askFirewall": report }, ["firewall"]));
  told.push(await toldOf({ "connection.askFirewall": firewall }, ["firewall", "--json"]));
  await expect(told.join("\n")).toMatchFileSnapshot("told/firewall.txt");
  expect(core.asked).toEqual([["connection.askFirewall", {}], "closed"]);
});

test("the ports, who has them, and why one cannot be opened", async () => {
  const report: PortsReport = {
    ports: [
      {
        ...{ path: "COM3", kind: "bridge", chip: "FTDI FT232R", maker: "FTDI", serialNumber: "A1" },
        ...{ vendorId: "0403", productId: "6001", heldBy: "putty.exe" },
        trouble: words("port-busy-by", { port: "COM3", program: "putty.exe" }),
      },
      { path: "COM4", kind: "built-in", ours: true, heldBy: "somebody" },
      { kind: "bridge", vendorId: "1a86", productId: "7523" },
    ],
    networks: [{ name: "usb0", driver: "RNDIS" }, { name: "usb1" }],
    hint: words("port-none", { port: "COM9" }),
  };
  const text = await toldOf({ "serial.list": report }, ["ports"]);
  const json = await toldOf({ "serial.list": report }, ["ports", "--json"]);
  await expect(`${text}\n${json}`).toMatchFileSnapshot("told/ports.txt");
});

const nothingAsked: StationAccess = {
  ...{ identity: "CP1", allowed: "accepted", profile: null, password: null, nextPassword: null },
  ...{ unshownPassword: null, lastUsed: null, certificate: null, strict: false, bootStatus: null, bootInterval: null },
  ...{ bootPlan: [], note: "" },
};
const change: ProcedureView = {
  ...{ id: 1, identity: "CP1", kind: "password", form: "text", state: "timed-out", valid: "both" },
  steps: [
    { name: "snapshot", state: "done" },
    { name: "send", state: "done", said: "Accepted" },
    { name: "return", state: "failed", why: "time-out", said: words("no-core") },
  ],
  ...{ before: { hadPassword: true }, startedAt: 0 },
};

test("what is asked of a station at the door, and how its last change stands", async () => {
  const [first, second] = [
    { form: "text", setAt: 1000 },
    { form: "hex", setAt: 2000 },
  ] as const;
  const two = { ...nothingAsked, profile: 0, password: first, nextPassword: second } as const;
  const cases: [Partial<StationAccess>, ProcedureView | null][] = [
    [{ ...nothingAsked, password: first, profile: 2 }, null],
    [two, change],
    [
      { ...two, lastUsed: { which: "old", at: 3000 } },
      { ...change, state: "under-way" },
    ],
    [
      {
        ...{ ...nothingAsked, unshownPassword: second },
        bootPlan: [
          { status: "Pending", interval: 10, times: 2 },
          { status: "Rejected", times: 1 },
        ],
      },
      { ...change, kind: "profile", profile: 2, state: "done", valid: "new", kept: "new", steps: [] },
    ],
  ];
  const told: string[] = [];
  for (const [access, procedure] of cases)
    told.push(await toldOf({ "access.station": access, "procedures.state": procedure }, ["access", "CP1"]));
  await expect(told.join("\n")).toMatchFileSnapshot("told/access.txt");
  await toldOf({ "access.station": nothingAsked, "procedures.state": null }, [
    "access",
    "CP1",
    "--stop",
    "--keep",
    "new",
  ]);
  expect(core.asked).toEqual([
    ["procedures.cancel", { identity: "CP1" }],
    ["access.keepPassword", { identity: "CP1", keep: "new" }],
    "closed",
  ]);
});

test("how a station's log was fetched, way by way, and the exit code of each last word", async () => {
  const rung: Rung = {
    ...{ protocol: "https", place: "https://10.0.0.2/up/1", at: 1000, endedAt: 5000, result: "broken-off" },
    ...{ why: "ECONNRESET", requestId: 1, frame: 7 },
    seen: [
      { at: 2000, end: "station", words: words("no-core"), frame: 8 },
      { at: 3000, end: "ours", words: words("no-core") },
    ],
  };
  const request: DiagnosticsRequest = {
    ...{ id: 4, station: "CP1", kind: "diagnostics", protocol: "auto", at: 1000, until: 9000, endedAt: 8250 },
    ...{ verdict: "received", lastWord: words("no-core"), cure: words("never-heard-of") },
    rungs: [
      rung,
      { protocol: "ftp", place: "", at: 6000, result: "closed", requestId: 2, seen: [] },
      { protocol: "http", place: "http://10.0.0.2/up/2", at: 7000, result: "asked", requestId: 3, seen: [] },
    ],
    files: [
      { id: 11, name: "half.zip", bytes: 9_999_999, state: "partial", protocol: "https" },
      { id: 12, name: "small.zip", bytes: 999_999, state: "whole", sha256: "s12", protocol: "http" },
      { id: 13, name: "large.zip", bytes: 1_000_000, state: "whole", sha256: "s13", protocol: "http" },
    ],
  };
  const fetched = (one: DiagnosticsRequest, ...more: string[]) => {
    const others = [{ ...one, id: 3, rungs: [], files: [], verdict: undefined }, one];
    return toldOf({ "diagnostics.request": one, "diagnostics.list": others, "stations.state": null }, [
      ...["diagnostics", "CP1", ...more],
    ]);
  };
  const told = [await fetched(request), await fetched(request, "--json")];
  const ends = ["unsupported", "refused", "nothing-came", "broken-off", "canceled", "superseded", "offline"] as const;
  for (const verdict of ends)
    told.push(await fetched({ ...request, verdict, lastWord: undefined, cure: undefined, rungs: [], files: [] }));
  await expect(told.join("\n")).toMatchFileSnapshot("told/diagnostics.txt");
  await fetched(
    request,
    "--kind",
    "security",
    "--protocol",
    "sftp",
    "--from",
    "2026-01-31T12:00:00+01:00",
    "--retries",
    "2",
  );
  expect(core.asked).toEqual([
    [
      "diagnostics.request",
      {
        ...{ station: "CP1", kind: "security", protocol: "sftp", from: "2026-01-31T11:00:00.000Z", to: undefined },
        ...{ retries: 2, retrySeconds: undefined, wait: 1800 },
      },
    ],
  ]);
});

test("what was printed on consoles", async () => {
  const recorded = [{ port: "COM3", first: 1000, last: 2000, bytes: 77 }];
  const told = [
    await toldOf({ "console.recorded": recorded }, ["console"]),
    await toldOf({ "console.recorded": recorded }, ["console", "--json"]),
  ];
  await expect(told.join("\n")).toMatchFileSnapshot("told/consoles.txt");
  await toldOf({}, ["console", "COM3", "--clear"]);
  expect(core.asked).toEqual([["console.clear", { port: "COM3" }]]);
});

test("the link to the screens, where there are any, and our root certificate", async () => {
  const told = [
    await toldOf({ "connection.link": { url: "http://127.0.0.1:1/#k" } }, ["link"]),
    await toldOf({ "connection.link": { url: "http://127.0.0.1:1/#k" } }, ["link", "--json"]),
    await toldOf({ "connection.link": { url: null } }, ["link", "--json"]),
    await toldOf({ "certificates.root": { base64: "UEVN", fingerprint: "AA:BB" } }, ["root"]),
  ];
  await expect(told.join("\n")).toMatchFileSnapshot("told/links.txt");
  await toldOf({ "certificates.root": { base64: "UEVN", fingerprint: "AA:BB" } }, ["root", "--der", "--rsa"]);
  expect(core.asked).toEqual([["certificates.root", { kind: "rsa", format: "der" }], "closed"]);
});

test("Plugside has ended once its process is gone; one that goes on after ten seconds is told", async () => {
  vi.spyOn(performance, "now").mockImplementation(() => {
    at += 5000;
    return at;
  });
  let at = 0;
  const signal = vi.spyOn(process, "kill");
  const refuse = (code: string) => () => {
    throw Object.assign(new Error(code), { code });
  };
  signal
    .mockImplementationOnce(() => true)
    .mockImplementationOnce(refuse("EPERM"))
    .mockImplementation(refuse("ESRCH"));
  expect(await toldOf({}, ["stop"])).toBe("$ stop\nPlugside has ended.\n= 0\n");
  expect(core.asked).toEqual([["connection.stop", {}], "closed"]);
  expect(signal.mock.calls).toEqual(Array(3).fill([4711, 0]));
  expect(await toldOf({}, ["stop", "--json"])).toBe('$ stop --json\n{"stopped":true}\n= 0\n');
  signal.mockReset().mockReturnValue(true);
  expect(await toldOf({}, ["stop"])).toBe("$ stop\n! Plugside still runs (process 4711).\n= 1\n");
  expect(signal).toHaveBeenCalledTimes(3);
  expect(await toldOf({}, ["stop", "--json"])).toBe(
    '$ stop --json\n{"stopped":false}\n! Plugside still runs (process 4711).\n= 1\n',
  );
});

test("a destination is tried: that it can be written, or why not, and by which key its server is known", async () => {
  const destinations = [
    { name: "other", kind: "sftp", hostKey: "not this" },
    { name: "yard", kind: "sftp", hostKey: "SHA256:abc" },
    { name: "new", kind: "sftp" },
    { name: "web", kind: "http", hostKey: "none" },
  ];
  const told: string[] = [];
  for (const [problem, ...args] of [
    [null, "yard"],
    [null, "new"],
    [null, "web"],
    [words("no-core"), "yard"],
    [words("no-core"), "yard", "--json"],
  ] as const)
    told.push(
      await toldOf({ "outbox.test": { problem }, "outbox.destinations": destinations }, ["outbox", "test", ...args]),
    );
  const preview = {
    ...{ counts: { secret: 2, card: 1, serial: 0, address: 0 }, parts: 1, leftOut: ["a.bin", "b.bin"] },
    samples: [
      { kind: "secret", length: 8, after: "secret-1", part: "a.log", line: 3 },
      { kind: "card", before: "04A1", length: 4, after: "card-1", part: "a.log", line: 4 },
    ],
  };
  told.push(await toldOf({ "outbox.preview": preview }, ["outbox", "preview", "7"]));
  await expect(told.join("\n")).toMatchFileSnapshot("told/outbox.txt");
});

test("what is sent onward is waited for until nothing waits, and what is left is told", async () => {
  const entry = (id: number, state: string, more: object = {}) => ({
    ...{ id, file: 3, destination: "yard", name: "a.log", state, tries: 2, at: 0, ...more },
  });
  const gone = [entry(1, "done", { place: "sftp://h/a.log" })];
  expect(await toldOf({ "outbox.list": gone }, ["outbox", "run", "--wait", "1000000"])).toMatch(/^.*\n= 0\n$/);
  expect(core.asked).toEqual([["outbox.run", {}]]);
  const waiting = [entry(2, "waiting", { nextAt: 5000, why: words("no-core") }), ...gone];
  expect(await toldOf({ "outbox.list": waiting }, ["outbox", "run", "--wait", "0"])).toBe(
    "$ outbox run --wait 0\n2\t3\tyard\twaiting\t2\t1970-01-01T00:00:05.000Z\tno core runs on this folder\t\ta.log\n= 3\n",
  );
});

test("frames are read page by page, and followed until the core is gone; none is told twice, and none between is lost", async () => {
  const frame = (seq: number) => ({
    ...{ seq, time: `1970-01-01T00:00:0${seq}.000Z`, station: "CP1", direction: "in", text: `[${seq}]`, action: null },
    findings: [],
  });
  const pages = [[frame(1), frame(2)], [frame(3)], []];
  const said: string[] = [];
  core.asked = [];
  core.says = {
    "messages.frames"() {
      // One that comes while the record is read.
      if (pages.length === 1) core.tell(null, [frame(3), frame(4)]);
      return pages.shift();
    },
  };
  const running = printed(["frames", "--follow", "--station", "CP1"], [], said);
  await expect.poll(() => said.join(""), { timeout: 10_000 }).toContain("[4]");
  core.tell(null, [frame(5)]);
  await expect.poll(() => said.join(""), { timeout: 10_000 }).toContain("[5]");
  core.turn("open");
  core.turn("closed");
  const told = await running;
  expect([...told.matchAll(/\[(\d)\]/g)].map(([, seq]) => seq).join("")).toBe("12345");
  expect(core.asked).toEqual([
    ...[0, 2, 3].map((since) => ["messages.frames", { station: "CP1", since, limit: 1000 }]),
    "closed",
  ]);
  pages.push([frame(1), frame(2)], []);
  expect(await toldOf(core.says, ["frames", "--since", "1"])).toMatch(/^.*\n2\t.*\[2\]\n= 0\n$/);
});

const state = { ...newStation("CP1", 0), seq: 1 };
const entryOf = (seq: number) => ({ station: "CP1", event: { kind: "heartbeat", at: 0, seq } });
const finding = { ...{ rule: "too-long", where: "A /b", said: "c" }, ...{ count: 1, firstAt: 0, lastAt: 0 } };
const found = [{ station: "CP1", info: {}, findings: [{ ...finding, firstFrame: 1, lastFrame: 1 }] }];
const kept = { id: 7, name: "a.log", bytes: 3, at: 0, state: "whole" };
const mark = { seq: 5, at: 0, station: "CP1", direction: "in", action: null };
const waiting = { id: 2, file: 7, destination: "stick", name: "a.log", state: "waiting", tries: 0, at: 0 };
const stick = { name: "stick", kind: "folder", path: "/stick" };
const wall = { setup: { identity: "WALL1", place: "h", profile: "wallbe" }, state: "online", since: 0 };
const reading = { at: 0, unit: 3, values: [], blocks: [{ table: "input", address: 0, count: 1, registers: [7] }] };

/** What a command asks of the core that runs, calls and feeds, each with what is asked for; and its exit code, where that is not 0. */
type Asking = { args: string; says: typeof core.says; calls?: unknown[]; feeds?: unknown[]; code?: number };
const stateOf = (identity: string) => ["stations.state", { identity }];
const askings: Asking[] = [
  {
    args: "stations",
    says: { "stations.states": ({ after }: { after: number }) => ({ states: [state], next: after === 0 ? 9 : null }) },
    calls: [0, 9].map((after) => ["stations.states", { after }]),
  },
  {
    args: "stations CP1 --at #5",
    says: {
      "stations.states": { states: [state, { ...state, identity: "CP2" }], next: null },
      "stations.stateAt": { state: null },
    },
    calls: [
      ["stations.states", { after: 0 }],
      ["stations.stateAt", { identity: "CP1", frame: 5 }],
    ],
  },
  {
    args: "stations CP1 --at 1970-01-01T00:00:01Z",
    says: { "stations.states": { states: [state], next: null }, "stations.stateAt": { state } },
    calls: [
      ["stations.states", { after: 0 }],
      ["stations.stateAt", { identity: "CP1", at: 1000 }],
    ],
  },
  {
    args: "history CP1 --group commands --group link --last 501",
    says: {
      "stations.state": state,
      "history.page": ({ limit, before = 1000 }: { limit: number; before?: number }) => ({
        entries: Array.from({ length: limit }, (_, at) => entryOf(before - limit + at)),
        more: true,
      }),
    },
    calls: [
      { before: undefined, limit: 500 },
      { before: 500, limit: 1 },
    ].map((page) => ["history.page", { station: "CP1", groups: ["commands", "link"], ...page }]),
    feeds: [stateOf("CP1")],
  },
  {
    args: "history",
    says: { "history.page": { entries: [entryOf(3)], more: false } },
    calls: [["history.page", { station: undefined, groups: undefined, before: undefined, limit: 200 }]],
  },
  { args: "history NOBODY", says: { "stations.state": null }, feeds: [stateOf("NOBODY")], code: 5 },
  { args: "findings", says: { "findings.list": found }, feeds: [["findings.list", {}]] },
  {
    args: "findings --station CP1 --ticket --json",
    says: { "findings.list": [...found, { ...found[0], station: "CP2" }], "findings.ticket": {} },
    calls: [["findings.ticket", { station: "CP1" }]],
    feeds: [["findings.list", {}]],
  },
  ...[state, null].map((told) => ({
    args: "findings --station CP9",
    says: { "findings.list": found, "stations.state": told },
    feeds: [["findings.list", {}], stateOf("CP9")],
    code: told ? 0 : 5,
  })),
  {
    args: "attempts --json",
    says: {
      "connection.attempts": [{ id: 4 }, { id: 3 }],
      async "connection.attempt"({ id }: { id: number }) {
        if (id === 4) throw new Error("it fell off meanwhile");
        return { id, state: "ended" };
      },
    },
    calls: [4, 3].map((id) => ["connection.attempt", { id }]),
    feeds: [["connection.attempts", {}]],
  },
  {
    args: "configuration CP1",
    says: { "stations.state": state, "configuration.live": { values: [], unknown: ["a"], beyond: 1 } },
    feeds: [stateOf("CP1"), ["configuration.live", { station: "CP1" }]],
  },
  { args: "configuration CP9", says: { "stations.state": null }, feeds: [stateOf("CP9")], code: 5 },
  { args: "bookmarks", says: { "bookmarks.list": [mark] }, feeds: [["bookmarks.list", {}]] },
  {
    args: "calls",
    says: { "calls.list": [{ name: "a", action: "B", payload: "{}" }] },
    feeds: [["calls.list", {}]],
  },
  { args: "files CP1", says: { "files.list": [kept] }, feeds: [["files.list", { station: "CP1" }]] },
  { args: "outbox", says: { "outbox.list": [waiting] }, feeds: [["outbox.list", {}]] },
  {
    args: "outbox destinations",
    says: { "outbox.destinations": [stick] },
    feeds: [["outbox.destinations", {}]],
  },
  {
    args: "api calls.list --follow",
    says: {
      get "calls.list"() {
        setImmediate(() => core.turn("closed"));
        return [];
      },
    },
    feeds: [["calls.list", {}]],
  },
  { args: "api calls.remove", says: { "calls.remove": null }, calls: [["calls.remove", {}]] },
  {
    args: "modbus profiles",
    says: { "modbus.profiles": [{ name: "a", kind: "meter", maker: "M", device: "D", proven: "device" }] },
    calls: [["modbus.profiles", {}]],
  },
  {
    args: "modbus read h --unit 3 --registers 0-1 --table input",
    says: { "modbus.read": reading },
    calls: [["modbus.read", { place: "h", unit: 3, registers: { table: "input", from: 0, count: 2 } }]],
  },
  {
    args: "modbus read h --profile wallbe",
    says: { "modbus.read": { ...reading, blocks: [{ ...reading.blocks[0], registers: null }] } },
    calls: [["modbus.read", { place: "h", profile: "wallbe" }]],
    code: 2,
  },
  {
    args: "modbus write h --profile wallbe --unit 4 --command limit-current --value 10 --yes",
    says: { "modbus.write": { says: "it", registers: [1] } },
    calls: [["modbus.write", { place: "h", unit: 4, profile: "wallbe", command: "limit-current", value: 10 }]],
  },
  {
    args: "modbus scan h --units 3-5",
    says: { "modbus.scan": { done: 3, total: 3, found: [], over: true, verdict: { kind: "nothing" } } },
    feeds: [["modbus.scan", { place: "h", units: [3, 4, 5] }]],
    code: 3,
  },
  ...[undefined, words("no-core")].map((trouble) => ({
    args: "modbus scan h",
    says: { "modbus.scan": { done: 1, total: 3, found: [{ unit: 1, words: {} }], over: true, trouble } },
    feeds: [["modbus.scan", { place: "h", units: undefined }]],
    code: trouble ? 1 : 0,
  })),
  {
    args: "forget CP1 --yes",
    says: {
      "stations.forgetPreview": { identity: "CP1", firstSeenAt: 0, frames: 1, findings: 0, files: 0 },
      "stations.forget": {},
    },
    calls: [
      ["stations.forgetPreview", { identity: "CP1" }],
      ["stations.forget", { identity: "CP1" }],
    ],
  },
  {
    args: "forget CP1 --yes",
    says: { "stations.forgetPreview": { identity: "CP1", blocked: words("no-core") } },
    calls: [["stations.forgetPreview", { identity: "CP1" }]],
    code: 1,
  },
];

test.each(askings)("$args: what is asked of a core that runs, which is let go of then", async (asking) => {
  const { args, says, calls = [], feeds = [], code = 0 } = asking;
  expect(await toldOf(says, args.split(" "))).toMatch(new RegExp(`= ${code}\\n$`));
  expect(core.asked).toEqual([...calls, "closed"]);
  const isFollowed = args.includes("--follow");
  expect(core.watched).toEqual(feeds.flatMap((feed) => (isFollowed ? [feed] : [feed, "stopped"])));
});

test.each<[args: string, says: typeof core.says, calls: unknown[]]>([
  ["bookmarks set #5 --note n", { "bookmarks.set": mark }, [["bookmarks.set", { seq: 5, note: "n" }]]],
  ["bookmarks remove 5", {}, [["bookmarks.remove", { seq: 5 }]]],
  ["calls save a B", { "calls.save": {} }, [["calls.save", { name: "a", action: "B", payload: "{}" }]]],
  ["calls remove a", {}, [["calls.remove", { name: "a" }]]],
  ["files change 7 --name b", { "files.change": kept }, [["files.change", { id: 7, name: "b", note: undefined }]]],
  ["files change 7 --note=", { "files.change": kept }, [["files.change", { id: 7, name: undefined, note: "" }]]],
  ["files remove 7", {}, [["files.remove", { id: 7 }]]],
  ["outbox add 7 stick", { "outbox.add": waiting }, [["outbox.add", { file: 7, destination: "stick" }]]],
  [
    "outbox add 7 stick --redacted",
    { "outbox.redact": { file: { id: 8 } }, "outbox.add": waiting },
    [
      ["outbox.redact", { file: 7 }],
      ["outbox.add", { file: 8, destination: "stick" }],
    ],
  ],
  ["outbox destination stick /stick", { "outbox.save": stick }, [["outbox.save", stick]]],
  ["outbox remove 2", {}, [["outbox.remove", { id: 2 }]]],
  ["outbox forget stick", {}, [["outbox.forget", { name: "stick" }]]],
  [
    "modbus attach h,id=WALL1",
    { "modbus.attach": wall },
    [["modbus.attach", { place: "h", identity: "WALL1", profile: "auto" }]],
  ],
  [
    "modbus attach h,unit=3,profile=wallbe,id=WALL1,reference=CP1:0",
    { "modbus.attach": wall },
    [
      [
        "modbus.attach",
        { place: "h", identity: "WALL1", profile: "wallbe", unit: 3, reference: { station: "CP1", evse: 1 } },
      ],
    ],
  ],
  ["modbus detach WALL1", {}, [["modbus.detach", { identity: "WALL1" }]]],
])("%s: what is asked of a core that runs", async (args, says, calls) => {
  expect(await toldOf(says, args.split(" "))).toMatch(/= 0\n$/);
  expect(core.asked).toEqual(calls);
});

test("nothing is written to a device without a person's word", async () => {
  const told = await toldOf({}, ["modbus", "write", "h", "--profile", "wallbe", "--command", "limit-current"]);
  expect(told).toMatch(/\n! Nothing was written\. Add --yes to do it\.\n= 5\n$/);
  expect(core.asked).toEqual([]);
});
