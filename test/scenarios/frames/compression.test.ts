import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { snapshot, type TestCore, testCore, until } from "../../harness/core.ts";

const boot = { chargePointVendor: "Maker", chargePointModel: "Model" };

async function connect({ url }: TestCore, compressed: boolean, identity = "CP1"): Promise<WebSocket> {
  const socket = new WebSocket(`${url}${identity}`, ["ocpp1.6"], {
    perMessageDeflate: compressed ? { threshold: 0 } : false,
  });
  onTestFinished(() => socket.terminate());
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return socket;
}

async function ask(socket: WebSocket, id: string, action: string, payload: object): Promise<unknown> {
  const answer = new Promise<string>((resolve) => socket.once("message", (data) => resolve(String(data))));
  socket.send(JSON.stringify([2, id, action, payload]));
  return JSON.parse(await answer);
}

test("compression is agreed to where it is offered: what is on record is what was said, marked as come compressed", async () => {
  const core = await testCore();
  const socket = await connect(core, true);
  expect(socket.extensions).toContain("permessage-deflate");
  const data = "x".repeat(200);
  expect(await ask(socket, "b", "BootNotification", boot)).toMatchObject([3, "b", { status: "Accepted" }]);
  expect(await ask(socket, "d", "DataTransfer", { vendorId: "maker", data })).toEqual([3, "d", expect.anything()]);
  const state = await snapshot(core.client, "stations.state", { identity: "CP1" });
  expect(state).toMatchObject({ link: { compressed: true }, findings: [] });
  const { rows } = await core.client.call("messages.page", { filter: { station: "CP1" }, limit: 10 });
  expect(rows.map(({ action, marks }) => [action, marks]).sort()).toEqual([
    ["BootNotification", ["compressed"]],
    ["DataTransfer", ["compressed"]],
  ]);
  const texts = (await core.client.call("messages.frames", { station: "CP1", since: 0, limit: 10 })).map(
    ({ text }) => text,
  );
  expect(texts).toContain(JSON.stringify([2, "d", "DataTransfer", { vendorId: "maker", data }]));
});

test("it is not agreed to where it is not offered, or where it is switched off", async () => {
  const core = await testCore();
  expect((await connect(core, false)).extensions).toBe("");
  await core.client.call("settings.change", { compression: false });
  const socket = await connect(core, true);
  expect(socket.extensions).toBe("");
  await ask(socket, "b", "BootNotification", boot);
  const state = await snapshot(core.client, "stations.state", { identity: "CP1" });
  expect(state?.link.compressed).toBeUndefined();
});

test("a message that grows over the limit while it is unpacked ends the link, and is told so", async () => {
  const core = await testCore();
  const socket = await connect(core, true);
  await ask(socket, "b", "BootNotification", boot);
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  socket.send(JSON.stringify([2, "d", "DataTransfer", { vendorId: "maker", data: "x".repeat(3 * 1024 * 1024) }]));
  expect(await closed).toBe(1009);
  const state = await until(
    core.client,
    "stations.state",
    { identity: "CP1" },
    (value) => value?.link.state === "offline",
  );
  expect(state?.link.closed).toMatchObject({ code: 1009, cause: "over-limit" });
  expect(state?.findings.map(({ rule }) => rule)).toEqual(["over-limit"]);
});

test("bytes that cannot be unpacked end that link alone, and are told as the station's", async () => {
  const core = await testCore();
  const other = await connect(core, false, "CP2");
  const socket = await connect(core, true);
  await ask(socket, "b", "BootNotification", boot);
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  // A block of the type that RFC 1951 3.2.3 reserves.
  const packed = Buffer.from([0x07, 0xff]);
  const raw = (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
  raw.write(Buffer.concat([Buffer.from([0xc1, 0x80 | packed.length, 0, 0, 0, 0]), packed]));
  await closed;
  const state = await until(
    core.client,
    "stations.state",
    { identity: "CP1" },
    (value) => value?.link.state === "offline",
  );
  expect(state?.link.closed?.cause).toBe("protocol-error");
  expect(state?.findings.map(({ rule }) => rule)).toEqual(["protocol-error"]);
  expect(await ask(other, "h", "Heartbeat", {})).toEqual([3, "h", expect.anything()]);
});
