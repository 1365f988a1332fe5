import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { CallInput } from "../../src/api/contract.ts";
import { createManualClock } from "../../src/lib/clock.ts";
import { snapshot, type TestCore, testCore, until } from "../harness/core.ts";
import { selfSigned } from "../harness/self-signed.ts";
import { type RawStation, rawStation } from "../harness/stations/raw-station.ts";
import { openUpstream, type Upstream, type UpstreamLink } from "../harness/upstream.ts";

const identity = "CP 1";
const versions = [
  { version: "1.6", protocol: "ocpp1.6" },
  { version: "2.0.1", protocol: "ocpp2.0.1" },
  { version: "2.1", protocol: "ocpp2.1" },
] as const;

type Setup = Partial<CallInput<"forward.set">>;
type Bench = { core: TestCore; upstream: Upstream; station: RawStation; above: UpstreamLink };

async function dialIn(core: TestCore, protocol = "ocpp1.6", options = {}): Promise<RawStation> {
  return rawStation(`${core.url}${encodeURIComponent(identity)}`, [protocol], options);
}

function setUp(core: TestCore, url: string, change: Setup = {}) {
  const base = { identity, on: true, url, credentials: "none", insecure: false, whenAway: "answer" } as const;
  return core.client.call("forward.set", { ...base, ...change });
}

/** A station that is forwarded to a hand-made central system, both legs up. */
async function bench(protocol = "ocpp1.6", change: Setup = {}, options = {}): Promise<Bench> {
  const core = await testCore();
  const upstream = await openUpstream();
  const station = await dialIn(core, protocol, options);
  await until(core.client, "stations.state", { identity }, (state) => state?.link.state === "online");
  await setUp(core, upstream.url, change);
  const above = await upstream.link();
  await legIs(core, "open");
  return { core, upstream, station, above };
}

/** Looks until the leg upward is as wanted; on a hand-turned clock no feed pushes. */
async function legIs(core: TestCore, wanted: string) {
  for (;;) {
    const state = await snapshot(core.client, "forward.state", { identity });
    if (state.leg.state === wanted) return state;
  }
}

/** What is on record, in short. */
async function record(core: TestCore) {
  const frames = await core.client.call("messages.frames", { since: 0, limit: 1000 });
  return frames.map(({ direction, text, lane, marks }) => [lane ?? "station", direction, text, marks ?? []]);
}

/** Texts whose bytes a reader of JSON would not give back. */
const odd = [
  '[2 ,  "a",\t"Heartbeat", {   } ]',
  '[2,"b","DataTransfer",{"vendorId":"V","data":"å\\u00e5","n":12345678901234567890.1234567890,"e":1E5}]',
  '\n[2,"c","MeterValues",{"connectorId":1,"transactionId":9223372036854775807,"meterValue":[]}]\r\n',
];

describe.each(versions)("forward mode, OCPP $version", ({ protocol }) => {
  test("dials with the station's identity, subprotocol and name", async () => {
    const { above } = await bench(protocol, {}, { headers: { "user-agent": "Wallbox/7" } });
    expect([above.path, above.protocol, above.headers["user-agent"]]).toEqual(["/ocpp/CP%201", protocol, "Wallbox/7"]);
  });

  test("changes no byte of a question or of its answer, either way", async () => {
    const { core, station, above } = await bench(protocol);
    const answers = odd.map((_text, at) => `[3 , "${"abc"[at]}",  { "x" : 1.50, "y": 92233720368547758070 } ]`);
    for (const [at, text] of odd.entries()) {
      station.send(text);
      expect(await above.text()).toBe(text);
      above.send(answers[at] ?? "");
      expect(await station.next()).toBe(answers[at]);
    }
    const asked = '[2,"up-1","GetBaseReport" , {"requestId":12345678901234567890}]';
    above.send(asked);
    expect(await station.next()).toBe(asked);
    const told = '[3,"up-1",{ "status":"Accepted" , "z":1e2}]';
    station.send(told);
    expect(await above.text()).toBe(told);
    expect(await record(core)).toEqual([
      ...odd.flatMap((text, at) => [
        ["station", "in", text, ["to-upstream"]],
        ["station", "out", answers[at], ["from-upstream"]],
      ]),
      ["station", "out", asked, ["from-upstream"]],
      ["station", "in", told, ["to-upstream"]],
    ]);
  });

  test("names an answer under an id that nobody gave, and passes it as it is", async () => {
    const { core, station, above } = await bench(protocol);
    above.send('[2,"up-1","ClearCache",{}]');
    await station.next();
    const stray = '[3,"ff80ff4a-c1b6-41b0-bcb8-efde1f6c902b",{"status":"Accepted"}]';
    station.send(stray);
    expect(await above.text()).toBe(stray);
    const right = '[3,"up-1",{"status":"Accepted"}]';
    station.send(right);
    expect(await above.text()).toBe(right);
    const frames = await core.client.call("messages.frames", { since: 0, limit: 10 });
    const heard = frames.filter(({ direction }) => direction === "in");
    expect(heard.map(({ text, findings }) => [text, findings.map(({ rule }) => rule)])).toEqual([
      [stray, ["unsolicited-answer"]],
      [right, []],
    ]);
  });

  test("passes text that is not UTF-8 and binary frames as they are", async () => {
    const { core, station, above } = await bench(protocol, {}, { skipUTF8Validation: true });
    const latin = Buffer.from('[2,"l","DataTransfer",{"vendorId":"\xe5\xe4\xf6"}]', "latin1");
    station.send(latin, { binary: false });
    expect(await above.next()).toEqual({ bytes: latin, binary: false });
    const raw = Buffer.from([0, 255, 1, 254]);
    station.send(raw, { binary: true });
    expect(await above.next()).toEqual({ bytes: raw, binary: true });
    const answer = Buffer.from('[3,"l",{"data":"\xff"}]', "latin1");
    const heard = new Promise((resolve) => {
      station.socket.once("message", (bytes: Buffer, binary: boolean) => resolve({ bytes, binary }));
    });
    above.send(answer);
    expect(await heard).toEqual({ bytes: answer, binary: false });
    const frames = await core.client.call("messages.frames", { since: 0, limit: 10 });
    expect(frames.map(({ base64 }) => Buffer.from(base64 ?? "", "base64"))).toEqual([latin, raw, answer]);
  });

  test("folds the state from what passes: the boot as it was answered above", async () => {
    const { core, station, above } = await bench(protocol);
    const boots: Record<string, object> = {
      "ocpp1.6": { chargePointVendor: "Acme", chargePointModel: "One" },
      "ocpp2.0.1": { reason: "PowerUp", chargingStation: { vendorName: "Acme", model: "One" } },
      "ocpp2.1": { reason: "PowerUp", chargingStation: { vendorName: "Acme", model: "One" } },
    };
    station.send(JSON.stringify([2, "boot", "BootNotification", boots[protocol]]));
    await above.text();
    above.send('[3,"boot",{"status":"Pending","currentTime":"2026-01-01T00:00:00Z","interval":17}]');
    await station.next();
    const state = await until(core.client, "stations.state", { identity }, (value) => value?.boot !== undefined);
    expect(state?.boot).toMatchObject({ answered: "Pending", intervalSeconds: 17 });
    expect(state?.info).toMatchObject({ vendor: "Acme", model: "One" });
    const again = await core.restart();
    const after = await snapshot(again.client, "stations.state", { identity });
    expect(after?.boot).toEqual(state?.boot);
    expect(after?.info).toEqual(state?.info);
  });

  test("puts a command of ours in between, and keeps its answer from the system above", async () => {
    const { core, station, above } = await bench(protocol);
    above.send('[2,"theirs","TriggerMessage",{"requestedMessage":"Heartbeat"}]');
    expect(JSON.parse(await station.next())[1]).toBe("theirs");
    const ours = core.client.call("stations.command", { identity, command: { name: "reset", kind: "hard" } });
    station.send('[3,"theirs",{"status":"Accepted"}]');
    expect(await above.text()).toBe('[3,"theirs",{"status":"Accepted"}]');
    const [, id, action] = JSON.parse(await station.next());
    expect([action, id === "theirs"]).toEqual(["Reset", false]);
    // While ours is under way, one from above waits.
    above.send('[2,"next","TriggerMessage",{"requestedMessage":"Heartbeat"}]');
    station.send(`[3,${JSON.stringify(id)},{"status":"Accepted"}]`);
    expect((await ours).result).toBe("accepted");
    expect(JSON.parse(await station.next())[1]).toBe("next");
    station.send('[3,"next",{"status":"Rejected"}]');
    expect(await above.text()).toBe('[3,"next",{"status":"Rejected"}]');
    const marks = (await record(core)).filter(([, , text]) => String(text).includes(id)).map(([, , , mark]) => mark);
    expect(marks).toEqual([["injected"], ["not-passed"]]);
  });
});

test("the station's own credentials are passed on, or others, or none", async () => {
  const headers = { authorization: `Basic ${Buffer.from("CP 1:its own key").toString("base64")}` };
  const { core, upstream, above } = await bench("ocpp1.6", { credentials: "station" }, { headers });
  expect(above.headers.authorization).toBe(headers.authorization);
  await setUp(core, upstream.url, { credentials: "own", user: "other", password: "hemligt å" });
  const second = await upstream.link();
  expect(second.headers.authorization).toBe(`Basic ${Buffer.from("other:hemligt å").toString("base64")}`);
  await setUp(core, upstream.url, { credentials: "none" });
  expect((await upstream.link()).headers.authorization).toBeUndefined();
});

test("a password is told to nobody, is no part of the record, and is there again after a restart", async () => {
  const { core, upstream } = await bench("ocpp1.6", { credentials: "own", password: "hemligt-1234" });
  const state = await snapshot(core.client, "forward.state", { identity });
  expect(state.setup).toMatchObject({ hasPassword: true, credentials: "own" });
  expect(JSON.stringify(state)).not.toContain("hemligt-1234");
  const events = await core.client.call("history.page", { limit: 100 });
  expect(JSON.stringify(events)).not.toContain("hemligt-1234");
  const again = await core.restart();
  await dialIn(again);
  const above = await upstream.link();
  expect(above.headers.authorization).toBe(`Basic ${Buffer.from("CP 1:hemligt-1234").toString("base64")}`);
});

test("while nobody is above, the laptop answers and says so on record; when it is back, frames go up again", async () => {
  const clock = createManualClock();
  const core = await testCore({ clock });
  const upstream = await openUpstream();
  const station = await dialIn(core);
  await station.ask("Heartbeat", {});
  await setUp(core, upstream.url);
  const above = await upstream.link();
  await legIs(core, "open");
  station.send('[2,"1","Heartbeat",{}]');
  await above.text();
  await upstream.shut();
  // It was asked and cannot answer any more: the laptop does.
  expect(JSON.parse(await station.next()).slice(0, 2)).toEqual([3, "1"]);
  const away = await legIs(core, "away");
  expect(away.leg).toMatchObject({ state: "away", problem: "closed" });
  station.send('[2,"2","Heartbeat",{}]');
  expect(JSON.parse(await station.next()).slice(0, 2)).toEqual([3, "2"]);
  const marks = (await record(core)).slice(2).map(([lane, direction, , mark]) => [lane, direction, mark]);
  expect(marks).toEqual([
    ["station", "in", ["to-upstream"]],
    ["station", "out", ["own-answer"]],
    ["station", "in", ["not-passed"]],
    ["station", "out", ["own-answer"]],
  ]);
  await upstream.open();
  // The first gap before it dials again.
  clock.advance(1000);
  const back = await upstream.link();
  await legIs(core, "open");
  station.send('[2,"3","Heartbeat",{}]');
  expect(await back.text()).toBe('[2,"3","Heartbeat",{}]');
});

test("it can be silent, or hang up, while nobody is above", async () => {
  const core = await testCore();
  const upstream = await openUpstream({ status: 403 });
  const station = await dialIn(core);
  await until(core.client, "stations.state", { identity }, (state) => state?.link.state === "online");
  await setUp(core, upstream.url, { whenAway: "silent" });
  await legIs(core, "away");
  station.send('[2,"1","Heartbeat",{}]');
  await until(core.client, "messages.live", { filter: {} }, (rows) => rows.at(-1)?.marks?.[0] === "not-passed");
  expect(station.heard).toEqual([]);
  await setUp(core, upstream.url, { whenAway: "disconnect" });
  expect((await station.closed).code).toBe(1012);
});

test.each([
  { status: 401, problem: "unauthorized" },
  { status: 404, problem: "refused" },
  { status: 200, problem: "no-websocket" },
])("a handshake refused with $status is told as $problem", async ({ status, problem }) => {
  const core = await testCore();
  const upstream = await openUpstream({ status });
  await dialIn(core);
  const base = { identity, url: upstream.url, credentials: "none", insecure: false } as const;
  expect(await core.client.call("forward.test", base)).toMatchObject({ result: "failed", problem });
});

test("a test call says what was agreed on, or why there is nothing", async () => {
  const { core, upstream } = await bench("ocpp2.0.1");
  const base = { identity, credentials: "none", insecure: false } as const;
  const good = await core.client.call("forward.test", { ...base, url: upstream.url });
  expect(good).toMatchObject({ result: "open", subprotocol: "ocpp2.0.1", address: `${upstream.url}/CP%201` });
  const { port } = upstream;
  await upstream.shut();
  const bad = await core.client.call("forward.test", { ...base, url: `ws://127.0.0.1:${port}` });
  expect(bad).toMatchObject({ result: "failed", problem: "unreachable" });
  const unwilling = await openUpstream({ protocols: () => false });
  expect(await core.client.call("forward.test", { ...base, url: unwilling.url })).toMatchObject({
    result: "failed",
    problem: "subprotocol",
  });
});

test.each(["http://example.com", "no url", "wss://user:secret@example.com/"])("%s is refused in words", async (url) => {
  const core = await testCore();
  await dialIn(core);
  await until(core.client, "stations.list", {}, (list) => list.length > 0);
  await expect(setUp(core, url)).rejects.toMatchObject({ code: "invalid-input" });
});

describe("over TLS", () => {
  test("an unknown authority is refused, its own CA or the switch lets it pass", async () => {
    const { cert, key } = await selfSigned("127.0.0.1");
    const upstream = await openUpstream({ tls: { cert, key } });
    const core = await testCore();
    await dialIn(core);
    const base = { identity, url: upstream.url, credentials: "none", insecure: false } as const;
    const test = (change: Partial<CallInput<"forward.test">>) =>
      core.client.call("forward.test", { ...base, ...change });
    expect(await test({})).toMatchObject({ result: "failed", problem: "certificate-unknown" });
    expect(await test({ ca: cert })).toMatchObject({ result: "open" });
    expect(await test({ insecure: true })).toMatchObject({ result: "open" });
    await expect(test({ ca: "no certificate" })).rejects.toMatchObject({ code: "invalid-input" });
  });

  test("a certificate for another name is told as such", async () => {
    const { cert, key } = await selfSigned("another.example");
    const upstream = await openUpstream({ tls: { cert, key } });
    const core = await testCore();
    await dialIn(core);
    const base = { identity, url: upstream.url, credentials: "none", insecure: false } as const;
    expect(await core.client.call("forward.test", { ...base, ca: cert })).toMatchObject({
      problem: "certificate-name",
    });
  });
});

describe("a hand in between", () => {
  test("holds frames by way and action, and lets them go on as they were", async () => {
    const { core, station, above } = await bench();
    await core.client.call("forward.hold", { identity, up: true, down: false, actions: ["heartbeat"] });
    const beat = '[2,"1","Heartbeat",  {}]';
    station.send(beat);
    const { held } = await until(core.client, "forward.state", { identity }, (state) => state.held.length === 1);
    expect(held).toMatchObject([{ way: "up", action: "Heartbeat", kind: "question", text: beat, exact: true }]);
    station.send('[2,"2","Authorize",{"idTag":"A"}]');
    expect(await above.text()).toBe('[2,"2","Authorize",{"idTag":"A"}]');
    await core.client.call("forward.release", { identity, seq: held[0]?.seq ?? 0 });
    expect(await above.text()).toBe(beat);
    const answer = '[3,"1",{"currentTime":"2026-01-01T00:00:00Z"}]';
    above.send(answer);
    expect(await station.next()).toBe(answer);
    expect(await record(core)).toEqual([
      ["station", "in", beat, ["held"]],
      ["station", "in", '[2,"2","Authorize",{"idTag":"A"}]', ["to-upstream"]],
      ["upstream", "out", beat, ["held"]],
      ["station", "out", answer, ["from-upstream"]],
    ]);
    const { rows } = await core.client.call("messages.page", { filter: {}, limit: 10 });
    expect(rows.map((row) => [row.lane, row.marks, row.answer?.marks])).toEqual([
      [undefined, ["held"], ["from-upstream"]],
      [undefined, ["to-upstream"], undefined],
      ["upstream", ["held"], undefined],
    ]);
  });

  test("changes an answer, and the state is that of what the station got", async () => {
    const { core, station, above } = await bench();
    await core.client.call("forward.hold", { identity, up: false, down: true, actions: ["BootNotification"] });
    station.send('[2,"b","BootNotification",{"chargePointVendor":"A","chargePointModel":"B"}]');
    await above.text();
    const said = '[3,"b",{"status":"Rejected","currentTime":"2026-01-01T00:00:00Z","interval":300}]';
    above.send(said);
    const { held } = await until(core.client, "forward.state", { identity }, (state) => state.held.length === 1);
    const text = said.replace("Rejected", "Accepted");
    await core.client.call("forward.release", { identity, seq: held[0]?.seq ?? 0, text });
    expect(await station.next()).toBe(text);
    const state = await until(core.client, "stations.state", { identity }, (value) => value?.boot !== undefined);
    expect(state?.boot?.answered).toBe("Accepted");
    expect((await record(core)).slice(1)).toEqual([
      ["upstream", "in", said, ["held"]],
      ["station", "out", text, ["from-upstream", "held", "changed"]],
    ]);
  });

  test("throws a frame away, and lets the rest go on in order when the holding ends", async () => {
    const { core, station, above } = await bench();
    await core.client.call("forward.hold", { identity, up: true, down: true, actions: [] });
    for (const id of ["1", "2", "3"]) station.send(`[2,"${id}","Heartbeat",{}]`);
    const { held } = await until(core.client, "forward.state", { identity }, (state) => state.held.length === 3);
    await core.client.call("forward.drop", { identity, seq: held[1]?.seq ?? 0 });
    await core.client.call("forward.hold", { identity, up: false, down: false, actions: [] });
    expect([await above.text(), await above.text()]).toEqual(['[2,"1","Heartbeat",{}]', '[2,"3","Heartbeat",{}]']);
    const stations = (await record(core)).filter(([lane]) => lane === "station");
    expect(stations.map(([, , , marks]) => marks)).toEqual([["held"], ["held", "dropped"], ["held"]]);
    await expect(core.client.call("forward.release", { identity, seq: held[1]?.seq ?? 0 })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("puts frames in either way, and keeps their answers here", async () => {
    const { core, station, above } = await bench();
    await core.client.call("forward.inject", { identity, to: "station", text: '[2,"mine","ClearCache",{}]' });
    expect(await station.next()).toBe('[2,"mine","ClearCache",{}]');
    station.send('[3,"mine",{"status":"Accepted"}]');
    await core.client.call("forward.inject", { identity, to: "upstream", text: '[2,"up","Heartbeat",{}]' });
    expect(await above.text()).toBe('[2,"up","Heartbeat",{}]');
    above.send('[3,"up",{"currentTime":"2026-01-01T00:00:00Z"}]');
    // What follows arrives, so what was kept did not.
    above.send('[2,"theirs","ClearCache",{}]');
    expect(await station.next()).toBe('[2,"theirs","ClearCache",{}]');
    station.send('[3,"theirs",{"status":"Accepted"}]');
    expect(await above.text()).toBe('[3,"theirs",{"status":"Accepted"}]');
    expect(await record(core)).toEqual([
      ["station", "out", '[2,"mine","ClearCache",{}]', ["injected"]],
      ["station", "in", '[3,"mine",{"status":"Accepted"}]', ["not-passed"]],
      ["upstream", "out", '[2,"up","Heartbeat",{}]', ["injected"]],
      ["upstream", "in", '[3,"up",{"currentTime":"2026-01-01T00:00:00Z"}]', ["not-passed"]],
      ["station", "out", '[2,"theirs","ClearCache",{}]', ["from-upstream"]],
      ["station", "in", '[3,"theirs",{"status":"Accepted"}]', ["to-upstream"]],
    ]);
  });
});

test("turned off, the laptop is the central system again", async () => {
  const { core, station, above } = await bench();
  await core.client.call("forward.turn", { identity, on: false });
  await above.closed;
  station.send('[2,"1","Heartbeat",{}]');
  expect(JSON.parse(await station.next()).slice(0, 2)).toEqual([3, "1"]);
  expect((await record(core)).at(-1)?.[3]).toEqual([]);
});

test("the state is the same made of the record alone: held, changed, late, repeated and answered in place", async () => {
  const { core, station, above } = await bench("ocpp1.6", { whenAway: "answer" });
  const tell = async (id: string, action: string, payload: object, answer: object) => {
    station.send(JSON.stringify([2, id, action, payload]));
    await above.text();
    above.send(JSON.stringify([3, id, answer]));
    await station.next();
  };
  const accepted = { status: "Accepted", currentTime: "2026-01-01T00:00:00Z", interval: 60 };
  await tell("b", "BootNotification", { chargePointVendor: "A", chargePointModel: "B" }, accepted);
  const status = { connectorId: 1, errorCode: "NoError", status: "Charging", timestamp: "2026-01-01T00:00:00Z" };
  await tell("s", "StatusNotification", status, {});
  await tell("s", "StatusNotification", status, {});
  const start = { connectorId: 1, idTag: "04A1", meterStart: 100, timestamp: "2026-01-01T00:00:00Z" };
  await tell("t", "StartTransaction", start, { transactionId: 9, idTagInfo: { status: "Accepted" } });
  above.send('[2,"c","GetConfiguration",{}]');
  await station.next();
  station.send('[3,"c",{"configurationKey":[{"key":"A","readonly":false,"value":"1"}]}]');
  await above.text();
  await core.client.call("forward.hold", { identity, up: false, down: true, actions: ["MeterValues"] });
  const values = (value: string) => [{ timestamp: "2026-01-01T00:01:00Z", sampledValue: [{ value }] }];
  station.send(
    JSON.stringify([2, "m", "MeterValues", { connectorId: 1, transactionId: 9, meterValue: values("150") }]),
  );
  await above.text();
  above.send('[3,"m",{}]');
  const { held } = await until(core.client, "forward.state", { identity }, (state) => state.held.length === 1);
  await core.client.call("forward.release", { identity, seq: held[0]?.seq ?? 0, text: '[3,"m", {}]' });
  await station.next();
  above.cut();
  await legIs(core, "away");
  station.send(
    JSON.stringify([2, "n", "MeterValues", { connectorId: 1, transactionId: 9, meterValue: values("140") }]),
  );
  await station.next();
  const before = await snapshot(core.client, "stations.state", { identity });
  expect(before?.evses[0]?.transaction).toMatchObject({ id: "9", meterStart: 100 });
  expect(before?.findings.map(({ rule }) => rule)).toContain("register-backwards");
  const after = await core.restart((folder) => {
    const database = new DatabaseSync(join(folder, "plugside.db"));
    database.exec("UPDATE stations SET state = NULL, seq = 0");
    database.close();
  });
  const again = await snapshot(after.client, "stations.state", { identity });
  expect({ ...again, link: null, seq: 0 }).toEqual({ ...before, link: null, seq: 0 });
  const series = await after.client.call("metering.range", {
    station: identity,
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
    maxPoints: 100,
  });
  expect(series.flatMap(({ points }) => points.map(([, value]) => value))).toEqual(expect.arrayContaining([150, 140]));
});

test("two cores in a row: what the upper one answers is what the station gets", async () => {
  const upper = await testCore();
  const core = await testCore();
  const station = await dialIn(core);
  await until(core.client, "stations.state", { identity }, (state) => state?.link.state === "online");
  await setUp(core, upper.url);
  await legIs(core, "open");
  await station.ask("BootNotification", { chargePointVendor: "A", chargePointModel: "B" });
  await station.ask("StatusNotification", { connectorId: 1, errorCode: "NoError", status: "Charging" });
  const states = await Promise.all(
    [upper, core].map(({ client }) =>
      until(client, "stations.state", { identity }, (value) => value?.evses[0]?.connectors[0]?.status === "Charging"),
    ),
  );
  expect(states[0]?.info).toEqual(states[1]?.info);
  const kept = await Promise.all(
    [upper, core].map(({ client }) => client.call("messages.frames", { since: 0, limit: 10 })),
  );
  const texts = kept.map((frames) => frames.map(({ direction, text }) => [direction, text]));
  expect(texts[1]).toEqual(texts[0]);
});
