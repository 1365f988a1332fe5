import { describe, expect, onTestFinished, test } from "vitest";
import { type Clock, systemClock } from "../../../src/lib/clock.ts";
import { createOpener } from "../../../src/transports/serial/open-port.ts";
import { jsonOf, serveCli } from "../../harness/cli.ts";
import { connectTo } from "../../harness/client.ts";
import { temporaryFolder, testCore, until } from "../../harness/core.ts";
import { portPair } from "../../harness/serial/port-pair.ts";
import { noPtys, ptyPair } from "../../harness/serial/pty-pair.ts";
import { rapiStation } from "../../harness/serial/rapi-station.ts";

const setup = { port: "a", station: "EVSE-1", profile: "openevse-rapi" };

async function bench(clock = systemClock) {
  const pair = portPair();
  const core = await testCore({ openPort: pair.open, clock });
  const evse = await rapiStation(pair.open, "b");
  await core.client.call("console.open", setup);
  return { core, pair, evse };
}

test("a station on a console tells status, meters and version, faults and recovers, like any other", async () => {
  const { core, evse } = await bench();
  const { client } = core;
  const at = (status: string) =>
    until(client, "stations.state", { identity: "EVSE-1" }, (state) =>
      Boolean(state?.evses[0]?.connectors.some((connector) => connector.status === status)),
    );
  const first = await at("Available");
  expect(first).toMatchObject({
    info: { vendor: "OpenEVSE", firmwareVersion: "8.2.1" },
    link: { state: "online", carrier: "console", port: "a", profile: "openevse-rapi" },
    findings: [],
  });
  await evse.become({ state: 3, milliamperes: 15_900, wattHours: 121_500 });
  await at("Charging");
  const charging = await until(client, "stations.state", { identity: "EVSE-1" }, (state) =>
    JSON.stringify(state).includes("121500"),
  );
  expect(JSON.stringify(charging)).toContain("15.9");
  await evse.become({ state: 6, milliamperes: 0 });
  const faulted = await at("Faulted");
  expect(faulted?.evses[0]?.connectors[0]).toMatchObject({ errorCode: "GroundFailure", info: "Ground fault (GFCI)" });
  await evse.become({ state: 1 });
  await at("Available");
  const command = { name: "reset", kind: "soft" } as const;
  expect(await client.call("stations.command", { identity: "EVSE-1", command })).toMatchObject({
    result: "unsupported",
    why: { phrase: "console-no-commands" },
  });
  const { rows } = await client.call("messages.page", { filter: { station: "EVSE-1" }, limit: 50 });
  expect(rows.map(({ kind }) => kind)).toContain("reading");
  const { entries } = await client.call("history.page", { station: "EVSE-1", groups: ["status"], limit: 50 });
  expect(entries.map(({ event }) => event.kind === "status" && event.status)).toEqual([
    ...["Available", "Charging", "Faulted", "Available"],
  ]);
  expect(new Set(evse.asked)).toEqual(new Set(["$GV^35", "$GS^30", "$GG^24", "$GU^36"]));
});

test("an answer whose check does not fit is not taken, and noise between answers harms none", async () => {
  const { core, evse } = await bench();
  const known = (energy: string) =>
    until(core.client, "stations.state", { identity: "EVSE-1" }, (state) => JSON.stringify(state).includes(energy));
  await known("120000");
  evse.answerWith = (line, answer) => (line.startsWith("$GS") ? answer.replace("^", "0^") : answer);
  await evse.become({ state: 3, wattHours: 130_000 });
  await known("130000");
  evse.answerWith = null;
  await evse.become({ state: 2, wattHours: 140_000 });
  await evse.say("\x1b]0;evil\x07\xff\xfe noise\r\n");
  const state = await known("140000");
  expect(state?.findings).toMatchObject([{ rule: "line-damaged" }]);
  const { entries } = await core.client.call("history.page", { station: "EVSE-1", groups: ["status"], limit: 9 });
  expect(entries.map(({ event }) => event.kind === "status" && event.status)).toEqual(["Available", "Preparing"]);
});

test("an adapter that is pulled out ends the link, and it is taken up again", async () => {
  const { core, pair } = await bench();
  const link = (state: string) =>
    until(core.client, "stations.state", { identity: "EVSE-1" }, (now) => now?.link.state === state);
  await link("online");
  pair.unplug();
  expect((await link("offline"))?.link.closed).toMatchObject({ cause: "unplugged" });
  pair.plug();
  await rapiStation(pair.open, "b");
  await link("online");
});

test.each(["$GS", "$GG", "$GU"])(
  "pulled out as %s is asked, its link ends and none begins, and nobody waits",
  async (ask) => {
    // No answer is too late.
    const after: Clock["after"] = (ms, task) => systemClock.after(ms === 1500 ? 600_000 : ms, task);
    const { core, pair, evse } = await bench({ ...systemClock, after });
    const link = (state: string) =>
      until(core.client, "stations.state", { identity: "EVSE-1" }, (now) => now?.link.state === state);
    await link("online");
    evse.answerWith = (line, answer) => {
      if (!line.startsWith(ask)) return answer;
      pair.unplug();
      return "";
    };
    await evse.become({ state: 3 });
    await link("offline");
    const next = await core.restart();
    const { entries } = await next.client.call("history.page", { station: "EVSE-1", groups: ["link"], limit: 9 });
    expect(entries.map(({ event }) => [event.kind, "cause" in event ? event.cause : ""])).toEqual([
      ["link-opened", ""],
      ["link-closed", "unplugged"],
    ]);
  },
);

test("the end of Plugside, and of the console, are told as what they are", async () => {
  const { core, pair } = await bench();
  const link = (client: typeof core.client, state: string) =>
    until(client, "stations.state", { identity: "EVSE-1" }, (now) => now?.link.state === state);
  await link(core.client, "online");
  const next = await core.restart();
  const { entries } = await next.client.call("history.page", { station: "EVSE-1", groups: ["link"], limit: 9 });
  expect(entries.map(({ event }) => event)).toMatchObject([
    { kind: "link-opened", via: { kind: "console", profile: "openevse-rapi" } },
    { kind: "link-closed", code: 1000, cause: "shutdown" },
  ]);
  // The console is open again after a restart, and the station with it.
  void pair;
  await link(next.client, "online");
  await next.client.call("console.close", { port: "a" });
  expect((await link(next.client, "offline"))?.link.closed).toMatchObject({ code: 1000, cause: "asked" });
});

describe.skipIf(noPtys)("over a pair of serial ports", () => {
  test("after a kill the record tells the station as it was, and the next core asks it again", async () => {
    const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
    const evse = await rapiStation(createOpener(), wire.b);
    onTestFinished(() => evse.close());
    evse.values.state = 3;
    const named = ["--listen", "127.0.0.1:0", "--console", `${wire.a},profile=openevse-rapi,id=EVSE-1`];
    const core = await serveCli(folder, named);
    const before = connectTo(folder);
    const charging = (client: typeof before) =>
      until(client, "stations.state", { identity: "EVSE-1" }, (state) =>
        Boolean(state?.link.state === "online" && state.evses[0]?.connectors[0]?.status === "Charging"),
      );
    await charging(before);
    before.close();
    core.kill();
    await core.ended;
    expect(await jsonOf("stations", "--json", "--data", folder)).toMatchObject([{ identity: "EVSE-1" }]);
    await serveCli(folder, named);
    const after = connectTo(folder);
    onTestFinished(() => after.close());
    await charging(after);
  });
});

test("a profile that is not known, and one without a station, are refused in words", async () => {
  const core = await testCore();
  const open = (input: { station?: string; profile: string }) =>
    core.client.call("console.open", { port: "a", ...input });
  await expect(open({ station: "X", profile: "none" })).rejects.toMatchObject({
    words: { phrase: "console-no-profile" },
  });
  await expect(open({ profile: "openevse-rapi" })).rejects.toMatchObject({
    words: { phrase: "console-profile-station" },
  });
});
