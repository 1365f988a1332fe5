import { expect, test } from "vitest";
import { testCore, until } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

test("a transaction id of 2^63-1 is kept and sent back digit for digit", async () => {
  const { client, url } = await testCore();
  const station = await rawStation(`${url}ALFEN`);
  await station.ask("BootNotification", { chargePointVendor: "Alfen", chargePointModel: "NG910" });
  station.send(
    '[2,"m","MeterValues",{"connectorId":1,"transactionId":9223372036854775807,"meterValue":[{"timestamp":"2026-01-01T10:00:00Z","sampledValue":[{"value":"1234.500"}]}]}]',
  );
  expect(JSON.parse(await station.next())).toEqual([3, "m", {}]);
  const state = await until(
    client,
    "stations.state",
    { identity: "ALFEN" },
    (value) => value?.evses[0]?.transaction !== undefined,
  );
  expect(state?.evses[0]?.transaction?.id).toBe("9223372036854775807");
  expect(state?.evses[0]?.live[0]?.said).toBe("1234.500");

  const stopped = client.call("stations.command", {
    identity: "ALFEN",
    command: { name: "stop", transaction: "9223372036854775807" },
  });
  const asked = await station.next();
  const [, id] = JSON.parse(asked);
  expect(asked).toBe(`[2,${JSON.stringify(id)},"RemoteStopTransaction",{"transactionId":9223372036854775807}]`);
  station.send(`[3,${JSON.stringify(id)},{"status":"Accepted"}]`);
  expect((await stopped).result).toBe("accepted");
});

test("a finding says a number digit for digit, asked or answered", async () => {
  const { client, url } = await testCore();
  const station = await rawStation(`${url}CP1`);
  station.send('[2,"h","Heartbeat",{"n":9223372036854775807}]');
  await station.next();
  const sent = client.call("stations.command", {
    identity: "CP1",
    command: { name: "raw", action: "ClearCache", payload: "{}" },
  });
  const [, id] = JSON.parse(await station.next());
  station.send(`[3,${JSON.stringify(id)},{"status":"Accepted","list":0.12345678901234567890}]`);
  await sent;
  const frames = await client.call("messages.frames", { station: "CP1", since: 0, limit: 100 });
  const said = frames.flatMap(({ findings }) => findings).filter(({ rule }) => rule === "unknown-field");
  expect(said.map((one) => [one.where, one.said])).toEqual([
    ["Heartbeat /n", "9223372036854775807"],
    ["ClearCache answer /list", "0.12345678901234567890"],
  ]);
});

test("a raw payload goes out digit for digit, and so does the answer come back", async () => {
  const { client, url } = await testCore();
  const station = await rawStation(`${url}CP1`);
  const payload = '{"vendorId":"V",  "data":"x","n":12345678901234567890.10}';
  const sent = client.call("stations.command", {
    identity: "CP1",
    command: { name: "raw", action: "DataTransfer", payload, force: true },
  });
  const asked = await station.next();
  const [, id] = JSON.parse(asked);
  expect(asked).toBe(`[2,${JSON.stringify(id)},"DataTransfer",${payload}]`);
  station.send(`[3,${JSON.stringify(id)},{"status":"Accepted","n":0.12345678901234567890}]`);
  expect((await sent).answer).toBe('{"status":"Accepted","n":0.12345678901234567890}');
});
