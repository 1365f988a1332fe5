import type { JsonObject } from "../../lib/json.ts";
import type { SimulatorAction } from "../../services/simulator/contract.ts";
import type { VirtualStationHandle, VirtualStationOptions } from "../virtual-station.ts";
import type { Central } from "./central.ts";

/** What happens to a virtual station: the central system asks it something, a hand does something to it, or seconds pass, after which
 * its link may come or go. */
export type Step =
  | readonly [ask: string, payload: object]
  | readonly [act: SimulatorAction, evse: number, value?: string]
  | readonly [run: "seconds", count: number]
  | readonly [wait: "linked" | "unlinked", after: number];

/** Plays steps and writes down what is said: `? ` what the central system asks with the answer under it, `! ` what a hand does, `- `
 * seconds that pass, and after each what the station says of itself by then. */
async function transcriptOf(central: Central, station: VirtualStationHandle, steps: readonly Step[]): Promise<string> {
  const lines: string[] = [];
  const hear = () => {
    for (const { action, payload } of central.heard.splice(0)) lines.push(`  ${action} ${textOf(payload)}`);
  };
  hear();
  for (const step of steps) {
    const [name, what] = step;
    if (name === "linked" || name === "unlinked") {
      lines.push(`- ${name} after ${what} s`);
      await central.run(Number(what));
      await central[name]();
    } else if (name === "seconds") {
      lines.push(`- ${what} s`);
      await central.run(Number(what));
    } else if (typeof what === "number") {
      lines.push(`! ${step.join(" ")}`);
      try {
        station.act(name as SimulatorAction, what, step[2]);
        if (name === "drop-link") await central.unlinked();
        if (name === "restore-link") await central.linked();
      } catch (error) {
        lines.push(`  cannot be: ${error instanceof Error ? error.message : String(error)}`);
      }
    } else {
      lines.push(`? ${name} ${textOf(what)}`);
      lines.push(`  = ${textOf(await central.call(name, what as JsonObject))}`);
    }
    await central.settle();
    hear();
  }
  return `${lines.join("\n")}\n`;
}

/** Starts a station of two outlets, plays steps, and gives the transcript with the station's own log under it. */
export async function played(
  central: Central,
  steps: readonly Step[],
  options: Partial<VirtualStationOptions> = {},
): Promise<string> {
  const log: string[] = [];
  const station = central.start({ connectors: 2, log: (line) => log.push(line), ...options });
  await central.linked();
  const told = withNumbers(await transcriptOf(central, station, steps));
  return `${told}The log of the station:\n${log.map((line) => `  ${line}\n`).join("")}`;
}

/** Ids that a station makes up by chance, by the order they come in. */
function withNumbers(text: string): string {
  const ids: string[] = [];
  return text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    if (!ids.includes(id)) ids.push(id);
    return `id-${ids.indexOf(id) + 1}`;
  });
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, one) => (typeof one === "bigint" ? `${one}n` : one));
}
