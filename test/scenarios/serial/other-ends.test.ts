import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type IHandlersOption, RPCServer } from "ocpp-rpc";
import { describe, expect, onTestFinished, test } from "vitest";
import { bound } from "../../harness/bound.ts";
import { runCli, startCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { mustSkip } from "../../harness/required.ts";
import { noPtys, ptyPair } from "../../harness/serial/pty-pair.ts";

describe.skipIf(noPtys)("a central system of other software (ocpp-rpc) behind the bridge", () => {
  test.each([
    ["1.6", "lines"],
    ["1.6", "cobs"],
    ["2.0.1", "slip"],
  ])("has a board that speaks OCPP %s in %s as one of its clients, and calls it", async (ocpp, framing) => {
    const server = new RPCServer({ protocols: [`ocpp${ocpp}`], strictMode: true });
    onTestFinished(() => server.close({}));
    const booted = Promise.withResolvers<{ identity: string; params: unknown }>();
    const answered = Promise.withResolvers<unknown>();
    server.on("client", (client) => {
      client.handle("BootNotification", ({ params }: IHandlersOption) => {
        booted.resolve({ identity: client.identity, params });
        const call = ocpp === "1.6" ? { type: "Soft" } : { type: "OnIdle" };
        setImmediate(() => void client.call("Reset", call).then(answered.resolve, answered.reject));
        return { status: "Accepted", interval: 300, currentTime: new Date().toISOString() };
      });
      client.handle("StatusNotification", () => ({}));
      client.handle("NotifyEvent", () => ({}));
      client.handle("Heartbeat", () => ({ currentTime: new Date().toISOString() }));
    });
    const wire = await ptyPair();
    const http = await server.listen(0, "127.0.0.1");
    const address = http.address();
    const port = typeof address === "object" && address ? address.port : 0;
    startCli(["bridge", `${wire.a},framing=auto`, `ws://127.0.0.1:${port}/`]);
    startCli(["simulate", "--serial", `${wire.b},framing=${framing}`, "--id", "BOARD-1", "--ocpp", ocpp]);
    const { identity, params } = await booted.promise;
    expect(identity).toBe("BOARD-1");
    expect(JSON.stringify(params)).toContain("Plugside");
    expect(await answered.promise).toEqual({ status: "Accepted" });
  });
});

const noServer = mustSkip(
  "ser2net",
  spawnSync("ser2net", ["-v"]).error === undefined,
  "It has a port of another machine (RFC 2217).",
);

describe.skipIf(noServer || noPtys)("a port of another machine (ser2net, RFC 2217)", () => {
  test("is opened, set, and read over as one of this laptop", async () => {
    const [wire, folder, port] = await Promise.all([ptyPair(), temporaryFolder(), freePort()]);
    const settings = join(folder, "ser2net.yaml");
    const line = `connection: &one\n  accepter: telnet(rfc2217),tcp,127.0.0.1,${port}\n  connector: serialdev,${wire.b},9600n81,local\n`;
    writeFileSync(settings, `%YAML 1.1\n---\n${line}`);
    const child = spawn(...bound("ser2net", ["-n", "-c", settings, "-P", join(folder, "pid")]), { stdio: "ignore" });
    onTestFinished(() => void child.kill("SIGKILL"));
    const place = `rfc2217://127.0.0.1:${port},baud=19200`;
    startCli([
      "simulate",
      "--modbus",
      `${wire.a},baud=19200`,
      "--profile",
      "heidelberg-energy-control",
      "--status",
      "Charging",
    ]);
    const read = () =>
      runCli("modbus", "read", place, "--profile", "heidelberg-energy-control", "--json", "--data", folder);
    // Both programs take a moment to be there.
    await expect.poll(async () => (await read()).code, { timeout: 30_000 }).toBe(0);
    const { values } = JSON.parse((await read()).stdout) as { values: { means: string; words: string[] }[] };
    expect(values.find(({ means }) => means === "status")?.words).toEqual(["Charging"]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
