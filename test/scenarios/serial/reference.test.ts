import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/simulator/random.ts";
import type { LineFraming } from "../../../src/station/model.ts";
import { codecs } from "../../../src/transports/serial/framing/codecs.ts";
import { usualSettings } from "../../../src/transports/serial/settings.ts";
import { testCore, until } from "../../harness/core.ts";
import { compileReference, noCompiler, portTo, runReference } from "../../harness/serial/c-station.ts";

const framings: LineFraming[] = ["lines", "length", "slip", "cobs"];

describe.skipIf(noCompiler)("the reference in C", () => {
  test.each(framings)("says back in %s what we say, and drops what is damaged", async (framing) => {
    const child = runReference(await compileReference(), framing, "echo");
    const random = createRandom(3);
    const texts = Array.from(
      { length: 300 },
      (_, number) => `[2,"m${number}","DataTransfer",{"data":"${"å☃\\u0000 ".repeat(number % 60)}"}]`,
    );
    const sent = new Set(texts);
    const said: string[] = [];
    const reader = codecs[framing].reader(65_536);
    child.stdout.on("data", (data: Buffer) => {
      for (const piece of reader.push(data))
        said.push(piece.kind === "frame" ? Buffer.from(piece.data).toString() : "damaged");
    });
    texts.forEach((text, number) => {
      const wire = codecs[framing].encode(Buffer.from(text), true);
      const noisy = number % 20 > 15;
      const bytes = [...wire].flatMap((byte) => (noisy && random.between(0, 1) < 0.01 ? [byte ^ 4] : [byte]));
      child.stdin.write(Uint8Array.from(bytes));
    });
    child.stdin.end();
    const [told] = await Promise.all([once(child.stderr, "data"), once(child, "close")]);
    expect(said.filter((text) => !sent.has(text))).toEqual([]);
    expect(said.length).toBeGreaterThan(240);
    expect(said.length).toBeLessThan(300);
    expect(Number(String(told[0]))).toBeGreaterThan(0);
  });

  test.each(framings)("is a station that boots in %s, and is commanded", async (framing) => {
    const child = runReference(await compileReference(), framing);
    const line = { port: "board", settings: usualSettings, framing: "auto" as const };
    const { client } = await testCore({ openPort: portTo(child), serialLines: [line] });
    const state = await until(client, "stations.state", { identity: "C99-1" }, (one) => (one?.frames.in ?? 0) >= 2);
    expect(state).toMatchObject({
      ocpp: "1.6",
      info: { model: "C99" },
      link: { framing, userAgent: "example.c" },
      findings: [],
    });
    const asked = { name: "raw", action: "ClearCache", payload: "{}" } as const;
    const outcome = await client.call("stations.command", { identity: "C99-1", command: asked });
    expect(outcome).toMatchObject({ result: "accepted" });
  });
});

test("the page for firmware writers shows a line as it is", () => {
  const page = readFileSync(new URL("../../../.github/SERIAL.md", import.meta.url), "utf8");
  const shown = /`(\[2,"1","Heartbeat",\{\}\]\*[0-9A-F]{4})`/.exec(page)?.[1];
  const line = codecs.lines.encode(Buffer.from('[2,"1","Heartbeat",{}]'), true);
  expect(`${shown}\n`).toBe(Buffer.from(line).toString());
});
