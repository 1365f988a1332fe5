import { expect, onTestFinished, test } from "vitest";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { connectTo, until } from "../../harness/client.ts";
import { temporaryFolder } from "../../harness/core.ts";

test("a call is kept with variables and sent with their values", async () => {
  const folder = await temporaryFolder();
  const data = ["--data", folder];
  const { url } = await serveCli(folder);
  const client = connectTo(folder);
  onTestFinished(() => client.close());
  await client.call("simulator.start", { identity: "CP1", ocpp: "1.6", scenario: "idle" });
  await until(client, "stations.state", { identity: "CP1" }, (state) => state?.boot !== undefined);
  expect(url).not.toBe("");
  const kept = { name: "one key", action: "GetConfiguration", payload: '{"key":["{{key}}"]}' };
  expect(await jsonOf("calls", "save", kept.name, kept.action, kept.payload, ...data, "--json")).toEqual(kept);
  expect(await jsonOf("calls", ...data, "--json")).toEqual([kept]);
  const send = (...more: string[]) => runCli("call", ...data, "CP1", ...more);
  const answered = await send("--saved", "one key", "--set", "key=HeartbeatInterval");
  expect(answered.code).toBe(0);
  expect(JSON.parse(answered.stdout)).toMatchObject({ configurationKey: [{ key: "HeartbeatInterval" }] });
  const wrong = async (...more: string[]) => {
    const { code, stderr } = await send(...more);
    expect(code).toBe(5);
    return stderr.split("\n")[0];
  };
  expect(await wrong("--saved", "no")).toBe("There is no saved call no. There are: one key.");
  expect(await wrong("--saved", "one key")).toBe("one key needs --set key=....");
  expect(await wrong("--saved", "one key", "--set", "key=a", "--set", "b=c")).toBe(
    "one key has no variable b. It has: key.",
  );
  expect(await wrong("--saved", "one key", "--set", "key")).toBe('--set takes variable=value; got "key".');
  expect(await wrong("--saved", "one key", "Reset")).toBe("call takes STATION alone with --saved.");
  expect(await wrong("ClearCache", "--set", "a=b")).toBe("--set goes with --saved.");
  expect((await runCli("calls", "remove", "one key", ...data)).code).toBe(0);
  expect(await jsonOf("calls", ...data, "--json")).toEqual([]);
  expect((await runCli("calls", "save", "x", ...data)).code).toBe(5);
});
