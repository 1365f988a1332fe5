import { expect, test } from "vitest";
import { words } from "../../station/phrases.ts";
import { outcome, send, setUp } from "./testing/run-bench.ts";

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
  expect(both.request.rungs[0]).not.toHaveProperty("why");
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

test("what a door says of itself is told once, however often it is opened for the same way", async () => {
  const first = setUp({ request: { protocol: "sftp" } });
  await first.run.begin();
  const body = structuredClone(first.run.body);
  first.run.dispose();
  const second = setUp({ body });
  await second.run.resume();
  expect(second.doors).toMatchObject([{ way: "sftp", port: 2121 }]);
  expect(body.request.rungs[0]?.seen.map(({ end, words: said }) => [end, said])).toEqual([
    ["ours", words("tls-left")],
    ["ours", words("seen-again")],
  ]);
});
