import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { CommandOutcome, LogCommand } from "../../station/commands.ts";
import { words } from "../../station/phrases.ts";
import type { FileStore } from "../../store/files/file-store.ts";
import type { Drop, ReceiverEvent } from "../../transports/receivers/drop.ts";
import type { DiagnosticsRequest, UploadWay } from "./contract.ts";
import { usualWaits } from "./patience.ts";
import { type RequestBody, Run, type RunTools } from "./run.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
const outcome = (result: string, more: object = {}) => ({ result, ...more }) as unknown as CommandOutcome;

/** A request, a station that answers what a test lets it, and doors that open unless they are locked. */
function setUp(
  change: { request?: Partial<DiagnosticsRequest>; body?: Partial<RequestBody>; tools?: Partial<RunTools> } = {},
) {
  const clock = createManualClock(0);
  const asked: LogCommand[] = [];
  const answers: CommandOutcome[] = [];
  const doors: { way: UploadWay; port: number | undefined; drop: Drop; closed: boolean }[] = [];
  const locked = new Set<UploadWay>();
  const told: boolean[] = [];
  const kept: { id: number; bytes: number; state: string; sha256?: string }[] = [];
  const names: string[] = [];
  const files = {
    list: () => kept,
    room: () => 77,
    async keep(wish: { name: string; begun?: (id: number) => void }, chunks: AsyncIterable<Uint8Array>) {
      const id = kept.length + 1;
      names.push(wish.name);
      wish.begun?.(id);
      let bytes = 0;
      try {
        for await (const chunk of chunks) bytes += chunk.length;
      } catch (error) {
        kept.push({ id, bytes, state: "partial" });
        throw error;
      }
      kept.push({ id, bytes, state: "whole", sha256: "s" });
      return { id, bytes, sha256: "s", state: "whole" };
    },
    remove: () => undefined,
    change: () => undefined,
  } as unknown as FileStore;
  const request: DiagnosticsRequest = {
    id: 1,
    station: "CP1",
    kind: "diagnostics",
    protocol: "auto",
    at: 0,
    until: 1_800_000,
    rungs: [],
    files: [],
    ...change.request,
  };
  let number = 100;
  const tools: RunTools = {
    clock,
    waits: usualWaits,
    files,
    receivers: {
      async open(way, drop, port) {
        if (locked.has(way)) throw new Error("EACCES");
        const door = { way, port, drop, closed: false };
        doors.push(door);
        return {
          port: way === "http" || way === "https" ? null : 2121,
          ...(way === "sftp" && { said: words("tls-left") }),
          close: () => {
            door.closed = true;
          },
        };
      },
    },
    async ask(command) {
      asked.push(command);
      return answers.shift() ?? outcome("accepted", { frame: 7 });
    },
    reach: () => "connected",
    order: async () => ["http", "ftp"],
    ourEnd: () => ({ address: "192.0.2.1", port: 8887 }),
    newNumber: () => number++,
    changed: (keep) => void told.push(keep),
    ...change.tools,
  };
  const run = new Run({ request, ...change.body }, tools);
  const pass = async (ms: number) => {
    clock.advance(ms);
    await turn();
  };
  const results = () => run.body.request.rungs.map(({ protocol, result }) => `${protocol} ${result}`);
  const seen = (type: ReceiverEvent["type"], protocol: UploadWay = "http", more = {}) =>
    run.seen({ type, protocol, from: "192.0.2.7", ...more } as ReceiverEvent);
  return { run, request, clock, asked, answers, doors, locked, told, names, pass, results, seen };
}

const send = (drop: Drop | undefined, text: string, name = "a.log") =>
  drop?.receive({
    protocol: "http",
    name,
    offset: 0,
    from: "192.0.2.7",
    chunks: (async function* () {
      yield Buffer.from(text);
    })(),
  });

test("the station is asked by the first way, told where to send it, and the next is tried when nothing comes", async () => {
  const { run, asked, doors, pass, results, request } = setUp({
    request: { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z", retries: 0, retrySeconds: 60 },
  });
  await run.begin();
  const { user, password, path } = doors[0]?.drop ?? {};
  expect([user, password, path].join(" ")).toMatch(/^log[0-9a-f]{6} [0-9a-f]{16} \/upload\/[0-9a-f]{20}\/$/);
  expect(asked).toEqual([
    {
      name: "get-log",
      kind: "diagnostics",
      location: `http://192.0.2.1:8887${path}`,
      requestId: 100,
      from: request.from,
      to: request.to,
      retries: 0,
      retrySeconds: 60,
      way: 0,
    },
  ]);
  expect(request.rungs[0]).toMatchObject({ place: "http://192.0.2.1:8887", at: 0, result: "asked", frame: 7 });
  await pass(89_999);
  expect(results()).toEqual(["http asked"]);
  await pass(1);
  expect(results()).toEqual(["http silent", "ftp asked"]);
  expect(request.rungs[0]?.endedAt).toBe(90_000);
  expect(asked[1]).toMatchObject({ location: `ftp://${user}:${password}@192.0.2.1:2121/`, requestId: 101 });
  await pass(90_000);
  expect(run.body).toEqual({ request: expect.objectContaining({ verdict: "nothing-came", endedAt: 180_000 }) });
  expect(results()).toEqual(["http silent", "ftp silent"]);
  expect(doors.map(({ closed }) => closed)).toEqual([true, true]);
});

test.each([
  ["fe80::1%eth0", "http://[fe80::1]:8887"],
  ["192.0.2.1", "http://192.0.2.1:8887"],
])("our end %s is told as %s", async (address, place) => {
  const { run, request } = setUp({ tools: { ourEnd: () => ({ address, port: 8887 }) } });
  await run.begin();
  expect(request.rungs[0]?.place).toBe(place);
});

test.each([
  ["offline", "offline"],
  ["without-ocpp", "unsupported"],
] as const)("one that is %s is not asked: %s", async (reach, verdict) => {
  const { run, asked } = setUp({ tools: { reach: () => reach } });
  await run.begin();
  expect([run.body.request.verdict, asked]).toEqual([verdict, []]);
});

test("a way that was wished for is the only one", async () => {
  const { run, pass, results } = setUp({ request: { protocol: "sftp" } });
  await run.begin();
  expect(run.body.request.rungs[0]?.seen.map(({ words: said }) => said)).toEqual([words("tls-left")]);
  await pass(90_000);
  expect([results(), run.body.request.verdict]).toEqual([["sftp silent"], "nothing-came"]);
});

test("the other wording is tried where one is not supported, and no other way where neither is", async () => {
  const both = setUp();
  both.answers.push(outcome("unsupported"), outcome("unsupported", { why: "no" }));
  await both.run.begin();
  expect(both.asked).toMatchObject([{ way: 0 }, { way: 1 }]);
  expect([both.results(), both.run.body.request.verdict]).toEqual([["http unsupported"], "unsupported"]);
  const other = setUp();
  other.answers.push(outcome("unsupported", { frame: 1 }), outcome("accepted", { frame: 2 }));
  await other.run.begin();
  expect([other.results(), other.request.rungs[0]?.frame]).toEqual([["http asked"], 2]);
});

test("a refusal is no end: the next way is asked for, with why it was refused; one that is gone meanwhile is", async () => {
  const { run, answers, results, request } = setUp();
  answers.push(outcome("rejected", { why: words("tls-left") }), outcome("rejected"));
  await run.begin();
  expect([results(), request.verdict, request.rungs[0]?.why]).toEqual([
    ["http refused", "ftp refused"],
    "refused",
    words("tls-left"),
  ]);
  const gone = setUp();
  gone.answers.push(outcome("offline"));
  await gone.run.begin();
  expect([gone.results(), gone.request.verdict]).toEqual([["http offline"], "offline"]);
});

test("the name that the station answers with is what a file without one is called, and what it gave up is told", async () => {
  const { run, answers, request, doors, names } = setUp();
  answers.push(outcome("accepted", { answer: '{"status":"AcceptedCanceled","filename":"said.log"}', answerFrame: 8 }));
  await run.begin();
  expect(request.rungs[0]).toMatchObject({
    fileName: "said.log",
    seen: [{ at: 0, end: "station", words: words("seen-superseded"), frame: 8 }],
  });
  await send(doors[0]?.drop, "123", "upload");
  expect([await doors[0]?.drop.room(), names]).toEqual([77, ["said.log"]]);
  const unnamed = setUp({ request: { kind: "security", at: Date.UTC(2026, 5, 7, 23) } });
  await unnamed.run.begin();
  await send(unnamed.doors[0]?.drop, "123", "upload");
  expect([unnamed.names, unnamed.request.rungs[0]]).toEqual([
    ["security-2026-06-07.log"],
    expect.not.objectContaining({ fileName: expect.anything() }),
  ]);
});

test("a file that came is the end, once no other follows: sooner where the station says that it is all", async () => {
  const quick = setUp();
  await quick.run.begin();
  await send(quick.doors[0]?.drop, "12345");
  expect(quick.told.filter((kept) => !kept)).toHaveLength(1);
  await quick.pass(9_999);
  expect(quick.results()).toEqual(["http asked"]);
  quick.run.status("Uploaded", 9, undefined);
  await quick.pass(999);
  expect(quick.results()).toEqual(["http asked"]);
  await quick.pass(1);
  expect([quick.results(), quick.request.verdict]).toEqual([["http received"], "received"]);
  expect(quick.request).toMatchObject({
    endedAt: 10_999,
    lastWord: words("log-received", { name: "a.log", bytes: 5, protocol: "HTTP" }),
  });
  expect(quick.request.rungs[0]).toMatchObject({
    status: "Uploaded",
    seen: [{ at: 9_999, end: "station", words: words("seen-status", { status: "Uploaded" }), frame: 9 }],
  });
});

test("a word of the station counts for the request that it names, for the last where it names none; Idle tells nothing", async () => {
  const { run, pass, request } = setUp();
  await run.begin();
  await pass(90_000);
  run.status("Uploading", 9, "100");
  run.status("Idle", 10, undefined);
  run.status("Uploading", 11, 4711);
  expect(request.rungs.map(({ status }) => status)).toEqual(["Uploading", undefined]);
  run.status("UploadFailure", 12, 101);
  expect(request.rungs.map(({ status }) => status)).toEqual(["Uploading", "UploadFailure"]);
  await pass(1000);
  expect(request).toMatchObject({ verdict: "nothing-came", rungs: [{ result: "silent" }, { result: "told-failed" }] });
});

test("a sign at our end is waited on longer, and is told of the way that it came by", async () => {
  const { run, pass, results, seen, request } = setUp();
  await run.begin();
  await pass(89_000);
  seen("login");
  await pass(179_999);
  expect(results()).toEqual(["http asked"]);
  await pass(1);
  expect(results()).toEqual(["http silent", "ftp asked"]);
  seen("wrong-login", "http", { user: "u" });
  seen("secured", "sftp");
  expect(request.rungs.map((rung) => rung.seen.map(({ words: said, end }) => [end, said.phrase]))).toEqual([
    [
      ["ours", "seen-login"],
      ["ours", "seen-wrong-login"],
    ],
    [["ours", "seen-secured"]],
  ]);
  run.end("canceled");
  seen("login");
  run.status("Uploaded", 1, undefined);
  expect(request.rungs[0]?.seen).toHaveLength(2);
});

test("a question that nobody answered is no silence after it", async () => {
  const { run, answers, pass, results } = setUp();
  answers.push(outcome("no-answer"), outcome("unreadable"));
  await run.begin();
  await pass(90_000);
  await pass(90_000);
  expect(results()).toEqual(["http no-answer", "ftp no-answer"]);
});

test("a door that cannot be opened is told, and the next way is tried", async () => {
  const { run, locked, results, request, asked } = setUp();
  locked.add("http");
  await run.begin();
  expect([results(), asked.length]).toEqual([["http closed", "ftp asked"], 1]);
  expect(request.rungs[0]).toMatchObject({
    place: "",
    why: words("log-no-port", { why: words("system-says", { error: "EACCES" }) }),
  });
});

test.each([
  ["canceled", "given-up"],
  ["superseded", "given-up"],
  ["offline", "offline"],
  ["nothing-came", "silent"],
] as const)("one that is %s ends its way as %s, once", async (verdict, result) => {
  const { run, results, doors, request, told } = setUp();
  await run.begin();
  run.end(verdict);
  const times = told.length;
  run.end("received");
  expect([results(), request.verdict, doors[0]?.closed, told.length]).toEqual([
    [`http ${result}`],
    verdict,
    true,
    times,
  ]);
});

test("it is given up in time; what comes just then is let in first", async () => {
  const { run, pass, request, doors } = setUp({ request: { until: 5000 } });
  await run.begin();
  const more = Promise.withResolvers<void>();
  const coming = doors[0]?.drop.receive({
    protocol: "http",
    name: "a.log",
    offset: 0,
    from: "192.0.2.7",
    chunks: (async function* () {
      yield Buffer.from("1");
      await more.promise;
    })(),
  });
  await pass(5000);
  expect(request.verdict).toBeUndefined();
  await pass(4999);
  more.resolve();
  await coming;
  expect(request.verdict).toBeUndefined();
  await pass(1);
  expect([request.verdict, request.rungs[0]?.result]).toEqual(["received", "received"]);
  const silent = setUp({ request: { until: 5000 } });
  await silent.run.begin();
  await silent.pass(4999);
  expect(silent.request.verdict).toBeUndefined();
  await silent.pass(1);
  expect([silent.request.verdict, silent.results()]).toEqual(["nothing-came", ["http silent"]]);
});

test("a hundred lines are kept of a way, and the others are counted", async () => {
  const { run, seen, request } = setUp();
  await run.begin();
  for (let at = 0; at < 103; at++) seen("login");
  expect([request.rungs[0]?.seen.length, request.rungs[0]?.unseen]).toEqual([100, 3]);
});

test("the next life of the core goes on where the last one stopped: the same login, the same ports, nothing asked anew", async () => {
  const first = setUp({ tools: { order: async () => ["ftp", "http"] } });
  await first.run.begin();
  const body = structuredClone(first.run.body);
  expect(body).toMatchObject({
    order: ["ftp", "http"],
    ports: { ftp: 2121 },
    login: { user: first.doors[0]?.drop.user },
  });
  first.run.dispose();
  expect([first.doors[0]?.closed, first.request.verdict]).toEqual([true, undefined]);
  const second = setUp({ body });
  await second.run.resume();
  expect(second.asked).toEqual([]);
  expect(second.doors[0]).toMatchObject({ way: "ftp", port: 2121, drop: body.login });
  expect(body.request.rungs[0]?.seen.at(-1)?.words).toEqual(words("seen-again"));
  await second.pass(90_000);
  expect(second.results()).toEqual(["ftp silent", "http asked"]);
  const third = setUp({ body: { ...structuredClone(body), request: { ...body.request, rungs: [] } } });
  await third.run.resume();
  expect(third.asked).toHaveLength(1);
});

const broken = (drop: Drop | undefined, text: string, name = "a.log", protocol: UploadWay = "http") =>
  drop
    ?.receive({
      protocol,
      name,
      offset: 0,
      from: "192.0.2.7",
      chunks: (async function* () {
        yield Buffer.from(text);
        throw new Error("cut");
      })(),
    })
    .catch(() => undefined);

test.each([
  [{}, 20_000],
  [{ retries: 0, retrySeconds: 45 }, 20_000],
  [{ retries: 1 }, 50_000],
  [{ retries: 2, retrySeconds: 45 }, 65_000],
])("asked with %j a part that broke off is waited on for %i ms, and is no file", async (asked, ms) => {
  const { run, doors, pass, results, request } = setUp({ request: asked });
  await run.begin();
  await broken(doors[0]?.drop, "123");
  await pass(ms - 1);
  expect(results()).toEqual(["http asked"]);
  await pass(1);
  expect(results()).toEqual(["http broken-off", "ftp asked"]);
  // By the next way nothing came yet: it is not the part of the other that is waited on.
  await pass(179_999);
  expect(results()).toEqual(["http broken-off", "ftp asked"]);
  await pass(1);
  expect([results(), request.verdict]).toEqual([["http broken-off", "ftp silent"], "broken-off"]);
});

test("an empty file is none: another is waited for", async () => {
  const { run, doors, pass, results } = setUp();
  await run.begin();
  await send(doors[0]?.drop, "");
  await pass(10_000);
  expect(results()).toEqual(["http asked"]);
});

test("what is worth keeping is told as that: each step and each line, not each byte", async () => {
  const { run, doors, told, seen, pass } = setUp();
  const since = async (work: () => unknown) => {
    told.length = 0;
    await work();
    return [...told];
  };
  expect(await since(() => run.begin())).toEqual([true, true]);
  expect(await since(() => seen("login"))).toEqual([true]);
  expect(await since(() => run.status("Uploading", 1, undefined))).toEqual([true]);
  expect(await since(() => send(doors[0]?.drop, "123"))).toEqual([true, false, true]);
  expect(await since(() => pass(10_000))).toEqual([true, true]);
  expect(await since(() => run.end("canceled"))).toEqual([]);
});

test("each way begins anew: what was said and seen of the one before counts for nothing", async () => {
  const { run, answers, pass, results, seen } = setUp({ tools: { order: async () => ["http", "ftp", "https"] } });
  answers.push(outcome("accepted"), outcome("no-answer"));
  await run.begin();
  seen("login");
  run.status("UploadFailure", 1, undefined);
  await pass(1000);
  expect(results()).toEqual(["http told-failed", "ftp asked"]);
  await pass(89_999);
  expect(results()).toEqual(["http told-failed", "ftp asked"]);
  await pass(1);
  expect(results()).toEqual(["http told-failed", "ftp no-answer", "https asked"]);
  await pass(90_000);
  expect(results().at(-1)).toBe("https silent");
});

test("only a login, a connection for data or a file is a sign that it came", async () => {
  for (const [type, ms] of [
    ["login", 180_000],
    ["data-opened", 180_000],
    ["wrong-login", 90_000],
    ["secured", 90_000],
  ] as const) {
    const { run, pass, results, seen } = setUp();
    await run.begin();
    seen(type, "http", { user: "u", address: "192.0.2.7", port: 1, passive: true });
    await pass(ms - 1);
    expect([type, ...results()]).toEqual([type, "http asked"]);
    await pass(1);
    expect(results()[0]).toBe("http silent");
  }
});

test("nothing is waited for before the station has answered; its word on an earlier way says nothing of this one", async () => {
  const answer = Promise.withResolvers<CommandOutcome>();
  const { run, pass, results } = setUp({ tools: { ask: () => answer.promise } });
  const begun = run.begin();
  await turn();
  run.status("Uploading", 1, undefined);
  await pass(400_000);
  expect(results()).toEqual(["http asked"]);
  answer.resolve(outcome("accepted"));
  await begun;
  await pass(180_000);
  expect(results()).toEqual(["http silent", "ftp asked"]);
  run.status("Uploading", 2, 100);
  await pass(90_000);
  expect(results().at(-1)).toBe("ftp silent");
});

test.each(["order", "open", "ask"] as const)(
  "one that is canceled during its %s goes no further, and holds no door",
  async (step) => {
    const gate = Promise.withResolvers<void>();
    const closed: string[] = [];
    const asked: unknown[] = [];
    const { run, results } = setUp({
      tools: {
        order: async () => {
          if (step === "order") await gate.promise;
          return ["http", "ftp"];
        },
        receivers: {
          async open(way) {
            if (step === "open") await gate.promise;
            return { port: null, close: () => void closed.push(way) };
          },
        },
        ask: async (command) => {
          asked.push(command);
          if (step === "ask") await gate.promise;
          return outcome("rejected", { frame: 3 });
        },
      },
    });
    const begun = run.begin();
    await turn();
    run.end("canceled");
    gate.resolve();
    await begun;
    await turn();
    expect(asked).toHaveLength(step === "ask" ? 1 : 0);
    expect(closed).toEqual(step === "order" ? [] : ["http"]);
    expect(results()).toEqual(step === "order" ? [] : ["http given-up"]);
  },
);

test("a request that goes on after a restart waits by what the station said last, or tries the next way", async () => {
  const rung = (more: object) => ({
    ...{ protocol: "http" as const, place: "p", at: 0, result: "asked" as const, requestId: 1, seen: [] },
    ...more,
  });
  const resumed = async (more: object) => {
    const set = setUp({ request: { rungs: [rung(more)] }, body: { order: ["http", "ftp"] } });
    await set.run.resume();
    return set;
  };
  const failed = await resumed({ status: "UploadFailure" });
  await failed.pass(1000);
  expect(failed.results()).toEqual(["http told-failed", "ftp asked"]);
  const over = await resumed({ result: "refused" });
  expect(over.results()).toEqual(["http refused", "ftp asked"]);
  const shut = setUp({ request: { rungs: [rung({})] }, body: { order: ["http", "ftp"] } });
  shut.locked.add("http");
  await shut.run.resume();
  expect(shut.request.rungs[0]?.seen.map(({ words: { phrase } }) => phrase)).toEqual(["log-no-port", "seen-again"]);
});
