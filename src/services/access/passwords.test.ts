import { expect, test } from "vitest";
import { createPasswords } from "./passwords.ts";

const hexKey = "00112233445566778899aabbccddeeff00112233";
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
const text = (password: string) => new TextEncoder().encode(password);

test("a text is right as itself, and as its hex digits in the other form", async () => {
  const passwords = createPasswords();
  const stored = await passwords.hash("pässword-of-16-bytes", "text", 0);
  const digits = Buffer.from("pässword-of-16-bytes").toString("hex");
  expect(await passwords.check(stored, text("pässword-of-16-bytes"))).toBe("right");
  expect(await passwords.check(stored, text(digits))).toBe("other-form");
  expect(await passwords.check(stored, text("pässword-of-16-byteS"))).toBe("wrong");
  expect(await passwords.check(stored, text(Buffer.from(digits).toString("hex")))).toBe("wrong");
});

test("a hex key is right as its bytes, and in the other form as its digits in either case", async () => {
  const passwords = createPasswords();
  const stored = await passwords.hash(hexKey, "hex", 0);
  expect(await passwords.check(stored, bytes(hexKey))).toBe("right");
  expect(await passwords.check(stored, text(hexKey))).toBe("other-form");
  expect(await passwords.check(stored, text(hexKey.toUpperCase()))).toBe("other-form");
  expect(await passwords.check(stored, bytes(hexKey).slice(1))).toBe("wrong");
});

test("a text that is hex digits is right as them, and in the other form as their bytes", async () => {
  const passwords = createPasswords();
  const stored = await passwords.hash(hexKey, "text", 0);
  expect(await passwords.check(stored, text(hexKey))).toBe("right");
  expect(await passwords.check(stored, bytes(hexKey))).toBe("other-form");
});

test("keeps no password: two hashes of one have nothing in common", async () => {
  const passwords = createPasswords();
  const [one, other] = await Promise.all([passwords.hash("same", "text", 1), passwords.hash("same", "text", 1)]);
  expect(one.salt).not.toBe(other.salt);
  expect(one.hash).not.toBe(other.hash);
  expect(JSON.stringify([one, other])).not.toContain("same");
});

test("one that comes again costs nothing, right or wrong", async () => {
  const passwords = createPasswords();
  const stored = await passwords.hash("the right one", "text", 0);
  const before = passwords.computed;
  for (let round = 0; round < 5; round++) {
    expect(await passwords.check(stored, text("the right one"))).toBe("right");
    expect(await passwords.check(stored, text("a wrong one"))).toBe("wrong");
  }
  expect(passwords.computed - before).toBe(2);
});

test("lets 64 wait by default, and no more", async () => {
  const stored = await createPasswords().hash("the right one", "text", 0);
  const passwords = createPasswords({ atOnce: 0 });
  for (let n = 0; n < 64; n++) void passwords.check(stored, text(`wrong ${n}`));
  expect(await passwords.check(stored, text("one more"))).toBe("busy");
  expect(passwords.computed).toBe(0);
});

test("computes two at once, lets a bounded number wait, and a known station past them all", async () => {
  const passwords = createPasswords({ atOnce: 2, mostWaiting: 3 });
  const stored = await passwords.hash("the right one", "text", 0);
  await passwords.check(stored, text("the right one"));
  const tries = Array.from({ length: 8 }, (_, n) => passwords.check(stored, text(`wrong ${n}`)));
  expect(await passwords.check(stored, text("the right one"))).toBe("right");
  expect(await Promise.all(tries)).toEqual([...Array(5).fill("wrong"), ...Array(3).fill("busy")]);
});
