import { describe, expect, it } from "vitest";
import { languages } from "../words/language.ts";
import { commandText } from "../words/spoken.ts";
import { commandNames, stationCommand } from "./commands.ts";

describe("a command as it comes in", () => {
  it.each([
    { name: "reset", kind: "soft" },
    { name: "reset", kind: "hard", evse: 2 },
    { name: "stop", transaction: "7" },
    { name: "start", token: { value: "A" }, evse: 2, connector: 1 },
    { name: "availability", evse: 1, operative: true, connector: 2 },
    { name: "trigger", message: "StatusNotification", evse: 1, connector: 2 },
    { name: "read-configuration" },
    { name: "certificates-list", use: "V2GCertificateChain" },
    { name: "certificate-install", use: "OEMRootCertificate", certificate: "PEM" },
    {
      name: "certificate-delete",
      hash: { hashAlgorithm: "SHA256", issuerNameHash: "a", issuerKeyHash: "b", serialNumber: "1" },
    },
    { name: "certificate-signed", chain: "PEM", certificateType: "V2GCertificate", requestId: 7 },
    { name: "unlock", evse: 1, connector: 1 },
    { name: "start", token: { value: "04A1", type: "ISO14443" }, evse: 2 },
    { name: "availability", evse: 0, operative: false },
    { name: "clear-cache" },
    { name: "reserve", reservation: 7, token: { value: "04A1" }, until: "2026-01-31T13:00:00+01:00", evse: 1 },
    { name: "cancel-reservation", reservation: 0 },
    { name: "raw", action: "Reset", payload: "{}", force: true },
  ] as const)("is taken: %o", (command) => {
    expect(stationCommand.parse(command)).toEqual(command);
  });

  it.each([
    [{ name: "reset", kind: "sideways" }, "kind"],
    [{ name: "unlock", evse: 0, connector: 1 }, "evse"],
    [{ name: "start" }, "token"],
    [{ name: "availability", evse: -1, operative: true }, "evse"],
    [{ name: "certificate-install", use: "Other", certificate: "x" }, "use"],
    [{ name: "reserve", reservation: 7, token: { value: "04A1" }, until: "tomorrow" }, "until"],
    [{ name: "cancel-reservation", reservation: 2 ** 31 }, "reservation"],
    [{ name: "explode" }, "name"],
  ])("is refused at its field: %o", (command, field) => {
    const { error } = stationCommand.safeParse(command);
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });

  it.each<[object, number, (length: number) => object]>([
    [{ name: "stop" }, 64, (length) => ({ transaction: "x".repeat(length) })],
    [{ name: "start" }, 255, (length) => ({ token: { value: "x".repeat(length) } })],
    [{ name: "start" }, 20, (length) => ({ token: { value: "A", type: "x".repeat(length) } })],
    [{ name: "trigger" }, 100, (length) => ({ message: "x".repeat(length) })],
    [{ name: "raw", payload: "{}" }, 100, (length) => ({ action: "x".repeat(length) })],
    [{ name: "raw", action: "A" }, 1_000_000, (length) => ({ payload: "x".repeat(length) })],
    [
      { name: "certificate-install", use: "V2GRootCertificate" },
      65_536,
      (length) => ({ certificate: "x".repeat(length) }),
    ],
    [{ name: "certificate-signed" }, 65_536, (length) => ({ chain: "x".repeat(length) })],
    [{ name: "certificate-signed", chain: "x" }, 50, (length) => ({ certificateType: "x".repeat(length) })],
  ])("%o takes a text of so many characters, and no more: %d", (command, most, field) => {
    const fits = (length: number) => stationCommand.safeParse({ ...command, ...field(length) }).success;
    expect([fits(1), fits(most), fits(most + 1)]).toEqual([true, true, false]);
  });

  it("takes no empty text where one is needed, and no hash that is too long", () => {
    const hash = { hashAlgorithm: "SHA512", issuerNameHash: "a", issuerKeyHash: "b", serialNumber: "1" };
    const fits = (command: object) => stationCommand.safeParse(command).success;
    for (const one of [
      { name: "stop", transaction: "" },
      { name: "start", token: { value: "" } },
      { name: "trigger", message: "" },
      { name: "raw", action: "", payload: "{}" },
      { name: "certificate-signed", chain: "" },
      { name: "availability", evse: 1, operative: true, connector: 0 },
      { name: "unlock", evse: 1, connector: 0 },
      { name: "certificate-delete", hash: { ...hash, issuerNameHash: "x".repeat(129) } },
      { name: "certificate-delete", hash: { ...hash, issuerKeyHash: "x".repeat(129) } },
      { name: "certificate-delete", hash: { ...hash, serialNumber: "x".repeat(41) } },
      { name: "certificate-delete", hash: { ...hash, hashAlgorithm: "MD5" } },
      { name: "certificate-signed", chain: "x", requestId: 1.5 },
    ])
      expect([one, fits(one)]).toEqual([one, false]);
    const longest = {
      ...hash,
      issuerNameHash: "x".repeat(128),
      issuerKeyHash: "x".repeat(128),
      serialNumber: "x".repeat(40),
    };
    for (const one of [
      { name: "certificate-delete", hash: longest },
      { name: "certificates-list" },
      { name: "read-configuration" },
      { name: "reset", kind: "hard", evse: 0 },
      { name: "trigger", message: "Heartbeat", evse: 0, connector: 0 },
    ])
      expect([one, fits(one)]).toEqual([one, true]);
  });

  it("has a name of its own each", () => {
    expect(new Set(commandNames).size).toBe(commandNames.length);
  });
});

it.each(commandNames)("%s has a name in each language", (name) => {
  for (const language of languages) expect(commandText(name, language)).not.toBe(name);
});
