import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { testCore, until } from "../harness/core.ts";
import { rawStation } from "../harness/raw-station.ts";

type Recorded = { vendor: string; ocpp: string; direction: string; frame: string; note: string };

const recorded = readFileSync(new URL("../frames/real-chargers.ndjson", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded)
  .filter((item) => item.direction === "station->csms");

const protocolOf: Record<string, string> = { "1.6": "ocpp1.6", "2.0.1": "ocpp2.0.1", "2.1": "ocpp2.1" };

test("frames of real chargers are stored byte for byte, and the link is kept", async () => {
  const { client, url } = await testCore();
  const vendors = [...new Set(recorded.map((item) => `${item.vendor}|${item.ocpp}`))];
  for (const [index, key] of vendors.entries()) {
    const [vendor = "", ocpp = "1.6"] = key.split("|");
    const station = await rawStation(`${url}V${index}`, [protocolOf[ocpp] ?? "ocpp1.6"]);
    const frames = recorded.filter((item) => item.vendor === vendor && item.ocpp === ocpp).map((item) => item.frame);
    for (const frame of frames) station.send(frame);
    const last = await station.ask("Heartbeat", {}).catch(() => "answered otherwise");
    expect(last).not.toBeUndefined();
    const stored = await client.call("messages.frames", { station: `V${index}`, since: 0, limit: 5000 });
    const received = stored.filter((record) => record.direction === "in").map((record) => record.text);
    expect(received.slice(0, frames.length), vendor).toEqual(frames);
    expect(station.socket.readyState, vendor).toBe(station.socket.OPEN);
    await station.close();
  }
});

const deviations: { about: string; part: string; rules: string[] }[] = [
  { about: "a number where 1.6 wants a text", part: '"value":604.213', rules: ["wrong-type"] },
  { about: "a time without a zone", part: '"timestamp":"2023-10-19T15:28:07"', rules: ["time-without-zone"] },
  { about: "a clock in 1970", part: "1970-01-01T00:00:00.740Z", rules: ["time-implausible"] },
  { about: "Faulted with NoError", part: '"errorCode":"NoError","status":"Faulted"', rules: ["faulted-without-error"] },
  { about: "an info of 80 characters", part: "User didn't disconnect vehicle", rules: ["too-long"] },
  { about: "a missing comma", part: '"connectorId":\t1\t"idTag"', rules: ["not-json"] },
  { about: "a lost brace", part: '"BootNotification","chargePointModel":"a"', rules: ["not-json"] },
];

test.each(deviations)("names $about in a finding", async ({ part, rules }) => {
  const item = recorded.find(({ frame }) => frame.includes(part));
  if (!item) throw new Error(`no recorded frame holds ${part}`);
  const { client, url } = await testCore();
  const station = await rawStation(`${url}CP1`, [protocolOf[item.ocpp] ?? "ocpp1.6"]);
  station.send(item.frame);
  const state = await until(
    client,
    "stations.state",
    { identity: "CP1" },
    (value) => value !== null && value.frames.in > 0,
  );
  const named = state?.findings.map((found) => found.rule) ?? [];
  for (const rule of rules) expect(named).toContain(rule);
});
