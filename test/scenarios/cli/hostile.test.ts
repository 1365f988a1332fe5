import { describe, expect, onTestFinished, test } from "vitest";
import type { FrameRecord } from "../../../src/services/messages/contract.ts";
import type { StationState } from "../../../src/station/model.ts";
import { runCli, serveCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { type RawStation, rawStation } from "../../harness/stations/raw-station.ts";

/** What a terminal would obey or a reader would be misled by, and what Markdown would make something of. */
const hostile =
  "\x1b[31mEvil\x1b]52;c;cm0=\x07\nforged\tline\r\x9b2J\u202egnp\u2066\u200b\u2028\u{e0041}\n# forged\n[a](http://x) ![i](http://x) `c` ``` <img src=x> @maker";

/** Whatever is not plainly seen, but for the ends of lines and the tabs between fields. */
const unseen = /[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u;

const boots = {
  "ocpp1.6": { chargePointVendor: hostile, chargePointModel: hostile, firmwareVersion: hostile, [hostile]: hostile },
  "ocpp2.0.1": {
    reason: hostile,
    chargingStation: { vendorName: hostile, model: hostile, firmwareVersion: hostile, [hostile]: hostile },
  },
  "ocpp2.1": {
    reason: hostile,
    chargingStation: { vendorName: hostile, model: hostile, firmwareVersion: hostile, [hostile]: hostile },
  },
};

describe.each(Object.keys(boots) as (keyof typeof boots)[])("a hostile station of %s", (protocol) => {
  test("does nothing to the terminal, forges no line, and means nothing in a ticket", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const station = await rawStation(`${core.url}CP1`, [protocol], { headers: { "user-agent": "\x9b2J" } });
    await station.ask("BootNotification", boots[protocol]);
    station.send(hostile);
    station.send(`[2,"1","${"\\u001b\\n"}",{"\\u202e":"\\u009b"}]`);
    answerBadly(station);
    const data = ["--data", folder];

    const outputs: Record<string, string> = {};
    async function run(name: string, ...args: string[]): Promise<string> {
      const { stdout, stderr } = await runCli(name, ...data, ...args);
      outputs[[name, ...args].join(" ")] = stdout + stderr;
      return stdout;
    }
    await run("command", "CP1", "reset", "--set", "kind=soft");
    await run("command", "CP1", "reset", "--set", "kind=soft", "--json");
    await run("call", "CP1", "ClearCache");
    await run("call", "CP1", "ClearCache", "--json");
    await run("access", "CP1");
    const [state] = JSON.parse(await run("stations", "--json")) as StationState[];
    expect(state?.info).toMatchObject({ vendor: hostile, model: hostile, firmwareVersion: hostile });
    const frames = (await run("frames", "--json")).trimEnd().split("\n");
    expect(frames.map((line) => (JSON.parse(line) as FrameRecord).text)).toContain(hostile);
    for (const name of ["attempts", "findings"]) JSON.parse(await run(name, "--json"));
    for (const name of ["stations", "frames", "attempts", "findings"]) await run(name);
    for (const name of ["frames", "attempts", "findings"]) await run(name, "--csv");
    const ticket = await run("findings", "--ticket");

    const found = Object.entries(outputs).filter(([, text]) => unseen.test(text) || text === "");
    expect(found).toEqual([]);
    expect(outputs.stations?.split("\n")).toHaveLength(2);
    expect(Object.values(outputs).filter((text) => /^(forged|# forged)/m.test(text))).toEqual([]);
    expect(withoutCode(ticket)).not.toMatch(/Evil|forged|http|<img|@maker/);
  });
});

/** Refuses what is asked of it, in its own manner of speaking. */
function answerBadly(station: RawStation): void {
  const listen = (data: unknown) => {
    const [type, id, action] = JSON.parse(String(data));
    if (type !== 2) return;
    const words = JSON.stringify(hostile);
    station.send(action === "Reset" ? `[3,"${id}",{"status":${words}}]` : `[4,"${id}",${words},${words},{${words}:1}]`);
  };
  station.socket.on("message", listen);
  onTestFinished(() => void station.socket.off("message", listen));
}

/** Markdown without its blocks and spans of code, read as CommonMark does: a run of ticks ends at the next of the same length. */
function withoutCode(markdown: string): string {
  return markdown.replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, "").replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
}
