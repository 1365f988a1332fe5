import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { bound } from "../bound.ts";
import { freePort, reached } from "../ports.ts";

const program = "/usr/sbin/sshd";

export const hasSshd = existsSync(program);

/** OpenSSH's server, for this user and one key, with its files in a folder of the test's own. */
export type Sshd = {
  port: number;
  user: string;
  privateKey: string;
  folder: string;
  restart(): Promise<void>;
  stop(): Promise<void>;
  newHostKey(): void;
};

export async function startSshd(): Promise<Sshd> {
  const sshd = await openSshd();
  onTestFinished(() => sshd.close());
  return sshd;
}

/** The same outside of a test: whoever opens it closes it. */
export async function openSshd(): Promise<Sshd & { close(): Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), "plugside-sshd-"));
  const folder = join(home, "files");
  mkdirSync(folder);
  const makeKey = (name: string) => {
    for (const end of ["", ".pub"]) rmSync(join(home, name + end), { force: true });
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(home, name)]);
  };
  makeKey("host");
  makeKey("user");
  const port = await freePort();
  const config = [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${join(home, "host")}`,
    `AuthorizedKeysFile ${join(home, "user.pub")}`,
    `PidFile ${join(home, "pid")}`,
    "StrictModes no",
    "PermitRootLogin yes",
    "PasswordAuthentication no",
    "UsePAM no",
    "Subsystem sftp internal-sftp",
  ];
  writeFileSync(join(home, "config"), `${config.join("\n")}\n`);
  // Where it runs as root it wants this folder, which a system that never started it has not.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    child = spawn(...bound(program, ["-D", "-e", "-f", join(home, "config")]), { stdio: "ignore" });
    await reached(port);
  }
  async function stop(): Promise<void> {
    const running = child;
    child = null;
    if (running === null) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGKILL");
    await ended;
  }
  await start();
  return {
    port,
    user: userInfo().username,
    privateKey: readFileSync(join(home, "user"), "utf8"),
    folder,
    stop,
    async close() {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
    newHostKey: () => makeKey("host"),
    async restart() {
      await stop();
      await start();
    },
  };
}
