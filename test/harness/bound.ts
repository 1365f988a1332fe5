import { spawnSync } from "node:child_process";

const canBind = process.platform === "linux" && spawnSync("setpriv", ["--help"]).status === 0;

/** A command as it is started so that it ends with whoever starts it, however that ends: one that is killed clears nothing up. Where the
 * system cannot (it is Linux's, prctl(2) PR_SET_PDEATHSIG), the command as it is.
 * @returns the program and its arguments, for `spawn` */
export function bound(program: string, args: readonly string[]): [string, string[]] {
  return canBind ? ["setpriv", ["--pdeathsig", "KILL", "--", program, ...args]] : [program, [...args]];
}
