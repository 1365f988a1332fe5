import { expect, test, vi } from "vitest";
import type { StationAccess } from "../../services/access/contract.ts";
import type { FirewallReport } from "../../services/connection/contract.ts";
import type { DiagnosticsRequest, Rung } from "../../services/diagnostics/contract.ts";
import type { ProcedureView } from "../../services/procedures/contract.ts";
import { words } from "../../station/phrases.ts";
import type { PortsReport } from "../../station/serial/ports.ts";
import { core, toldOf } from "../testing/fake-core.ts";
import { printed } from "../testing/printed.ts";

vi.mock(import("../reach.ts"), async (original) => {
  const { reachingIt } = await import("../testing/fake-core.ts");
  return reachingIt(await original());
});

vi.mock("../../api/contact.ts", () => ({ readContact: () => ({ pid: 4711 }) }));
vi.mock("node:timers/promises", () => ({ setTimeout: async () => undefined }));

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
