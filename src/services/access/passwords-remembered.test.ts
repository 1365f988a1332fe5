import { expect, test, vi } from "vitest";
import { createPasswords } from "./passwords.ts";

// A digest that costs nothing: a thousand of the real one take half a minute.
vi.mock("node:crypto", async (original) => {
  const real = await original<typeof import("node:crypto")>();
  return {
    ...real,
    scrypt: (bytes: Uint8Array, salt: Buffer, _size: number, _cost: object, done: (error: null, key: Buffer) => void) =>
      done(null, real.createHash("sha256").update(salt).update(bytes).digest()),
  };
});

test("a thousand passwords are remembered, and the one that was computed first is forgotten first", async () => {
  const passwords = createPasswords();
  const all = await Promise.all(Array.from({ length: 1001 }, (_, at) => passwords.hash(`password ${at}`, "text", 0)));
  const costOf = async (at: number) => {
    const [before, stored] = [passwords.computed, all[at]];
    if (!stored) throw new Error(`no password ${at}`);
    expect(await passwords.check(stored, new TextEncoder().encode(`password ${at}`))).toBe("right");
    return passwords.computed - before;
  };
  for (let at = 0; at < 1000; at++) expect(await costOf(at)).toBe(1);
  expect([await costOf(0), await costOf(999)]).toEqual([0, 0]);
  expect(await costOf(1000)).toBe(1);
  expect([await costOf(0), await costOf(999), await costOf(1000)]).toEqual([1, 0, 0]);
});
