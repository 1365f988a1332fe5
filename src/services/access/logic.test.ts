import { describe, expect, test } from "vitest";
import type { AccessRow, PasswordHash } from "../../store/access.ts";
import { isHex, makePassword, viewAccess } from "./logic.ts";
import type { WaitingStations } from "./waiting-stations.ts";

const hash = (setAt: number, form: "text" | "hex" = "text"): PasswordHash => ({
  form,
  layers: 0,
  salt: "s",
  hash: "h",
  setAt,
});
const waiting = (...identities: string[]) =>
  ({ list: () => identities.map((identity) => ({ identity })) }) as unknown as WaitingStations;

function view(
  row: Partial<AccessRow> | undefined,
  change: { known?: boolean; waits?: boolean; strict?: boolean } = {},
) {
  return viewAccess("CP1", row && { identity: "CP1", ...row }, {
    known: change.known ?? false,
    waitingStations: change.waits ? waiting("CP0", "CP1") : waiting("CP0"),
    strict: change.strict ?? false,
  });
}

describe("what the screens see of a station's access", () => {
  test("is never a hash", () => {
    const text = JSON.stringify(view({ password: hash(1, "hex"), nextPassword: hash(2) }));
    expect(text).not.toMatch(/"(?:hash|salt|layers)"/);
    expect(view({ password: hash(1, "hex"), nextPassword: hash(2) })).toMatchObject({
      password: { form: "hex", setAt: 1 },
      nextPassword: { form: "text", setAt: 2 },
      unshownPassword: null,
    });
  });

  test("tells a password that the station does not show yet apart from one that it was sent", () => {
    expect(view({ nextPassword: hash(2), unshown: true })).toMatchObject({
      nextPassword: null,
      unshownPassword: { form: "text", setAt: 2 },
      lastUsed: null,
    });
  });

  test.each([
    { row: { decision: "accepted" as const }, waits: true, known: true, allowed: "accepted" },
    { row: { decision: "refused" as const }, waits: false, known: true, allowed: "refused" },
    { row: {}, waits: true, known: true, allowed: "waiting" },
    { row: {}, waits: false, known: false, allowed: "known" },
    { row: undefined, waits: false, known: true, allowed: "known" },
    { row: undefined, waits: false, known: false, allowed: "unknown" },
  ])("is allowed: $allowed", ({ row, waits, known, allowed }) => {
    expect(view(row, { waits, known }).allowed).toBe(allowed);
  });

  test("takes strictness from the settings where it has no choice of its own", () => {
    const strict = [
      view({}, { strict: true }),
      view({ strict: false }, { strict: true }),
      view({ strict: true }),
      view({}),
    ];
    expect(strict.map((one) => one.strict)).toEqual([true, false, true, false]);
  });

  const both = { password: hash(1), nextPassword: hash(10) };
  test.each<{ row: Partial<AccessRow>; used: unknown }>([
    { row: { ...both, used: { which: "next", at: 11 } }, used: { which: "new", at: 11 } },
    { row: { ...both, used: { which: "current", at: 11 } }, used: { which: "old", at: 11 } },
    { row: { ...both, used: { which: null, at: 10 } }, used: { which: "none", at: 10 } },
    { row: { nextPassword: hash(10), used: { which: null, at: 11 } }, used: { which: "old", at: 11 } },
    // Of before the new one was sent it tells nothing.
    { row: { ...both, used: { which: "current", at: 9 } }, used: null },
    { row: { password: hash(1), used: { which: "current", at: 11 } }, used: null },
    { row: both, used: null },
  ])("was last come in with: $used", ({ row, used }) => {
    expect(view(row).lastUsed).toEqual(used);
  });
});

test("a password that is made is one that every version takes, and another each time", () => {
  expect(makePassword("text")).toMatch(/^[a-km-zA-HJ-NP-Z2-9]{24}$/);
  expect(makePassword("hex")).toMatch(/^[0-9a-f]{40}$/);
  expect(new Set(Array.from({ length: 20 }, () => makePassword("text"))).size).toBe(20);
});

test.each([
  ["0aFF", true],
  ["0aF", false],
  ["", false],
  ["0aFG", false],
])("%j is whole bytes in hex: %s", (text, hex) => {
  expect(isHex(text)).toBe(hex);
});
