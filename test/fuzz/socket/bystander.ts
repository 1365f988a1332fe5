import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** How the well-behaved station beside all this fares. */
export type Fared = { answered: number; worstMs: number; open: boolean; waitingMs: number };

/** A well-behaved station in a process of its own. */
export type Bystander = { told(): Promise<Fared>; end(): void };

const program = fileURLToPath(new URL("bystander.mjs", import.meta.url));

/** Lets one connect and charge. Resolves once it has its first answer. */
export async function startBystander(url: string): Promise<Bystander> {
  const child = fork(program, [`${url}BYSTANDER`], { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await once(child, "message");
  return {
    async told() {
      child.send("how do you fare?");
      const [fared] = await once(child, "message");
      return fared as Fared;
    },
    end: () => void child.kill("SIGKILL"),
  };
}
