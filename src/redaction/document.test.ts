import { expect, test } from "vitest";
import { Redaction, type ReplacedKind, type Replacement } from "./document.ts";

/** Lines as they are told, and what was replaced. */
function told(lines: readonly string[], kinds?: readonly ReplacedKind[], known: [string, ReplacedKind][] = []) {
  const names = new Map<string, string>();
  const nameOf = (kind: ReplacedKind, value: string) => {
    const name = names.get(value) ?? `${kind}-${String(names.size + 1).padStart(8, "0")}`;
    names.set(value, name);
    return name;
  };
  const redaction = new Redaction(nameOf, kinds, known);
  for (const line of lines) redaction.learn(line);
  const replaced: Replacement[] = [];
  return { lines: lines.map((line) => redaction.tell(line, (one) => replaced.push(one))), replaced };
}

test.each([
  [
    "a JSON message",
    '[2,"1","BootNotification",{"chargePointSerialNumber":"AB12345","imsi":"240011234567890"}]',
    /AB12345|24001/,
  ],
  ["a card in JSON", '[2,"1","Authorize",{"idTag":"04A1B2C3"}]', /04A1B2C3/],
  ["a card in words", "RFID: 04A1B2C3 accepted", /04A1B2C3/],
  ["a password", "wifi password=hunter2222", /hunter2222/],
  ["a key within a line", "sent Authorization: Bearer abcdefghij", /abcdefghij/],
  ["a serial number", "Serial No.: SN-77-1234", /77-1234/],
  ["an address", "connect 10.20.30.40:9000", /10\.20/],
  ["an address of the new kind", "peer fe80::1ff:fe23:4567:890a up", /fe80/],
  ["a network card", "eth0 00:1B:44:11:3A:B7 up", /1B:44/],
  ["a person", "mail to kim@example.com failed", /kim|example/],
])("what is told holds nothing of %s", (_about, line, held) => {
  expect(line).toMatch(held);
  const { lines, replaced } = told([line]);
  expect(lines[0]).not.toMatch(held);
  expect(replaced.length).toBeGreaterThan(0);
});

test("what is named once is known wherever it stands, before and after, by one name", () => {
  const { lines } = told(["04A1B2C3 seen", '{"idTag":"04A1B2C3"}', "[04A1B2C3]", "X04A1B2C3X"]);
  expect(lines).toEqual(["card-00000001 seen", '{"idTag":"card-00000001"}', "[card-00000001]", "X04A1B2C3X"]);
});

test("what the record knows of the station is looked for, and only what is asked for is replaced", () => {
  expect(told(["unit CP-00077 from 10.1.1.1"], ["serial"], [["CP-00077", "serial"]]).lines).toEqual([
    "unit serial-00000001 from 10.1.1.1",
  ]);
});

test("times, versions of three parts, own addresses and plain words stay", () => {
  const lines = [
    "2026-11-27T08:15:42.123Z INFO boot firmware 1.2.3",
    "12:30:01 listening on 127.0.0.1:9000 and 0.0.0.0",
    "Tag not found, card reader ready; std::vector",
    '[3,"19223201",{"status":"Accepted","interval":300}]',
  ];
  expect(told(lines)).toEqual({ lines, replaced: [] });
});
