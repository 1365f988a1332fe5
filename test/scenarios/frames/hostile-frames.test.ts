import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { snapshot, testCore } from "../../harness/core.ts";
import { type RawStation, rawStation } from "../../harness/stations/raw-station.ts";
import { openUpstream } from "../../harness/upstream.ts";

const deep = `${"[".repeat(3100)}${"]".repeat(3100)}`;
const deepFields = `${'{"a":'.repeat(3100)}1${"}".repeat(3100)}`;
const long = "x".repeat(500_000);

function many(count: number, item: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => item(at)).join(",");
}

function values(list: string): string {
  return `{"connectorId":1,"evseId":1,"meterValue":[{"timestamp":"2026-01-01T10:00:00Z","sampledValue":[${list}]}]}`;
}

/** What is wrong, what is sent, a rule that tells it, and the id of the CALLERROR or CALLRESULT that answers it, if one does. */
const hostile: [about: string, sent: string | Uint8Array, rule: string, answered?: string][] = [
  ["nested lists alone", deep, "too-complex"],
  ["lists that never close", "[".repeat(1_000_000), "too-complex"],
  ["a nested payload", `[2,"d1","BootNotification",${deep}]`, "too-complex", "d1"],
  ["a nested field", `[2,"d2","DataTransfer",{"vendorId":"V","data":${deepFields}}]`, "too-complex", "d2"],
  ["a nested field that OCPP does not have", `[2,"d3","Heartbeat",{"__proto__":${deep}}]`, "too-complex", "d3"],
  ["a nested id", `[2,${deep},"Heartbeat",{}]`, "too-complex"],
  ["a nested action", `[2,"d4",${deep},{}]`, "too-complex", "d4"],
  ["a nested answer", `[3,"d5",${deep}]`, "too-complex"],
  ["nested details of an error", `[4,"d6","GenericError","",${deepFields}]`, "too-complex"],
  ["a nested message without an answer", `[6,"d7","NotifyPeriodicEventStream",${deep}]`, "too-complex"],
  [
    "JSON in a text, nested",
    JSON.stringify([2, "d8", "DataTransfer", { vendorId: "V", data: deep }]),
    "text-cut",
    "d8",
  ],
  ["more values than any message", `[2,"v1","Heartbeat",{"a":[${"1,".repeat(100_001)}1]}]`, "too-complex", "v1"],
  ["a long id", JSON.stringify([2, long, "Heartbeat", {}]), "bad-message-id"],
  ["an id that is no number", '[2,-1e400,"Heartbeat",{}]', "bad-message-id"],
  ["a long action", JSON.stringify([2, "l1", long, {}]), "unknown-action", "l1"],
  ["a long name of a field", JSON.stringify([2, "l2", "Heartbeat", { [long]: 1 }]), "unknown-field", "l2"],
  [
    "a long vendor",
    `[2,"l3","BootNotification",{"chargePointVendor":"${long}","chargingStation":{"vendorName":"${long}"}}]`,
    "text-cut",
    "l3",
  ],
  ["a long measurand", `[2,"l4","MeterValues",${values(`{"value":"1","measurand":"${long}"}`)}]`, "text-cut", "l4"],
  ["long digits", `[2,"l5","DataTransfer",{"vendorId":"V","data":${"9".repeat(300_000)}}]`, "text-cut", "l5"],
  [
    "numbers that no double holds",
    '[2,"n1","StatusNotification",{"connectorId":1e400,"evseId":-1e400,"status":1e400}]',
    "missing-field",
    "n1",
  ],
  [
    "invented measurands",
    `[2,"m1","MeterValues",${values(many(15_000, (at) => `{"value":"1","measurand":"M${at}"}`))}]`,
    "list-cut",
    "m1",
  ],
  [
    "invented measurands again",
    `[2,"m2","MeterValues",${values(many(400, (at) => `{"value":"1","measurand":"N${at}"}`))}]`,
    "state-full",
    "m2",
  ],
  ["deviations by the thousand", `[2,"f1","Heartbeat",{${many(20_000, (at) => `"f${at}":1`)}}]`, "unknown-field", "f1"],
  [
    "a name twice, a half pair and a NUL",
    '[2,"o1","DataTransfer",{"vendorId":"\\ud800\\u0000","vendorId":7,"data":{"__proto__":{"x":1}}}]',
    "wrong-type",
    "o1",
  ],
  ["letters that are none", Buffer.from([0x5b, 0x32, 0x2c, 0xff, 0xfe, 0x5d]), "invalid-utf8"],
];

const versions = [
  { version: "1.6", protocol: "ocpp1.6", boot: { chargePointVendor: "V", chargePointModel: "M" } },
  {
    version: "2.0.1",
    protocol: "ocpp2.0.1",
    boot: { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } },
  },
  {
    version: "2.1",
    protocol: "ocpp2.1",
    boot: { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } },
  },
] as const;

/** Says it, and waits until what is said after it is answered: what was heard until then. */
async function heardAfter(station: RawStation, sent: string | Uint8Array, at: number): Promise<string[]> {
  station.send(sent, { binary: false });
  station.send(`[2,"after-${at}","Heartbeat",{}]`);
  const heard: string[] = [];
  for (;;) {
    const text = await station.next();
    if (text.startsWith(`[3,"after-${at}"`)) return heard;
    heard.push(text);
  }
}

describe.each(versions)("hostile messages, OCPP $version", ({ protocol, boot }) => {
  test("are on record and told, and hold up nobody; the state is the same after a restart", async () => {
    const core = await testCore();
    // It never boots, and is not to be asked why in between.
    await core.client.call("settings.change", { triggerAfterConnect: false });
    const beside = await rawStation(`${core.url}BESIDE`, [protocol]);
    await beside.ask("BootNotification", boot);
    const station = await rawStation(`${core.url}HOSTILE`, [protocol]);
    for (const [at, [about, sent, rule, answered]] of hostile.entries()) {
      const heard = await heardAfter(station, sent, at);
      await beside.ask("Heartbeat", {});
      const frames = await core.client.call("messages.frames", { since: 0, limit: 1000 });
      const row = frames.findLast(
        ({ direction, base64, text }) =>
          direction === "in" &&
          (typeof sent === "string" ? text === sent : base64 === Buffer.from(sent).toString("base64")),
      );
      expect(
        row?.findings.map((found) => found.rule),
        about,
      ).toContain(rule);
      expect(JSON.stringify(row?.findings).length, about).toBeLessThan(20_000);
      if (answered !== undefined)
        expect(
          heard.map((text) => JSON.parse(text)[1]),
          about,
        ).toEqual([answered]);
    }
    const live = await snapshot(core.client, "stations.state", { identity: "HOSTILE" });
    expect(JSON.stringify(live).length).toBeLessThan(200_000);
    expect(live?.link.state).toBe("online");
    const again = await core.restart((folder) => {
      const database = new DatabaseSync(join(folder, "plugside.db"));
      database.exec("UPDATE stations SET state = NULL");
      database.close();
    });
    const folded = await snapshot(again.client, "stations.state", { identity: "HOSTILE" });
    expect({ ...folded, link: null, seq: 0 }).toEqual({ ...live, link: null, seq: 0 });
  });

  test("from the central system above are passed on, on record and told as not the station's", async () => {
    const core = await testCore();
    const upstream = await openUpstream();
    const station = await rawStation(`${core.url}CP1`, [protocol]);
    const setup = {
      identity: "CP1",
      on: true,
      url: upstream.url,
      credentials: "none",
      insecure: false,
      whenAway: "answer",
    } as const;
    await core.client.call("forward.set", setup);
    const above = await upstream.link();
    const texts = [deep, `[2,"u1","Reset",${deepFields}]`, `[3,"u2",${deep}]`, JSON.stringify([2, long, "Reset", {}])];
    for (const text of texts) {
      above.send(text);
      expect(await station.next()).toBe(text);
    }
    station.send('[2,"up","Heartbeat",{}]');
    expect(await above.text()).toBe('[2,"up","Heartbeat",{}]');
    const state = await snapshot(core.client, "stations.state", { identity: "CP1" });
    const told = state?.findings.map(({ rule, where }) => `${rule} ${where}`);
    expect(told).toEqual(expect.arrayContaining(["too-complex upstream frame", "too-complex upstream Reset"]));
  });
});

test("a raw call that is nested without end is not sent, and says why", async () => {
  const core = await testCore();
  const station = await rawStation(`${core.url}CP1`);
  const command = {
    name: "raw",
    action: "DataTransfer",
    payload: `{"vendorId":"V","data":${deep}}`,
    force: true,
  } as const;
  await expect(core.client.call("stations.command", { identity: "CP1", command })).rejects.toMatchObject({
    code: "invalid-input",
    words: { values: { problem: { values: { error: "nested deeper than 64 levels" } } } },
  });
  expect(station.heard).toEqual([]);
});
