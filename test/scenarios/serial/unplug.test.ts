import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "../../../src/lib/clock.ts";
import type { StationCommand } from "../../../src/station/commands.ts";
import type { LineFraming, OcppVersion } from "../../../src/station/model.ts";
import type { ConsoleView } from "../../../src/station/serial/console.ts";
import { usualSettings } from "../../../src/transports/serial/settings.ts";
import { snapshot, testCore, until } from "../../harness/core.ts";
import { type PortPair, portPair } from "../../harness/serial/port-pair.ts";
import { benchIdentity, type StationBench, stationBench } from "../../harness/stations/station-bench.ts";

type Bench = { bench: StationBench; pair: PortPair };

async function serialBench(version: OcppVersion, framing: LineFraming): Promise<Bench> {
  const pair = portPair();
  const bench = await stationBench(version, {
    serial: { port: "b", settings: usualSettings, framing, open: pair.open },
    core: {
      openPort: pair.open,
      serialLines: [{ port: "a", settings: usualSettings, framing: "auto" }],
      uploadPorts: [0],
    },
  });
  return { bench, pair };
}

/** Moments at which the adapter is pulled out: what becomes of the request, and of its answer. */
const moments = {
  "before the request has left": (pair: PortPair) => pair.stall(true),
  "within the request": (pair: PortPair) => pair.through((bytes, from) => (from === "a" ? half(bytes) : bytes)),
  "before the answer": (pair: PortPair) => pair.through((bytes, from) => (from === "b" ? bytes.slice(0, 0) : bytes)),
  "within the answer": (pair: PortPair) => pair.through((bytes, from) => (from === "b" ? half(bytes) : bytes)),
};
const half = (bytes: Uint8Array) => bytes.slice(0, bytes.length >> 1);

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

async function pullOut({ bench, pair }: Bench): Promise<void> {
  const { frames } = await bench.state();
  await until(
    bench.client,
    "stations.state",
    { identity: benchIdentity },
    (now) => (now?.frames.out ?? 0) >= frames.out,
  );
  await turns(6);
  pair.unplug();
}

/** Puts it back in, and lets time pass until the station is there again. */
async function putBack({ bench, pair }: Bench): Promise<void> {
  pair.stall(false);
  pair.through((bytes) => bytes);
  pair.plug();
  for (let second = 0; second < 60; second++) {
    await bench.run(1);
    if ((await bench.state()).link.state === "online" && second > 3) return bench.settle();
  }
  throw new Error("the station did not come back");
}

const hash = { hashAlgorithm: "SHA256", issuerNameHash: "aa", issuerKeyHash: "bb", serialNumber: "1" } as const;
const location = { location: "http://127.0.0.1:1/f", retrieveDate: "2026-06-01T00:00:00Z" };
const commands: StationCommand[] = [
  { name: "reset", kind: "soft" },
  { name: "reset", kind: "hard" },
  { name: "unlock", evse: 1, connector: 1 },
  { name: "start", evse: 1, token: { value: "04112233445566" } },
  { name: "stop", transaction: "1" },
  { name: "availability", evse: 1, operative: true },
  { name: "trigger", message: "Heartbeat" },
  { name: "clear-cache" },
  { name: "read-configuration" },
  { name: "certificates-list" },
  { name: "certificate-delete", hash },
  {
    name: "raw",
    action: "UpdateFirmware",
    payload: JSON.stringify({ requestId: 1, firmware: location, ...location }),
    force: true,
  },
];

test.each([
  ["before the request has left", "1.6", "lines"],
  ["within the request", "2.0.1", "length"],
  ["before the answer", "2.1", "slip"],
  ["within the answer", "1.6", "cobs"],
] as const)(
  "pulled out %s: every command to a station of OCPP %s in %s ends in a word",
  async (moment, version, framing) => {
    const setting = await serialBench(version, framing);
    const { bench, pair } = setting;
    moments[moment](pair);
    // One is asked at a time; the others wait behind it.
    const asked = commands.map((command) => bench.command(command));
    await pullOut(setting);
    const [first, ...rest] = await Promise.all(asked);
    expect(first).toMatchObject({ result: "no-answer", why: { phrase: "link-closed" }, frame: expect.any(Number) });
    expect(new Set(rest.map(({ result }) => result))).toEqual(new Set(["offline"]));
    await putBack(setting);
    expect(await bench.command({ name: "trigger", message: "Heartbeat" })).toMatchObject({ result: "accepted" });
    const rules = (await bench.state()).findings.map(({ rule }) => rule);
    expect(rules).toEqual(moment === "within the answer" ? ["line-damaged"] : []);
  },
);

test("pulled out while a password is changed: a change that was not sent is none", async () => {
  const setting = await serialBench("1.6", "lines");
  const { bench, pair } = setting;
  moments["before the answer"](pair);
  await bench.client.call("procedures.start", { kind: "password", identity: benchIdentity, form: "text" });
  await pullOut(setting);
  const ended = await snapshot(bench.client, "procedures.state", { identity: benchIdentity });
  expect(ended).toMatchObject({ state: "failed", valid: "old", endedAt: expect.any(Number) });
  expect(ended?.steps.find(({ name }) => name === "send")).toMatchObject({ state: "failed", why: "offline" });
  await putBack(setting);
});

test("pulled out as a new password is sent: the change ends, and says that no answer came", async () => {
  const setting = await serialBench("1.6", "lines");
  const { bench, pair } = setting;
  const sent = Promise.withResolvers<void>();
  let lost = false;
  pair.through((bytes, from) => {
    lost ||= from === "a" && Buffer.from(bytes).includes("AuthorizationKey");
    if (lost) sent.resolve();
    return lost && from === "b" ? bytes.slice(0, 0) : bytes;
  });
  await bench.client.call("procedures.start", { kind: "password", identity: benchIdentity, form: "text" });
  await sent.promise;
  await pullOut(setting);
  const ended = await snapshot(bench.client, "procedures.state", { identity: benchIdentity });
  // Whether it has the new one is not known: a line shows no password.
  expect(ended).toMatchObject({ state: "failed", valid: "stored", endedAt: expect.any(Number) });
  expect(ended?.steps.find(({ name }) => name === "send")).toMatchObject({ state: "done", why: "no-answer" });
  await putBack(setting);
});

test("pulled out while a log is asked for: the request ends in a word, with what to do", async () => {
  const setting = await serialBench("1.6", "lines");
  const { bench, pair } = setting;
  moments["before the answer"](pair);
  await bench.client.call("diagnostics.request", { station: benchIdentity, wait: 30, protocol: "http" });
  await pullOut(setting);
  await putBack(setting);
  await bench.run(30);
  expect(await snapshot(bench.client, "diagnostics.list", {})).toMatchObject([
    {
      verdict: "nothing-came",
      rungs: [{ result: "no-answer", why: { phrase: "link-closed" } }],
      cure: { phrase: "log-cure-silent" },
    },
  ]);
});

test("a port of the network that is cut is told, with what to do, and taken up again when it is back", async () => {
  const clock = createManualClock();
  const { client } = await testCore({ clock });
  const sockets = new Set<Socket>();
  let server = await farEnd(0, sockets);
  const { port: number } = server.address() as AddressInfo;
  const port = `tcp://127.0.0.1:${number}`;
  onTestFinished(() => hangUp());
  const hangUp = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  const one = async (wanted: (view: ConsoleView) => boolean) => {
    for (;;) {
      const [view] = await snapshot(client, "console.list", {});
      if (view && wanted(view)) return view;
    }
  };
  expect(await client.call("console.open", { port })).toMatchObject({ state: "open", plain: true });
  await hangUp();
  const { trouble } = await one(({ state }) => state === "unplugged");
  expect(trouble?.phrase).toMatch(/^port-(hung-up|lost-by)$/);
  clock.advance(1000);
  await one((view) => view.trouble?.phrase === "port-unreachable");
  const sent = client.call("console.send", { port, base64: "eA==" });
  await expect(sent).rejects.toMatchObject({ words: { phrase: "port-unreachable" } });
  server = await farEnd(number, sockets);
  clock.advance(1000);
  await one(({ state }) => state === "open");
  await client.call("console.send", { port, base64: "eA==" });
});

/** What has a port on the network, and reads what comes. */
async function farEnd(port: number, sockets: Set<Socket>): Promise<Server> {
  const server = createServer((socket) => sockets.add(socket.on("error", () => undefined).resume()));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}
