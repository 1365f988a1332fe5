import { expect, test, vi } from "vitest";
import { portPair } from "../../../test/harness/serial/port-pair.ts";
import { consoleProfiles } from "../../consoles/shipped.ts";
import { words } from "../../station/phrases.ts";
import { ConsoleRepository } from "../../store/kept/console.ts";
import { SettingsRepository } from "../../store/settings.ts";
import { usualSettings } from "../../transports/serial/settings.ts";
import { openServices, watch } from "../testing/open-services.ts";
import { createConsoles } from "./consoles.ts";
import { consoleContract } from "./contract.ts";
import { type ConsoleParts, consoleHandlers } from "./handlers.ts";
import { keepConsoles } from "./kept-consoles.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

async function setUp() {
  const { context, database, clock, session } = await openServices();
  const pair = portPair();
  const repository = new ConsoleRepository(database);
  const { log, registry } = context;
  const look = async () => ({ ports: [], networks: [] });
  const consoles = createConsoles({ open: pair.open, look, book: repository, heard: () => undefined, clock, log });
  const kept = keepConsoles({ consoles, settings: new SettingsRepository(database), log });
  const lines = { list: () => [{ setup: { port: "line" } }] } as unknown as ConsoleParts["lines"];
  const handlers = consoleHandlers({ consoles, kept, repository, lines, registry, open: pair.open, clock });
  const device = await pair.open("b", usualSettings);
  let heard = "";
  device.listen({
    data(bytes) {
      heard += Buffer.from(bytes).toString();
    },
    closed: () => undefined,
  });
  const open = (more: object = {}) =>
    handlers["console.open"](consoleContract["console.open"].input.parse({ port: "a", ...more }));
  const say = async (text: string) => {
    await device.write(Buffer.from(text));
    await turn();
    clock.advance(20);
  };
  return { handlers, open, say, heard: () => heard, clock, consoles, registry, session };
}

const textsOf = (entries: readonly unknown[]) =>
  (entries as { kind: string; base64?: string; note?: { phrase: string } }[]).map(
    ({ base64, note }) => note?.phrase ?? Buffer.from(base64 ?? "", "base64").toString(),
  );

test("a console is opened, told as it stands, read page by page, and closed; what came stays until it is cleared", async () => {
  const { handlers, open, say, consoles } = await setUp();
  const list = watch(handlers["console.list"], {});
  const view = await open({ station: "CP1" });
  expect(view).toMatchObject({ setup: { port: "a", settings: usualSettings, station: "CP1" }, state: "open" });
  const live = watch(handlers["console.live"], { port: "a" });
  expect(textsOf(live.snapshot)).toEqual(["console-opened-plain"]);
  await say("one ");
  await say("two");
  expect(live.told.map((entries) => textsOf(entries as unknown[]))).toEqual([["one "], ["two"]]);
  consoles.told.emit({ setup: { port: "other", settings: usualSettings }, entries: [] });
  expect(live.told).toHaveLength(2);
  live.close();
  await say("three");
  expect(live.told).toHaveLength(2);
  expect(list.told.at(-1)).toMatchObject([{ counts: { received: 12, sent: 0 } }]);
  const page = async (after: number, limit = 9) => await handlers["console.page"]({ port: "a", after, limit });
  const all = await page(0);
  expect(textsOf(all)).toEqual(["console-opened-plain", "one ", "two", "three"]);
  expect(textsOf(await page(all[0]?.id ?? 0, 2))).toEqual(["one ", "two"]);
  const before = await handlers["console.before"]({ port: "a", before: all[2]?.id ?? 0 });
  expect(textsOf(before)).toEqual(["console-opened-plain", "one "]);
  expect(await handlers["console.recorded"]({})).toMatchObject([{ port: "a" }]);
  expect(await handlers["console.close"]({ port: "a" })).toBeNull();
  expect(list.told.at(-1)).toEqual([]);
  expect(textsOf(await page(0)).at(-1)).toBe("console-closed");
  expect(handlers["console.clear"]({ port: "a" })).toBeNull();
  expect(await page(0)).toEqual([]);
  list.close();
  const told = list.told.length;
  await open();
  expect(list.told).toHaveLength(told);
  await expect(handlers["console.close"]({ port: "x" })).rejects.toMatchObject({ code: "not-found" });
});

test("bytes are sent, as a piece of a file too; what the port cannot do is said", async () => {
  const { handlers, open, heard } = await setUp();
  await open();
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  expect(await handlers["console.send"]({ port: "a", base64: base64("help\r") })).toBeNull();
  const file = { name: "f", size: 2, at: 0 };
  expect(await handlers["console.send"]({ port: "a", base64: base64("ok"), file })).toBeNull();
  await turn();
  expect(heard()).toBe("help\rok");
  const notes = textsOf(await handlers["console.page"]({ port: "a", after: 0, limit: 99 }));
  expect(notes).toEqual(["console-opened-plain", "help\r", "console-file-begun", "ok", "console-file-sent"]);
  const noSignals = { words: { phrase: "console-no-signals" } };
  await expect(handlers["console.signals"]({ port: "a", dtr: false })).rejects.toMatchObject(noSignals);
  await expect(handlers["console.break"]({ port: "a", ms: 5 })).rejects.toMatchObject(noSignals);
});

test("DTR and RTS are set one by one, and the line is held in a break as long as was asked for", async () => {
  const { handlers, open, consoles } = await setUp();
  await open();
  const opened = consoles.get("a");
  const signal = vi.spyOn(opened, "signal").mockResolvedValue();
  const sendBreak = vi.spyOn(opened, "sendBreak").mockResolvedValue();
  expect(await handlers["console.signals"]({ port: "a", dtr: false })).toBeNull();
  expect(await handlers["console.signals"]({ port: "a", rts: true })).toBeNull();
  expect(await handlers["console.break"]({ port: "a", ms: 7 })).toBeNull();
  expect([signal.mock.calls, sendBreak.mock.calls]).toEqual([[[{ dtr: false }], [{ rts: true }]], [[7]]]);
});

test("a port that is a line is no console; a profile must be known, have its station, and that not be here otherwise", async () => {
  const { open, registry } = await setUp();
  const asks = "openevse-rapi";
  const silent = consoleProfiles().find((profile) => !profile.reply)?.name;
  const failing = (code: string, phrase: string) =>
    expect.objectContaining({ code, words: expect.objectContaining({ phrase }) });
  expect(() => open({ port: "line" })).toThrow(failing("conflict", "line-open"));
  expect(() => open({ profile: "none" })).toThrow(failing("invalid-input", "console-no-profile"));
  expect(() => open({ profile: asks })).toThrow(failing("invalid-input", "console-profile-station"));
  expect(() => open({ profile: asks, station: "CP1" })).toThrow(failing("conflict", "console-station-online"));
  registry.require("CP1").session = null;
  expect(await open({ profile: silent })).toMatchObject({ setup: { profile: silent } });
});

test("the profiles are told with their commands; one of them is sent as its make writes it, and no other", async () => {
  const { handlers, open, heard } = await setUp();
  const profiles = await handlers["console.profiles"]({});
  expect(profiles.map(({ name }) => name)).toEqual(consoleProfiles().map(({ name }) => name));
  const profile = profiles.find(({ commands, asks }) => commands.length > 0 && !asks);
  const known = consoleProfiles().find(({ name }) => name === profile?.name);
  const { maker, device, source, proven, baud, frame, commands } = known ?? {};
  expect(profile).toEqual({ name: known?.name, maker, device, source, proven, baud, frame, commands, asks: false });
  expect(profiles.find(({ name }) => name === "openevse-rapi")?.asks).toBe(true);
  const [command, other] = commands ?? [];
  const show = (send = "") => handlers["console.show"]({ port: "a", command: send });
  await open();
  await expect(show(command?.send)).rejects.toMatchObject({ code: "not-found" });
  await handlers["console.close"]({ port: "a" });
  await open({ profile: known?.name });
  await expect(show("rm")).rejects.toMatchObject({
    code: "not-found",
    words: words("console-no-command", { command: "rm", port: "a" }),
  });
  expect(await show((other ?? command)?.send)).toBeNull();
  await turn();
  const end = { cr: "\r", lf: "\n", crlf: "\r\n" }[known?.ends ?? "cr"];
  expect(heard()).toBe(`${(other ?? command)?.send}${end}`);
});

test("a port is listened to, and closed again", async () => {
  const { handlers, clock } = await setUp();
  const heard = handlers["console.listen"]({ port: "a", ...usualSettings });
  await turn();
  clock.advance(1500);
  expect(await heard).toMatchObject({ bytes: 0, plain: true });
});
