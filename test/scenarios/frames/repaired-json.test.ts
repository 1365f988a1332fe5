import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { snapshot, testCore } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

const timestamp = "2026-07-01T12:00:00Z";
const versions = [
  {
    version: "1.6",
    protocol: "ocpp1.6",
    boot: '{"chargePointVendor":"Maker","chargePointModel":"Model"}',
    place: '"connectorId":1,"errorCode":"NoError"',
    word: "status",
    unreadable: "FormationViolation",
  },
  ...["2.0.1", "2.1"].map((version) => ({
    version,
    protocol: `ocpp${version}`,
    boot: '{"reason":"PowerUp","chargingStation":{"vendorName":"Maker","model":"Model"}}',
    place: '"evseId":1,"connectorId":1',
    word: "connectorStatus",
    unreadable: "FormatViolation",
  })),
];

describe.each(versions)("OCPP $version", ({ protocol, boot, place, word, unreadable }) => {
  const status = (id: string, value: string, rest = "") =>
    `[2,"${id}","StatusNotification",{${place},"${word}":"${value}","timestamp":"${timestamp}"${rest}}]`;

  test("what can only be meant in one way is read, answered, told, and the same after a restart", async () => {
    const core = await testCore();
    const { client, url } = core;
    const station = await rawStation(`${url}CP1`, [protocol]);
    const slips: [string, string][] = [
      [`\ufeff[2,"b","BootNotification",${boot}]`, "b"],
      [`${status("n", "Available")}\0`, "n"],
      [status("c", "Available", ","), "c"],
      [status("v", "Available", ',"info":'), "v"],
      [status("t", "Available", ',"vendorId":"a\tb"'), "t"],
      [status("e", "Faulted").slice(0, -2), "e"],
    ];
    for (const [text, id] of slips) {
      station.send(text);
      expect(JSON.parse(await station.next()).slice(0, 2), text).toEqual([3, id]);
    }
    const state = await snapshot(client, "stations.state", { identity: "CP1" });
    expect(state).toMatchObject({ boot: { answered: "Accepted" }, info: { vendor: "Maker" } });
    expect(state?.evses[0]?.connectors[0]?.status).toBe("Faulted");
    const { rows } = await client.call("messages.page", { filter: { station: "CP1" }, limit: 20 });
    expect(rows.filter(({ action }) => action === "StatusNotification")).toHaveLength(5);
    const found = rows.flatMap(({ findings }) => findings.filter(({ rule }) => rule === "json-repaired"));
    expect(found.map(({ said }) => typeof said === "object" && said.phrase).sort()).toEqual([
      "slip-control-in-text",
      "slip-extra-comma",
      "slip-mark-at-start",
      "slip-missing-end",
      "slip-missing-value",
      "slip-zero-at-end",
    ]);
    const again = await core.restart(foldAnew);
    const after = await snapshot(again.client, "stations.state", { identity: "CP1" });
    expect([after?.evses, after?.findings, after?.boot]).toEqual([state?.evses, state?.findings, state?.boot]);
  });

  test("what could be meant otherwise is refused to its id, and filed under what it asks for", async () => {
    const { client, url } = await testCore();
    const station = await rawStation(`${url}CP1`, [protocol]);
    station.send(status("x", "Available").slice(0, -8));
    expect(JSON.parse(await station.next()).slice(0, 3)).toEqual([4, "x", unreadable]);
    const { rows } = await client.call("messages.page", { filter: { station: "CP1" }, limit: 1 });
    expect(rows[0]).toMatchObject({ action: "StatusNotification", findings: [{ rule: "not-json" }] });
  });

  test("strict: nothing is repaired", async () => {
    const { client, url } = await testCore();
    await client.call("settings.change", { strict: true });
    const station = await rawStation(`${url}CP1`, [protocol]);
    station.send(`[2,"b","BootNotification",${boot},]`);
    expect(JSON.parse(await station.next()).slice(0, 3)).toEqual([4, "b", unreadable]);
    const state = await snapshot(client, "stations.state", { identity: "CP1" });
    expect([state?.boot, state?.findings.map(({ rule }) => rule)]).toEqual([undefined, ["not-json"]]);
  });

  test("a name that stands twice is told; the later one counts", async () => {
    const { client, url } = await testCore();
    const station = await rawStation(`${url}CP1`, [protocol]);
    station.send(`[2,"b","BootNotification",${boot}]`);
    await station.next();
    station.send(status("d", "Faulted", `,"${word}":"Available"`));
    await station.next();
    const state = await snapshot(client, "stations.state", { identity: "CP1" });
    expect(state?.evses[0]?.connectors[0]?.status).toBe("Available");
    expect(state?.findings).toMatchObject([{ rule: "duplicate-name", where: "StatusNotification", said: word }]);
  });

  test("what the station says of our answer is told under the question", async () => {
    const { client, url } = await testCore();
    const station = await rawStation(`${url}CP1`, [protocol]);
    station.send(`[2,"b","BootNotification",${boot}]`);
    await station.next();
    station.send('[5,"b","TypeConstraintViolation","interval is a text",{}]');
    station.send('[2,"h","Heartbeat",{}]');
    await station.next();
    const state = await snapshot(client, "stations.state", { identity: "CP1" });
    expect(state?.findings).toMatchObject(
      protocol === "ocpp2.1"
        ? [{ rule: "answer-refused", where: "BootNotification", said: "TypeConstraintViolation: interval is a text" }]
        : [{ rule: "unknown-message-type" }],
    );
  });
});

/** Forgets the kept states, so that the record is folded again from its first frame. */
function foldAnew(folder: string): void {
  const database = new DatabaseSync(join(folder, "plugside.db"));
  database.exec("UPDATE stations SET state = NULL, seq = 0");
  database.close();
}
