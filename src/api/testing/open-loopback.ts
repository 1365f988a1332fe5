import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { systemClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { createFilePlaces } from "../../services/files/places.ts";
import type { CoreHandlers } from "../contract.ts";
import type { FileDoor } from "../files.ts";
import { type Loopback, type LoopbackOptions, listenLoopback } from "../loopback.ts";

const noFiles = { places: createFilePlaces(systemClock), files: {} } as unknown as FileDoor;

/** The screens' port with two files in it, on this computer alone. */
export async function openLoopback(screens = true, more: Partial<LoopbackOptions> = {}): Promise<Loopback> {
  const folder = mkdtempSync(join(tmpdir(), "plugside-screens-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<h1>Plugside</h1>");
  writeFileSync(join(folder, "assets", "a.js"), "1");
  writeFileSync(join(folder, "files.json"), '["index.html","assets/a.js"]');
  const loopback = await listenLoopback({
    host: "127.0.0.1",
    port: 0,
    screensFolder: screens ? folder : null,
    handlers: { "connection.link": () => ({ url: null }) } as unknown as CoreHandlers,
    files: noFiles,
    clock: systemClock,
    log: silentLogger,
    ...more,
  });
  onTestFinished(() => loopback.dispose());
  return loopback;
}
