import { type Finding, finding } from "../station/findings.ts";
import { isRegister } from "../station/fold-samples.ts";
import type { Sample } from "../station/model.ts";

/** Rights what only a whole group of samples shows, each with a finding: one phase that calls itself N (Zappi), and a register
 * that has a phase and no total beside it (Wallbox, EVBox).
 * @param where the action and the samples' path as schemas.ts writes it */
export function rightGroup(samples: Sample[], where: string, findings: Finding[]): void {
  if (!samples.some(({ phase }) => phase !== undefined)) return;
  rightNeutral(samples, where, findings);
  rightRegister(samples, where, findings);
}

/** What a phase carries; N has a current of its own only beside the phases. */
const ofPhases: ReadonlySet<string> = new Set(["Current.Import", "Power.Active.Import", "Voltage"]);

function rightNeutral(samples: Sample[], where: string, findings: Finding[]): void {
  for (const sample of samples) {
    const { measurand, phase } = sample;
    if (phase !== "N" || !ofPhases.has(measurand)) continue;
    if (samples.some((other) => other !== sample && other.measurand === measurand)) continue;
    sample.phase = "L1";
    findings.push(finding("phase-neutral", `${where}/phase`, `N for ${measurand}`, "L1, or no phase"));
  }
}

function rightRegister(samples: Sample[], where: string, findings: Finding[]): void {
  const registers = samples.filter((sample) => isRegister({ ...sample, phase: undefined }));
  const [register] = registers;
  if (registers.length !== 1 || register?.phase === undefined) return;
  findings.push(
    finding("phase-tagged-register", `${where}/phase`, `${register.phase} for ${register.measurand}`, "no phase"),
  );
  delete register.phase;
}
