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

test.each([
  ...[
    "serial: SN12345",
    "Serial Number = SN12345",
    "serial-no.: SN12345",
    'chargeBoxSerialNumber":"SN12345',
    "S/N: SN12345",
  ],
  ...["serial_nr=SN12345", "ICCID: SN12345", "imsi SN12345".replace(" ", "="), "IMEI:SN12345", "eid=SN12345"],
])("a serial number by its name: %s", (line) => {
  expect(told([line]).replaced).toEqual([{ kind: "serial", before: "SN12345", after: "serial-00000001" }]);
});

test.each([
  ...["idTag=04A1B2C3", "id_tag: 04A1B2C3", 'parentIdTag":"04A1B2C3', "idToken=04A1B2C3", "RFID: 04A1B2C3"],
  ...["uid=04A1B2C3", "EMAID: 04A1B2C3", "card=04A1B2C3", "tag: 04A1B2C3"],
])("a card by its name: %s", (line) => {
  expect(told([line]).replaced).toMatchObject([{ kind: "card", before: "04A1B2C3" }]);
});

test.each([
  ...["10.20.30.40", "00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7", "fe80::1ff:fe23:4567:890a", "kim@example.com"],
  ...["::ffff:10.1.2.3", "2001:db8::1"],
])("an address is one: %s", (address) => {
  expect(told([`from ${address} now`]).replaced).toMatchObject([{ kind: "address", before: address }]);
});

test.each(["0.0.0.0", "127.1.2.3", "255.255.255.0", "::", "::1", "300.1.1.1", "1.2.3.4.5", "12:30:01", "a::b::c::d::"])(
  "no address of anybody's: %s",
  (text) => {
    expect(told([`from ${text} now`])).toEqual({ lines: [`from ${text} now`], replaced: [] });
  },
);

test("a value of five letters is looked for wherever it stands, a shorter one where it is named alone", () => {
  expect(told(["idTag=04A1B", "saw 04A1B", "idTag=04A1", "saw 04A1"]).lines).toEqual([
    ...["idTag=card-00000001", "saw card-00000001", "idTag=card-00000002", "saw 04A1"],
  ]);
});

test("a thousand values are looked for wherever they stand, and no more", () => {
  const cards = Array.from({ length: 1001 }, (_none, n) => `CARD${String(n).padStart(4, "0")}`);
  const { lines } = told([...cards.map((card) => `idTag=${card}`), `saw ${cards[999]} and ${cards[1000]}`]);
  expect(lines.at(-1)).toBe(`saw card-00001000 and ${cards[1000]}`);
});

test("the longest of known values is the one, and what was replaced stays as it is", () => {
  const known: [string, ReplacedKind][] = [
    ["CP-00077", "serial"],
    ["CP-00077-B", "card"],
  ];
  expect(told(["unit CP-00077-B", "unit CP-00077 serial: serial-0123abcd"], undefined, known).lines).toEqual([
    "unit card-00000001",
    "unit serial-00000002 serial: serial-0123abcd",
  ]);
  expect(told(["unit CP-00077"], ["card"], known)).toEqual({ lines: ["unit CP-00077"], replaced: [] });
});
