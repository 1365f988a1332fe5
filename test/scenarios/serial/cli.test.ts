import { describe, expect, onTestFinished, test } from "vitest";
import { runCli, serveCli, startCli } from "../../harness/cli.ts";
import { connectTo } from "../../harness/client.ts";
import { temporaryFolder, until } from "../../harness/core.ts";
import { noPtys, ptyPair } from "../../harness/serial/pty-pair.ts";

describe.skipIf(noPtys)("serve and simulate over a pair of serial ports", () => {
  test("a core that is killed loses nothing that it answered, and the next one goes on with the station", async () => {
    const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
    const line = ["--listen", "127.0.0.1:0", "--serial", `${wire.a},baud=57600,framing=auto`];
    const core = await serveCli(folder, line);
    const before = connectTo(folder);
    const station = startCli(
      ["simulate", "--serial", `${wire.b},baud=57600,framing=slip`, "--id", "WIRE-1", "--ocpp", "2.0.1"].concat([
        "--scenario",
        "day",
        "--speed",
        "20",
      ]),
    );
    const charging = await until(before, "stations.state", { identity: "WIRE-1" }, (state) =>
      Boolean(state?.evses.some(({ transaction }) => transaction?.chargingState === "Charging")),
    );
    expect(charging).toMatchObject({ findings: [], link: { carrier: "serial", baudRate: 57_600, framing: "slip" } });
    const answered = await before.call("messages.frames", { station: "WIRE-1", since: 0, limit: 1000 });
    before.close();
    expect(new Set(answered.map(({ carrier }) => carrier))).toEqual(new Set(["serial"]));
    core.kill();
    await core.ended;
    await serveCli(folder, line);
    const after = connectTo(folder);
    onTestFinished(() => after.close());
    const kept = await after.call("messages.frames", { station: "WIRE-1", since: 0, limit: 1000 });
    expect(kept.slice(0, answered.length).map(({ text }) => text)).toEqual(answered.map(({ text }) => text));
    await until(after, "stations.state", { identity: "WIRE-1" }, (state) => state?.link.state === "online");
    expect(await station.end("SIGTERM")).toEqual({ code: 0, signal: null });
    const gone = await until(after, "stations.state", { identity: "WIRE-1" }, (one) => one?.link.state === "offline");
    expect(gone?.link.closed).toMatchObject({ code: 1000, cause: "station" });
  });

  test("a bridge makes a station on a line a client of any central system, which may go and come back", async () => {
    const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
    const core = await serveCli(folder);
    const bridge = startCli(["bridge", `${wire.a},framing=auto`, core.url, "--json"]);
    const station = startCli(["simulate", "--serial", `${wire.b},framing=cobs`, "--id", "BRIDGED", "--ocpp", "2.0.1"]);
    const client = connectTo(folder);
    onTestFinished(() => client.close());
    const online = await until(client, "stations.state", { identity: "BRIDGED" }, (state) => state?.boot !== undefined);
    expect(online).toMatchObject({
      ocpp: "2.0.1",
      findings: [],
      link: { path: "/BRIDGED", userAgent: "Plugside virtual station" },
    });
    expect(online?.link.carrier).toBeUndefined();
    const command = { name: "reset", kind: "soft" } as const;
    expect(await client.call("stations.command", { identity: "BRIDGED", command })).toMatchObject({
      result: "accepted",
    });
    expect(JSON.parse(await bridge.line())).toEqual({ event: "station", identity: "BRIDGED" });
    expect(JSON.parse(await bridge.line())).toEqual({ event: "open", identity: "BRIDGED" });
    await wire.unplug();
    const why = expect.stringMatching(/is gone|hung up|was lost/);
    expect(JSON.parse(await bridge.line())).toEqual({ event: "unplugged", port: wire.a, why });
    expect(JSON.parse(await bridge.line())).toEqual({ event: "gone", identity: "BRIDGED", cause: "unplugged" });
    await wire.replug();
    expect(JSON.parse(await bridge.line())).toEqual({ event: "plugged", port: wire.a });
    expect(JSON.parse(await bridge.line())).toEqual({ event: "station", identity: "BRIDGED" });
    expect(await bridge.end("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(station.stderr()).toMatch(/link: .+ (?:is gone|hung up|was lost)/);
  });

  test("a port is tried, and what has it is told", async () => {
    const wire = await ptyPair();
    const { code, stdout } = await runCli("ports", "--try", `${wire.a},baud=9600,frame=8E1`, "--json");
    expect({ code, told: JSON.parse(stdout) }).toEqual({ code: 0, told: { port: wire.a, ok: true } });
  });
});

test.each([
  [["ports", "--try", "COM3,speed=1"], "--try knows no setting speed"],
  [["ports", "--try", "/dev/ttyNONE"], "is not there"],
  [["bridge", "COM3"], "A port and a URL are needed"],
  [["bridge", "COM3", "http://x/"], "ws:// or wss://"],
  [["bridge", "COM3", "nowhere"], "is no URL"],
  [["serve", "--serial", "COM3,baud=fast"], "--serial: baud takes 50 to 12000000"],
  [["serve", "--serial", "COM3,framing=ppp"], "framing takes auto, lines, length, slip, cobs"],
  [["serve", "--serial", "COM3,ocpp=1.5"], "ocpp takes 1.6, 2.0.1, 2.1"],
  [["serve", "--serial", "COM3,id=a/b"], "can be no identity"],
  [["simulate", "--serial", "COM3,id=x", "--id", "S", "--ocpp", "1.6"], "--serial knows no id"],
  [["simulate", "--serial", "COM3", "--url", "ws://x/", "--id", "S", "--ocpp", "1.6"], "exclude each other"],
])("%s", async (args, said) => {
  const { code, stderr } = await runCli(...args);
  expect(code).not.toBe(0);
  expect(stderr).toContain(said);
});
