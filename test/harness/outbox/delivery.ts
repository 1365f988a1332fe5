import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Delivery } from "../../../src/services/outbox/senders/sender.ts";

/** A file on its way, of so many random bytes; `kept` is what a try keeps to go on from. */
export function deliveryOf(bytes: number, name = "log å.zip"): Delivery & { content: Buffer; kept: string[] } {
  const folder = mkdtempSync(join(tmpdir(), "plugside-delivery-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const content = randomBytes(bytes);
  const from = join(folder, "1");
  writeFileSync(from, content);
  const sha256 = createHash("sha256").update(content).digest("hex");
  const kept: string[] = [];
  return {
    file: { id: 1, name, bytes, sha256, at: Date.UTC(2026, 10, 27), station: "CP/1", state: "whole" },
    from,
    sha256,
    content,
    kept,
    signal: new AbortController().signal,
    keep: (resume) => kept.push(resume),
    progress: () => undefined,
  };
}
