import { expect, it } from "vitest";
import { stringifyJson } from "../lib/json.ts";
import { commandNames, type OwnCommand, type StationCommand } from "../station/commands.ts";
import { newStation } from "../station/model.ts";
import type { Dialect } from "./dialect.ts";
import { stationCharging } from "./v2/test-exchange.ts";
import { dialectOf } from "./versions.ts";

type Planned = Parameters<Dialect["plan"]>[0];

const hash = { hashAlgorithm: "SHA256", issuerNameHash: "aa", issuerKeyHash: "bb", serialNumber: "01" } as const;
const commands: (Exclude<StationCommand, { name: "raw" }> | OwnCommand)[] = [
  { name: "reset", kind: "soft" },
  { name: "reset", kind: "hard", evse: 2 },
  { name: "unlock", evse: 2, connector: 1 },
  { name: "start", token: { value: "04A1" } },
  { name: "start", token: { value: "04A1", type: "ISO14443" }, evse: 2, connector: 1 },
  { name: "stop", transaction: "7" },
  { name: "stop", transaction: "9223372036854775807" },
  { name: "stop", transaction: "tx-1" },
  { name: "availability", evse: 0, operative: false },
  { name: "availability", evse: 2, operative: true, connector: 1 },
  { name: "trigger", message: "Heartbeat" },
  { name: "trigger", message: "StatusNotification", evse: 2, connector: 1 },
  { name: "trigger", message: "SignChargePointCertificate" },
  { name: "trigger", message: "LogStatusNotification", evse: 1 },
  { name: "clear-cache" },
  { name: "reserve", reservation: 7, token: { value: "04A1" }, until: "2026-01-31T13:00:00Z" },
  { name: "reserve", reservation: 7, token: { value: "04A1" }, until: "2026-01-31T13:00:00Z", evse: 2 },
  { name: "reserve", reservation: 7, token: { value: "x".repeat(37) }, until: "2026-01-31T13:00:00Z" },
  { name: "cancel-reservation", reservation: 7 },
  { name: "read-configuration" },
  { name: "certificates-list" },
  { name: "certificates-list", use: "V2GRootCertificate" },
  { name: "certificate-install", use: "CSMSRootCertificate", certificate: "PEM" },
  { name: "certificate-install", use: "ManufacturerRootCertificate", certificate: "PEM" },
  { name: "certificate-delete", hash },
  { name: "certificate-signed", chain: "PEM" },
  { name: "certificate-signed", chain: "PEM", certificateType: "V2GCertificate", requestId: 5 },
  { name: "read-security" },
  { name: "set-password", password: "a-long-password-1", form: "text" },
  { name: "set-password", password: "00ff", form: "hex" },
  { name: "set-security-profile", profile: 2, url: "wss://10.0.0.2:9000/", slot: 3 },
  { name: "prefer-network-profile", slot: 3 },
  { name: "prefer-network-profile", slot: 3, before: "1,2,3" },
  { name: "read-file-protocols" },
  { name: "get-log", kind: "diagnostics", way: 0, location: "ftp://10.0.0.2/a", requestId: 5 },
  {
    name: "get-log",
    kind: "diagnostics",
    way: 1,
    location: "ftp://10.0.0.2/a",
    requestId: 5,
    retries: 2,
    retrySeconds: 30,
  },
  {
    ...{ name: "get-log", kind: "security", way: 0, location: "ftp://10.0.0.2/a", requestId: 5 },
    ...{ from: "2026-01-31T10:00:00Z", to: "2026-01-31T11:00:00Z", retries: 2, retrySeconds: 30 },
  },
  { name: "get-log", kind: "data-collector", way: 0, location: "ftp://10.0.0.2/a", requestId: 5 },
];

it("each command stands in the list above", () => {
  const listed = new Set<string>(commands.map(({ name }) => name));
  expect(commandNames.filter((name) => name !== "raw" && !listed.has(name))).toEqual([]);
});

it.each(["1.6", "2.0.1", "2.1"] as const)(
  "in OCPP %s each command becomes its request, or says why not",
  async (version) => {
    const dialect = dialectOf(version);
    const told = [newStation("CP1", 0), stationCharging("7")].flatMap((station) =>
      commands.map(
        (command) =>
          `${JSON.stringify(command)}\n  ${stringifyJson(dialect.plan(command as Planned, station) as never)}\n`,
      ),
    );
    await expect(told.join("")).toMatchFileSnapshot(`told/plans-${version}.txt`);
  },
);
