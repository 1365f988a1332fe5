import { type Finding, observed } from "../station/findings.ts";
import type { Sample } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { energyRegister, isRegister } from "../station/transactions/session-energy.ts";

/** Rights what only a whole group of samples shows, with a finding where something is taken otherwise than it was said: one phase
 * that calls itself N (Injet), a register that has a phase and no total beside it (Zappi, Wallbox). Values of the begin go before
 * those of now (Growatt tells both in one group, in any order).
 * @param where the action and the samples' path as schemas.ts writes it */
export function rightGroup(samples: Sample[], where: string, findings: Finding[]): void {
  if (samples.some(isBegin) && !samples.every(isBegin)) samples.sort((a, b) => Number(isBegin(b)) - Number(isBegin(a)));
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
    findings.push(
      observed("phase-neutral", `${where}/phase`, words("value-for", { value: "N", measurand }), words("l1-or-none")),
    );
  }
}

function isBegin({ context }: Sample): boolean {
  return context === "Transaction.Begin";
}

function rightRegister(samples: Sample[], where: string, findings: Finding[]): void {
  if (!samples.some(({ measurand, phase }) => measurand === energyRegister && phase !== undefined)) return;
  const registers = samples.filter(
    (sample) => sample.measurand === energyRegister && isRegister({ ...sample, phase: undefined }),
  );
  const [register] = registers;
  if (registers.length !== 1 || register?.phase === undefined) return;
  const said = words("value-for", { value: register.phase, measurand: register.measurand });
  findings.push(observed("phase-tagged-register", `${where}/phase`, said, words("no-phase")));
  register.phase = undefined;
}
