import { expect, test } from "vitest";
import type { StationEntry } from "../../session/station-entry.ts";
import type { LinkState } from "../../station/model.ts";
import type { AccessRow } from "../../store/access.ts";
import type { AccessBook } from "../access/logic.ts";
import type { Procedure, StepName } from "./contract.ts";
import { createChecks } from "./handlers.ts";

type Around = {
  row?: Partial<AccessRow>;
  link?: Partial<LinkState>;
  open?: boolean;
  secure?: boolean;
  root?: boolean | null;
  own?: boolean | null;
  anyway?: boolean;
};

/** What a check says of a step towards a profile. */
async function check(step: StepName, profile: number, around: Around = {}): Promise<string> {
  const { row, link = {}, open = true, secure = true, root = null, own = null, anyway = false } = around;
  const checks = createChecks({
    access: { find: () => row } as unknown as AccessBook,
    wayIn: { open: () => open, secure: () => secure, url: () => "" },
    certificates: { hasRoot: async () => root, hasOwn: async () => own },
  });
  const entry = { identity: "CP1", state: { link } } as StationEntry;
  const result = await checks(step, entry, { profile } as Procedure, anyway);
  return "why" in result && result.why ? `${result.result}: ${result.why}` : result.result;
}

const password = { form: "text", layers: 0, salt: "", hash: "", setAt: 0 } as const;

test.each<[StepName, number, Around, string]>([
  ["way-in", 1, {}, "ok"],
  ["way-in", 1, { open: false }, "failed: not-listening"],
  ["way-in", 2, { row: { profile: 2 } }, "ok"],
  ["way-in", 1, { row: { profile: 2 } }, "failed: required-higher"],
  ["way-in", 0, { row: { profile: 2 } }, "ok"],
  ["tls", 2, {}, "ok"],
  ["tls", 2, { secure: false }, "failed: no-tls"],
  ["root", 2, { root: true }, "ok"],
  ["root", 2, { root: false }, "failed: root-missing"],
  ["root", 2, { root: false, anyway: true }, "failed: root-missing"],
  ["root", 2, { root: null }, "failed: root-unknown"],
  ["root", 2, { root: null, anyway: true }, "skipped: root-unknown"],
  ["root", 2, { root: false, link: { secure: true } }, "ok"],
  ["client-certificate", 3, { own: true }, "ok"],
  ["client-certificate", 3, { own: false }, "failed: certificate-missing"],
  ["client-certificate", 3, { own: null }, "failed: certificate-unknown"],
  ["client-certificate", 3, { own: false, link: { securityProfile: 3 } }, "ok"],
  ["client-certificate", 3, { own: false, link: { securityProfile: 2 } }, "failed: certificate-missing"],
  ["password", 1, { row: { password } }, "ok"],
  ["password", 1, { row: { nextPassword: password } }, "ok"],
  ["password", 1, { row: {} }, "failed: no-password"],
  ["password", 1, {}, "failed: no-password"],
  ["send", 1, {}, "ok"],
])("%s towards profile %i with %o is %s", async (step, profile, around, said) => {
  expect(await check(step, profile, around)).toBe(said);
});
