import { expect, it } from "vitest";
import { fullPayload, officialSchemas } from "../../ocpp/testing/full-payload.ts";
import { exchange } from "../../ocpp/v2/test-exchange.ts";
import { dialectOf } from "../../ocpp/versions.ts";
import type { EventBody, SerialVia, WebSocketVia } from "../events.ts";
import { ownReasons } from "../marks.ts";
import type { CommandOutcome } from "../model.ts";
import { words } from "../phrases.ts";
import { bootSigns, type ConsoleSign, faultSigns, resetCauses } from "../serial/signs.ts";
import { tellCommand } from "./command-sentences.ts";
import { capital, sayValue } from "./say.ts";
import type { Told } from "./sentence.ts";
import { tell } from "./sentences.ts";

const plain: WebSocketVia = {
  ...{ kind: "websocket", remoteAddress: "10.0.0.7", path: "/CP1" },
  ...{ offered: ["ocpp1.6"], secure: false, securityProfile: 0 },
};
const serial: SerialVia = {
  ...{ kind: "serial", port: "COM3", baudRate: 9600, frame: "8N1", framing: "slip" },
  ...{ offered: [], subprotocol: "ocpp1.6" },
};
const closed = { kind: "link-closed", connection: 1, code: 1006, reason: "" } as const;
const upstream = { kind: "forward-changed", url: "wss://csms.example/", why: "closed", detail: "1006" } as const;
const command = (name: string, args: Record<string, unknown> = {}): EventBody => ({
  kind: "command-sent",
  id: "1",
  name,
  args,
});
const done = (outcome: CommandOutcome): EventBody => ({ kind: "command-done", id: "1", name: "reset", outcome });
const injected = { kind: "fault-injected", state: "on" } as const;

const systems: ConsoleSign["system"][] = ["esp32", "esp8266", "stm32", "zephyr", "linux", "u-boot", "device"];
const printed = (sign: Omit<ConsoleSign, "system" | "said"> & Partial<ConsoleSign>): EventBody => ({
  ...{ kind: "console-boot", port: "COM3", system: "esp32", said: "rst:0x1" },
  ...sign,
});
const listed = {
  use: "CSMSRootCertificate",
  hash: { hashAlgorithm: "SHA256", issuerNameHash: "a", issuerKeyHash: "b", serialNumber: "1" },
} as const;

/** What Plugside tells by itself, and commands: no message of a station makes these. */
const own: EventBody[] = [
  { kind: "link-opened", connection: 1, ocpp: "1.6", via: plain },
  {
    ...{ kind: "link-opened", connection: 1, ocpp: "2.1" },
    via: { ...plain, secure: true, securityProfile: 2, subprotocol: "ocpp2.1", userAgent: "Acme/1", compressed: true },
  },
  { kind: "link-opened", connection: 1, ocpp: "1.6", via: serial },
  { kind: "link-opened", connection: 1, ocpp: "1.6", via: { ...serial, guessed: true } },
  ...[{ baudRate: 9600, frame: "8E1" }, { baudRate: 9600 }, { frame: "8E1" }].map(
    (more): EventBody => ({
      ...{ kind: "link-opened", connection: 1 },
      via: { kind: "modbus", port: "10.0.0.8:502", unit: 3, profile: "acme-w22", ...more },
    }),
  ),
  {
    ...{ kind: "link-opened", connection: 1 },
    via: { kind: "console", port: "COM4", profile: "acme-shell", baudRate: 115_200, frame: "8N1" },
  },
  ...[plain, serial].map((via): EventBody => ({ kind: "link-opened", connection: 1, via })),
  { ...closed, cause: "lost" },
  ...(["unplugged", "silent"] as const).map((cause): EventBody => ({ ...closed, cause })),
  { ...closed, cause: "station", reason: "bye", code: 1000 },
  { ...closed, cause: "station", change: "reset" },
  { kind: "identified", info: { vendor: "Acme", model: "Wall 1", firmwareVersion: "1.0.8", serialNumber: "S1" } },
  { kind: "identified", info: { vendor: "", model: "", firmwareVersion: "1.0.8" } },
  ...(["on", "off", "over", "once"] as const).map(
    (state): EventBody => ({ ...injected, state, fault: { kind: "silence" } }),
  ),
  { ...injected, fault: { kind: "delay", ms: 1500, actions: ["Heartbeat", "Authorize"] } },
  { ...injected, fault: { kind: "error", code: "InternalError" } },
  { ...injected, fault: { kind: "drop" } },
  { ...injected, fault: { kind: "drop", everySeconds: 20 } },
  { ...injected, fault: { kind: "time", offsetSeconds: -90 } },
  { ...injected, fault: { kind: "refuse" } },
  ...(["on", "off", "connected", "away"] as const).map((state): EventBody => ({ ...upstream, state })),
  { ...upstream, state: "away", why: undefined, detail: undefined },
  { ...upstream, state: "away", detail: "" },
  ...[...bootSigns, ...faultSigns].map((sign) => printed({ sign })),
  ...resetCauses.map((cause) => printed({ sign: "reset", cause })),
  ...systems.map((system) => printed({ sign: "panic", system })),
  printed({ sign: "started", detail: "v5.1" }),
  printed({ sign: "started", detail: "v5.1", said: " v5.1 " }),
  printed({ sign: "hang", detail: "task wifi", again: 3 }),
  { kind: "configuration", keys: [{ key: "A", readonly: false, value: "1" }], unknown: [] },
  { kind: "configuration", keys: [], unknown: ["B", "C"] },
  { kind: "certificates-listed", installed: [listed, listed] },
  { kind: "certificates-listed", installed: [], uses: ["V2GRootCertificate", "MORootCertificate"] },
  { kind: "console-heard", port: "COM3" },
  { kind: "console-noted", port: "COM3", note: words("console-typed", { text: "reboot" }) },
  { kind: "own-clock-set", byMs: 3_600_000 },
  { kind: "own-clock-set", byMs: -90_000, orSlept: true },
  { kind: "found", finding: { rule: "unknown-field", where: "Heartbeat /a", said: "b" } },
  { kind: "found", finding: { rule: "unknown-field", where: "Heartbeat /a", said: "" } },
  ...["frame", "link"].map((where): EventBody => ({ kind: "found", finding: { rule: "not-json", where, said: "" } })),
  { kind: "security-event", type: "TamperDetected", techInfo: "" },
  { kind: "variables", last: true, variables: [] },
  { kind: "variables", requestId: 7, part: 0, last: false, variables: [] },
  { kind: "vendor-message", vendorId: "acme", messageId: "", data: "", answered: "UnknownVendorId" },
  { kind: "noticed", action: "NotifyEVChargingNeeds", summary: "" },
  { kind: "transaction-ended", id: "7" },
  { kind: "transaction-ended", id: "7", reason: "" },
  command("reset"),
  command("reset", { kind: "soft" }),
  command("reset", { kind: "hard", by: "core" }),
  command("unlock"),
  command("unlock", { evse: 2, connector: 1 }),
  command("start"),
  command("start", { token: { value: "04A1", type: "ISO14443" } }),
  command("start", { token: { value: 4 } }),
  command("stop"),
  command("stop", { transaction: "7" }),
  command("availability"),
  command("availability", { evse: 0, operative: true }),
  command("availability", { evse: 2, operative: false }),
  command("trigger"),
  command("trigger", { message: "Heartbeat" }),
  command("reserve"),
  command("reserve", { reservation: 7, token: { value: "04A1" }, until: "2026-01-31T13:00:00Z" }),
  command("reserve", { reservation: 7, token: { value: "04A1" }, until: "2026-01-31T13:00:00Z", evse: 2 }),
  command("cancel-reservation"),
  command("cancel-reservation", { reservation: 7 }),
  command("set-security-profile", { profile: 2 }),
  command("set-security-profile"),
  ...["certificates-list", "certificate-install", "certificate-delete", "certificate-signed", "read-security"].map(
    (name) => command(name),
  ),
  ...["set-password", "prefer-network-profile", "raw", "clear-cache", "what-is-to-come"].map((name) => command(name)),
  command("raw", { action: "Reset" }),
  ...(["accepted", "scheduled", "rejected", "unsupported", "unreadable", "no-answer", "offline"] as const).map(
    (result) => done({ result }),
  ),
  done({ result: "rejected", why: "Occupied", latencyMs: 388 }),
  done({ result: "offline", why: words("no-core") }),
  done({ result: "rejected", error: { code: "InternalError", description: "no", details: "{}" }, latencyMs: 61_000 }),
];

/** What the full messages of a version mean, with every field and without any that may be left out. */
async function eventsOf(version: "1.6" | "2.0.1" | "2.1"): Promise<EventBody[]> {
  const schemas = await officialSchemas(version);
  const dialect = dialectOf(version);
  return Object.keys(dialect.handlers)
    .sort()
    .flatMap((action) =>
      [0, 1, 2].flatMap((round) => {
        const schema = schemas[`${action}Request`] ?? schemas[action];
        return schema ? exchange(dialect, action, fullPayload(schema, round)).events : [];
      }),
    );
}

const line = ({ main, more }: Told, language: "en" | "sv") =>
  [capital(sayValue(main, language)), ...more.map((one) => sayValue(one, language))].join(" | ");
const both = (title: string, told: Told) => `${title}\n  ${line(told, "en")}\n  ${line(told, "sv")}`;

it("each event is a sentence, in both languages", async () => {
  const all = [...own, ...(await eventsOf("1.6")), ...(await eventsOf("2.0.1")), ...(await eventsOf("2.1"))];
  const told = all.map((event) => both(event.kind, tell(event)));
  await expect(`${[...new Set(told)].join("\n")}\n`).toMatchFileSnapshot("told/events.txt");
});

it("a problem that is over says at which place, which it was, and how long it lasted", () => {
  const event = {
    kind: "device-event",
    component: "Connector",
    variable: "Problem",
    value: "false",
    trigger: "Delta",
  } as const;
  const over = (more: object, ms?: number) => line(tell({ ...event, ...more }, ms), "en");
  expect(over({ evse: 2, connector: 1, techCode: "E1" }, 61_000)).toMatchInlineSnapshot(
    `"Connector 2: E1 cleared after 1 min 1 s"`,
  );
  expect(over({ techInfo: "ConnectorLockFailure: jammed" }, 0)).toMatchInlineSnapshot(
    `"Whole station: ConnectorLockFailure cleared after 0 s"`,
  );
  expect(over({ evse: 2, connector: 3, techCode: "E1" })).toMatchInlineSnapshot(
    `"Connector Problem: false | EVSE 2, connector 3 | trigger Delta | code E1"`,
  );
});

it("a command says who sent it and why, where that was nobody at the screen", async () => {
  const args = [
    ...ownReasons.map((because) => ({ message: "StatusNotification", by: "core", because })),
    ...[{ by: "core" }, { by: "procedure" }, { by: "screen" }, { by: "core", because: "what is to come" }],
  ];
  const outcomes: (CommandOutcome | undefined)[] = [undefined, { result: "accepted", latencyMs: 2000 }];
  const told = args.flatMap((one) =>
    outcomes.map((outcome) => both(JSON.stringify(one), tellCommand("trigger", one, outcome))),
  );
  await expect(`${told.join("\n")}\n`).toMatchFileSnapshot("told/commands.txt");
});
