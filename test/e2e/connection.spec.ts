import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runCli } from "../harness/cli.ts";
import { portOfOther } from "../harness/other-program.ts";
import { noBarriers, noOverflow, noRawKeys } from "./checks.ts";
import { browserForFile, coreForTest, goTo } from "./harness.ts";

const screens = browserForFile();

/** Puts a firewall-cmd before the system's own, if there is one; its answer stands in a file. */
function firewalld(): { answers(text: string): void } {
  const folder = mkdtempSync(join(tmpdir(), "plugside-firewall-"));
  const { PATH } = process.env;
  onTestFinished(() => {
    process.env.PATH = PATH;
    rmSync(folder, { recursive: true, force: true });
  });
  const answer = join(folder, "answer");
  const program = join(folder, "firewall-cmd");
  writeFileSync(program, `#!/bin/sh\n[ "$1" = --state ] && echo running || cat '${answer}'\n`);
  chmodSync(program, 0o755);
  process.env.PATH = `${folder}${delimiter}${PATH}`;
  return { answers: (text) => writeFileSync(answer, text) };
}

test.skipIf(process.platform !== "linux")(
  "a firewall that keeps stations out is told where one waits, with the cure",
  async () => {
    const firewall = firewalld();
    firewall.answers("no\n");
    const core = await coreForTest();
    const page = await screens.open(core, { locale: "sv-SE" });
    const region = page.getByRole("region", { name: "Brandvägg" });
    await region.getByText("firewalld släpper inte in laddstationer.").waitFor();
    await region.getByText(`sudo firewall-cmd --permanent --add-port=${core.ports[0]}/tcp`).waitFor();
    await noBarriers(page);
    await noOverflow(page);
    await noRawKeys(page);
    const told = await runCli("firewall", "--data", core.folder);
    expect([told.code, told.stdout.split("\n")[0]]).toEqual([0, "firewalld does not let stations in."]);

    firewall.answers("yes\n");
    await region.getByRole("button", { name: "Fråga brandväggen igen" }).click();
    await region.waitFor({ state: "detached" });
    await goTo(page, "connection");
    await region.getByText("firewalld släpper in laddstationer.").waitFor();
    expect(await region.getByText("sudo").count()).toBe(0);
    await noBarriers(page);
  },
);

test.skipIf(process.platform !== "linux")("a port that another program has is told with its name", async () => {
  const port = await portOfOther();
  const core = await coreForTest(["127.0.0.1:0", `127.0.0.1:${port}`]);
  const page = await screens.open(core, { locale: "sv-SE", at: "connection" });
  const told = page.getByText(`Port ${port} var upptagen av ett annat program`);
  await expect.poll(() => told.textContent()).toMatch(/ Programmet är node\.$/);
  await noBarriers(page);
});
