import { expect, test } from "vitest";
import { testCore, until } from "../../harness/core.ts";

test("a self-test knocks at each own address and makes no station of it", async () => {
  const { client } = await testCore();
  const status = await until(client, "connection.status", {}, ({ secure }) => secure);
  const results = await client.call("connection.selfTest", {});
  const urls = status.addresses.flatMap(({ urls: { ws, wss } }) => [ws, wss]);
  expect(urls.length).toBeGreaterThan(0);
  expect(results.map(({ url, ok }) => ({ url, ok }))).toEqual(urls.map((url) => ({ url, ok: true })));
  expect(await until(client, "stations.list", {}, () => true)).toEqual([]);
});
