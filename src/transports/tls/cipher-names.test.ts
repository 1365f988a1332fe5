import { expect, test } from "vitest";
import { cipherName } from "./cipher-names.ts";

test("cipher suites have the names of the IANA registry, and those that are not among the usual their number", async () => {
  const names = Array.from({ length: 0x10000 }, (_, number) => [number, cipherName(number)] as const);
  const hex = (number: number) => `0x${number.toString(16).toUpperCase().padStart(4, "0")}`;
  const named = names.filter(([number, name]) => name !== hex(number));
  await expect(`${named.map(([number, name]) => `${hex(number)} ${name}`).join("\n")}\n`).toMatchFileSnapshot(
    "told/cipher-names.txt",
  );
});
