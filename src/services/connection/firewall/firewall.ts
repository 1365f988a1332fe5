import { readFileSync } from "node:fs";
import { createEmitter, type Emitter } from "../../../lib/emitter.ts";
import type { Logger } from "../../../lib/logger.ts";
import { type Ask, askSystem } from "../../../transports/system/ask.ts";
import type { FirewallReport } from "../contract.ts";
import { askLinux } from "./linux.ts";
import { askMacos } from "./macos.ts";
import { askWindows } from "./windows.ts";

/** The system that is asked. */
export type FirewallHost = {
  platform: NodeJS.Platform;
  /** The program that listens. */
  program: string;
  ask: Ask;
  readText(path: string): string | null;
};

const thisHost: FirewallHost = {
  platform: process.platform,
  program: process.execPath,
  ask: askSystem,
  readText(path) {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return null;
    }
  },
};

/** What the firewall of this laptop does with stations, as far as it can be asked. */
export type Firewall = {
  /** What it said last; null before it was asked. */
  last(): FirewallReport | null;
  /** Asks it. Takes some seconds on Windows; who asks meanwhile gets the same answer. Never rejects. */
  look(): Promise<FirewallReport>;
  readonly changed: Emitter<FirewallReport>;
};

/** @param ports where stations connect now */
export function createFirewall(ports: () => readonly number[], log: Logger, host = thisHost): Firewall {
  const changed = createEmitter<FirewallReport>(log);
  let last: FirewallReport | null = null;
  let looking: Promise<FirewallReport> | null = null;

  async function look(): Promise<FirewallReport> {
    const report = await askFirewall([...new Set(ports())], host);
    looking = null;
    const isNews = JSON.stringify(report) !== JSON.stringify(last);
    last = report;
    if (isNews) changed.emit(report);
    return report;
  }

  return {
    last: () => last,
    look: () => {
      looking ??= look();
      return looking;
    },
    changed,
  };
}

function askFirewall(
  ports: readonly number[],
  { platform, program, ask, readText }: FirewallHost,
): Promise<FirewallReport> {
  if (platform === "win32") return askWindows(ask, program, ports);
  if (platform === "darwin") return askMacos(ask, program, ports);
  return askLinux(ask, readText, program, ports);
}
