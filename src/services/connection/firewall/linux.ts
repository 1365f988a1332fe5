import type { Ask } from "../../../transports/system/ask.ts";
import type { FirewallReport } from "../contract.ts";
import { worst } from "./worst.ts";

/** Asks the firewall of a Linux: firewalld tells anybody whether a port is open, ufw only whether it is on (its rules are root's).
 * @param readText a file of the system as text; null where there is none that may be read */
export async function askLinux(
  ask: Ask,
  readText: (path: string) => string | null,
  program: string,
  ports: readonly number[],
): Promise<FirewallReport> {
  const about = { program, ports: [...ports] };
  const running = await ask("firewall-cmd", ["--state"]);
  if (running?.code === 0) {
    const answers = await Promise.all(ports.map((port) => ask("firewall-cmd", [`--query-port=${port}/tcp`])));
    const states = answers.map((answer) => {
      const said = answer?.text.trim();
      return said === "yes" ? "allowed" : said === "no" ? "not-allowed" : "unknown";
    });
    const commands = [
      ...ports.map((port) => `sudo firewall-cmd --permanent --add-port=${port}/tcp`),
      "sudo firewall-cmd --reload",
    ];
    return { firewall: "firewalld", state: worst(states), ...about, commands };
  }
  const ufw = readText("/etc/ufw/ufw.conf");
  if (ufw === null) return { firewall: null, state: "unknown", ...about, commands: [] };
  const isOn = /^\s*ENABLED\s*=\s*"?yes"?\s*$/im.test(ufw);
  const commands = ports.map((port) => `sudo ufw allow ${port}/tcp`);
  return { firewall: "ufw", state: isOn ? "unknown" : "off", ...about, commands };
}
