import type { Ask } from "../../../transports/system/ask.ts";
import type { FirewallReport, FirewallState } from "../contract.ts";

const tool = "/usr/libexec/ApplicationFirewall/socketfilterfw";

/** Asks the application firewall of macOS about a program; it knows no ports. */
export async function askMacos(ask: Ask, program: string, ports: readonly number[]): Promise<FirewallReport> {
  const [global, all, own] = await Promise.all([
    ask(tool, ["--getglobalstate"]),
    ask(tool, ["--getblockall"]),
    ask(tool, ["--getappblocked", program]),
  ]);
  const state = stateOf(global?.text ?? "", all?.text ?? "", own?.text ?? "");
  const path = `'${program.replaceAll("'", `'\\''`)}'`;
  const commands = [`sudo ${tool} --add ${path}`, `sudo ${tool} --unblockapp ${path}`];
  return { firewall: "macos", state, program, ports: [...ports], commands };
}

/** A program that it does not list is asked about, or let in by its signature: not known from here. */
function stateOf(global: string, all: string, own: string): FirewallState {
  if (/disabled|State = 0/i.test(global)) return "off";
  if (!/enabled|State = [12]/i.test(global)) return "unknown";
  if (/State = 2/.test(global) || /enabled/i.test(all)) return "blocked";
  if (/are blocked|is blocked|block incoming/i.test(own)) return "blocked";
  return /permitted|allowed|allow incoming/i.test(own) ? "allowed" : "unknown";
}
