import { describe, expect, it } from "vitest";
import { closingOf, words } from "../station/phrases.ts";
import { composeTicket, type Ticket } from "../station/ticket.ts";
import { type Phrase, phrases } from "./en/phrases.ts";
import { placeText, spokenText } from "./spoken.ts";
import { phrases as swedish } from "./sv/phrases.ts";

const every = Object.keys(phrases) as Phrase[];
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)(?:, number)?\}\}/g)].map(([, name = ""]) => name).sort();

describe("every phrase", () => {
  it.each(every)("%s has the same holes in both languages, and all are filled", (phrase) => {
    expect(holes(swedish[phrase])).toEqual(holes(phrases[phrase]));
    const values = Object.fromEntries(holes(phrases[phrase]).map((name) => [name, `<${name}>`]));
    for (const language of ["en", "sv"] as const) {
      const text = spokenText({ phrase, values }, language);
      expect(text).not.toMatch(/\{\{|\}\}/);
      for (const value of Object.values(values)) expect(text).toContain(value);
    }
  });

  it("is another text in Swedish, but for names and notation", () => {
    const alike = every.filter((phrase) => swedish[phrase] === phrases[phrase]);
    expect(alike).toEqual(["form-text", "told-data", "profile-faults"]);
  });
});

it("says words within words in the one language", () => {
  const spoken = words("root-key-unreadable", { problem: words("root-key-sealed") });
  expect(spokenText(spoken, "sv")).toBe(
    "Nyckeln till vårt rotcertifikat går inte att läsa: den är förseglad i systemets nyckellager, som bara skrivbordsfönstret når",
  );
  expect(spokenText(spoken, "en")).toBe(
    "The key of our root certificate cannot be read: it is sealed by the system's key store, which only the desktop window reaches",
  );
});

it("groups the digits of what is counted as the language does, and of nothing else", () => {
  const spoken = words("seen-part", { bytes: 1234567, total: 228666, name: "20260101.log" });
  expect(spokenText(spoken, "en")).toBe("1,234,567 of 228,666 bytes of 20260101.log are here.");
  expect(spokenText(spoken, "sv")).toBe("1\u00a0234\u00a0567 av 228\u00a0666 byte av 20260101.log är här.");
  expect(spokenText(words("bytes", { count: 12345 }), "en")).toBe("12,345 bytes");
  expect(spokenText(words("bytes", { count: "12345" }), "en")).toBe("12345 bytes");
});

it("shows what old records hold as it is", () => {
  for (const language of ["en", "sv"] as const) {
    expect(spokenText("at most 36 characters", language)).toBe("at most 36 characters");
    expect(spokenText(closingOf("bye"), language)).toBe("bye");
  }
});

it.each([
  ["frame", "meddelande"],
  ["frame /1", "meddelande /1"],
  ["link", "förbindelse"],
  ["transaction, EVSE 1", "transaktion, EVSE 1"],
  ["transaction end", "transaktion slut"],
  ["StatusNotification answer /link", "StatusNotification svar /link"],
  ["BootNotification /chargePointVendor", "BootNotification /chargePointVendor"],
  ["CALLRESULT payload", "CALLRESULT payload"],
])("the place %s is %s in Swedish, and as it is in English", (where, text) => {
  expect(placeText(where, "sv")).toBe(text);
  expect(placeText(where, "en")).toBe(where);
});

it("writes a ticket in Swedish without an English word of ours", () => {
  const ticket: Ticket = {
    station: "CP1",
    info: {},
    madeAt: 0,
    entries: [
      {
        rule: "bad-message-id",
        where: "frame /1",
        said: words("nothing"),
        expected: words("at-most-characters", { limit: 36 }),
        count: 1,
        firstAt: 0,
        lastAt: 0,
        frames: [],
      },
    ],
  };
  const text = composeTicket(ticket, "sv");
  expect(text).toContain("- Var: `meddelande /1`\n");
  expect(text).toContain("ingenting\n");
  expect(text).toContain("högst 36 tecken\n");
});
