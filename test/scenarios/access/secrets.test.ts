import { describe, expect, onTestFinished, test } from "vitest";
import type { FrameRecord } from "../../../src/services/messages/contract.ts";
import { runCli, serveCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { type RawStation, rawStation } from "../../harness/stations/raw-station.ts";

const secret = "Hunter2Hunter2";
const long = secret.repeat(200);
const card = "04A1B2C3";

type Said = { boot: object; tell: [string, object][]; asked: string; answer: object };
const sayings: Record<string, Said> = {
  "ocpp1.6": {
    boot: { chargePointVendor: "V", chargePointModel: "M", wifiPassword: secret, sim_pin: secret },
    tell: [
      ["Authorize", { idTag: card }],
      ["DataTransfer", { vendorId: "V", messageId: "SetWifiPassword", data: secret }],
      ["DataTransfer", { vendorId: "V", data: JSON.stringify({ psk: secret, to: `ftp://u:${secret}@h/` }) }],
    ],
    asked: "GetConfiguration",
    answer: { configurationKey: [{ key: "AuthorizationKey", readonly: false, value: long }] },
  },
  "ocpp2.0.1": twoPointX(),
  "ocpp2.1": twoPointX(),
};

function twoPointX(): Said {
  const component = { name: "SecurityCtrlr" };
  const variable = { name: "BasicAuthPassword" };
  return {
    boot: { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M", simPin: secret } },
    tell: [
      ["Authorize", { idToken: { idToken: card, type: "ISO14443" } }],
      ["Authorize", { idToken: { idToken: long, type: "KeyCode" } }],
      [
        "NotifyReport",
        {
          requestId: 1,
          generatedAt: "2026-01-01T00:00:00Z",
          seqNo: 0,
          reportData: [{ component, variable, variableAttribute: [{ value: long }] }],
        },
      ],
    ],
    asked: "GetVariables",
    answer: { getVariableResult: [{ attributeStatus: "Accepted", component, variable, attributeValue: long }] },
  };
}

describe.each(Object.keys(sayings))("secrets of a station of %s", (protocol) => {
  test("are told nowhere, unless they are asked for", async () => {
    const said = sayings[protocol] as Said;
    const folder = await temporaryFolder();
    const core = await serveCli(folder, ["--listen", "127.0.0.1:0", "--verbose"]);
    const authorization = `Basic ${Buffer.from(`CP1:${secret}`).toString("base64")}`;
    const station = await rawStation(`${core.url}CP1?token=${secret}`, [protocol], { headers: { authorization } });
    await station.ask("BootNotification", said.boot);
    for (const [action, payload] of said.tell) await station.ask(action, payload);
    station.send(`[2,"broken","DataTransfer",{"password":"${secret}`);
    answerWith(station, said.answer);

    const data = ["--data", folder];
    const outputs: Record<string, string> = {};
    async function run(name: string, ...args: string[]): Promise<string> {
      const { stdout, stderr } = await runCli(name, ...data, ...args);
      outputs[[name, ...args].join(" ")] = stdout + stderr;
      return stdout;
    }
    const payload = said.asked === "GetConfiguration" ? "{}" : '{"getVariableData":[]}';
    const wanted = ["--set", `action=${said.asked}`, "--set", `payload=${payload}`, "--set", "force=true"];
    await run("command", "CP1", "raw", ...wanted, "--json");
    async function runAll(): Promise<void> {
      for (const form of [[], ["--json"], ["--csv"]]) {
        for (const name of ["frames", "findings", "attempts"]) await run(name, ...form);
      }
      await run("stations", "--json");
      await run("findings", "--ticket");
      await run("findings", "--ticket", "--json");
    }
    await runAll();
    // What is kept of a frame's findings holds no secret of it either.
    await run("api", "findings.list");
    // Nor do the events that are kept; but for a pin, which decisions are made by, and which is masked where it is shown.
    const history = JSON.parse((await runCli("api", ...data, "history.live", '{"station":"CP1"}')).stdout) as object[];
    outputs.history = JSON.stringify(history.filter((entry) => !JSON.stringify(entry).includes('"type":"KeyCode"')));
    const named = await run("frames", "--json", "--pseudonyms");
    const raw = (await runCli("frames", ...data, "--json", "--raw")).stdout;
    await core.end("SIGTERM");
    outputs.log = core.stderr();
    await runAll();

    const told = Object.entries(outputs).filter(([, text]) => text.includes(secret.slice(0, 8)));
    expect(told.map(([name]) => name)).toEqual([]);
    expect(textsOf(raw).filter((text) => text.includes(secret)).length).toBeGreaterThanOrEqual(4);
    expect(outputs["findings --json"]).toContain("•••");

    const names = new Set(named.match(/secret-[0-9a-f]{8}/g));
    expect(names.size).toBeGreaterThan(0);
    expect(new Set(named.match(/card-[0-9a-f]{8}/g)).size).toBe(1);
    expect(named).not.toContain(card);
    const again = await run("frames", "--pseudonyms");
    expect(new Set(again.match(/secret-[0-9a-f]{8}/g))).toEqual(names);
  });
});

function textsOf(lines: string): string[] {
  return lines
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as FrameRecord).text);
}

function answerWith(station: RawStation, answer: object): void {
  const listen = (data: unknown) => {
    const [type, id] = JSON.parse(String(data));
    if (type === 2) station.send(JSON.stringify([3, id, answer]));
  };
  station.socket.on("message", listen);
  onTestFinished(() => void station.socket.off("message", listen));
}
