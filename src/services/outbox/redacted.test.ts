import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test, vi } from "vitest";
import { tarOf } from "../../../test/harness/tar.ts";
import { words } from "../../station/phrases.ts";
import { emptyPreview, redacted } from "./redacted.ts";

const bound = vi.hoisted(() => ({ most: 0 }));
vi.mock("../../station/bounds.ts", async (original) => {
  const real = await original<typeof import("../../station/bounds.ts")>();
  return {
    ...real,
    get mostRedacted() {
      return bound.most || real.mostRedacted;
    },
  };
});

async function redact(name: string, bytes: Buffer, known: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-redacted-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "1");
  writeFileSync(path, bytes);
  const preview = emptyPreview();
  const pieces: Buffer[] = [];
  const nameOf = (kind: string, value: string) => `${kind}-${String(value.length).padStart(8, "0")}`;
  for await (const piece of redacted({ path, name, known, nameOf }, preview, AbortSignal.timeout(20_000)))
    pieces.push(piece);
  return { preview, text: Buffer.concat(pieces).toString() };
}

const log =
  'boot CP-0000077 at 10.1.1.1\r\n[2,"1","Authorize",{"idTag":"04A1B2C3"}]\r\npassword=hunter22\r\n04A1B2C3 ok\r\n';

test("a text comes out without what is not for others, and it is told what was replaced, secrets by their length", async () => {
  const { text, preview } = await redact("log.txt", Buffer.from(log), ["CP-0000077"]);
  expect(text).toBe(
    'boot serial-00000010 at address-00000008\n[2,"1","Authorize",{"idTag":"card-00000008"}]\npassword=secret-00000008\ncard-00000008 ok\n',
  );
  expect(preview).toMatchObject({ counts: { secret: 1, card: 2, serial: 1, address: 1 }, parts: 1, leftOut: [] });
  expect(preview.samples).toContainEqual({
    kind: "card",
    before: "04A1B2C3",
    after: "card-00000008",
    part: "log.txt",
    line: 2,
  });
  expect(preview.samples).toContainEqual({
    kind: "secret",
    length: 8,
    after: "secret-00000008",
    part: "log.txt",
    line: 3,
  });
  // What is replaced again by the same is shown once.
  expect(preview.samples).toHaveLength(4);
  expect(JSON.stringify(preview)).not.toContain("hunter22");
});

test("an archive comes out as one text; what is no text is left out, and told", async () => {
  const parts = [["a.log", Buffer.from(log)] as const, ["b.bin", Buffer.alloc(900)] as const];
  const { text, preview } = await redact("logs.tar.gz", gzipSync(tarOf(parts)));
  expect(text).toMatch(/^=== .*a\.log ===\nboot CP-0000077 at address-00000008\n/);
  expect(text).not.toContain("04A1B2C3");
  expect(preview.leftOut).toEqual([expect.stringContaining("b.bin")]);
});

test("each text of an archive stands under its name, a line apart, and all of them together may be so large and no larger", async () => {
  const bytes = gzipSync(
    tarOf([
      ["a.log", Buffer.from("one 10.1.1.1\n")],
      ["b.log", Buffer.from("two 10.1.1.1\n")],
    ]),
  );
  const { text, preview } = await redact("logs.tgz", bytes);
  expect(text).toBe("=== a.log ===\none address-00000008\n\n=== b.log ===\ntwo address-00000008\n");
  expect([preview.parts, preview.counts.address, preview.leftOut]).toEqual([2, 2, []]);
  onTestFinished(() => {
    bound.most = 0;
  });
  bound.most = 26;
  expect((await redact("logs.tgz", bytes)).preview.parts).toBe(2);
  bound.most = 25;
  await expect(redact("logs.tgz", bytes)).rejects.toMatchObject({
    code: "invalid-input",
    words: words("redaction-too-large", { name: "logs.tgz", most: 25 }),
  });
});

test("where nothing is text nothing comes out", async () => {
  await expect(redact("x.bin", Buffer.alloc(500))).rejects.toMatchObject({ words: { phrase: "redaction-no-text" } });
});
