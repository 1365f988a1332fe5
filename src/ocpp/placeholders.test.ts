import { describe, expect, it } from "vitest";
import type { Finding } from "../station/findings.ts";
import { optionalText, readReservation } from "./placeholders.ts";

const where = "StatusNotification /";

describe("optionalText", () => {
  it.each(["null", "NULL", "(null)", "undefined", " null "])("reads %j as left out, and says so", (said) => {
    const findings: Finding[] = [];
    expect(optionalText({ info: said }, "info", where, findings)).toBeUndefined();
    expect(findings.map(({ rule, where: place }) => [rule, place])).toEqual([
      ["placeholder", "StatusNotification /info"],
    ]);
  });

  it.each(["null and void", "C;330", "", "0", undefined])("takes %j as it is", (said) => {
    const findings: Finding[] = [];
    expect(optionalText(said === undefined ? {} : { info: said }, "info", where, findings)).toBe(said);
    expect(findings).toEqual([]);
  });
});

describe("readReservation", () => {
  it.each([0, -1])("reads %i as none, and says so", (id) => {
    const findings: Finding[] = [];
    expect(readReservation({ reservationId: id }, "StartTransaction /", findings)).toBeUndefined();
    expect(findings.map(({ rule, where: place }) => [rule, place])).toEqual([
      ["placeholder", "StartTransaction /reservationId"],
    ]);
  });

  it.each([7, undefined])("takes %j as it is", (id) => {
    const findings: Finding[] = [];
    expect(readReservation(id === undefined ? {} : { reservationId: id }, "StartTransaction /", findings)).toBe(id);
    expect(findings).toEqual([]);
  });
});
