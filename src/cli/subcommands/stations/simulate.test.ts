import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { terminal } from "../../testing/printed.ts";
import { simulateCommand } from "./simulate.ts";

const started = vi.hoisted(() => [] as object[]);
vi.mock("../../../simulator/virtual-station.ts", () => ({
  startVirtualStation: (options: object) => {
    started.push(options);
    return { stop: async () => undefined };
  },
}));
vi.mock("../../stop-signal.ts", () => ({ stopSignal: async () => undefined }));

test("a virtual station is what the command line says, what is left out is the usual, and files are read as they are", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-simulate-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string) => {
    const path = join(folder, name);
    writeFileSync(path, `${name} of it\n`);
    return path;
  };
  const of = ["--url", "ws://127.0.0.1:9000/", "--id", "S"];
  expect(await simulateCommand.run([...of, "--ocpp", "2.1"])).toBe(0);
  await simulateCommand.run([
    ...[...of, "--ocpp", "1.6", "--scenario", "day", "--speed", "0.1", "--seed", "7", "--connectors", "8"],
    ...["--quirk", "no-stop", "--quirk", "late-values", "--ca", file("ca"), "--password-file", file("password")],
    ...["--cert", file("cert"), "--key", file("key")],
  ]);
  const usual = { url: "ws://127.0.0.1:9000/", serial: undefined, identity: "S", log: expect.any(Function) };
  expect(started).toEqual([
    {
      ...{ ...usual, ocpp: "2.1", scenario: "idle", speed: 1, seed: 1, connectors: 1, quirks: [] },
      ...{ ca: undefined, password: undefined, clientCertificate: undefined },
    },
    {
      ...{ ...usual, ocpp: "1.6", scenario: "day", speed: 0.1, seed: 7, connectors: 8 },
      ...{ quirks: ["no-stop", "late-values"], ca: "ca of it\n", password: "password of it" },
      clientCertificate: { certificate: "cert of it\n", key: "key of it\n" },
    },
  ]);
  const said = terminal();
  onTestFinished(said.end);
  (started[0] as { log(line: string): void }).log("S: a session \u001b[31mbegins");
  expect(said.err()).toBe("S: a session \\x1b[31mbegins\n");
});
