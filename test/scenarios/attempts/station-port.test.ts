import { createServer } from "node:net";
import { expect, test } from "vitest";
import { snapshot, testCore } from "../../harness/core.ts";

test("a port of the settings that cannot be had ends nothing: the screens say it, and another can be chosen", async () => {
  const first = await testCore();
  // An address of documentation (RFC 5737): no machine has it.
  await first.client.call("settings.change", { listeners: [{ host: "203.0.113.7", port: 9000, mode: "both" }] });
  await first.core.dispose();
  const core = await testCore({ dataFolder: first.folder, listen: undefined });
  expect(core.core.ready.ocpp).toEqual([]);
  const status = await snapshot(core.client, "connection.status", {});
  expect(status?.listening).toMatchObject([{ host: "203.0.113.7", port: 9000, problem: "EADDRNOTAVAIL" }]);
  await core.client.call("settings.change", { listeners: [{ host: "127.0.0.1", port: await freePort(), mode: "ws" }] });
  await expect
    .poll(async () => (await snapshot(core.client, "connection.status", {}))?.listening[0]?.problem)
    .toBeUndefined();
});

test("a port that was named at the start is had, or nothing starts", async () => {
  const listen = { host: "203.0.113.7", port: 9000 };
  await expect(testCore({ listen })).rejects.toMatchObject({ code: "unavailable" });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
