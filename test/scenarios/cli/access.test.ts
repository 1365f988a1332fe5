import { expect, test } from "vitest";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { connectTo, until } from "../../harness/client.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { dial, identity, oldPassword } from "../../harness/guarded.ts";
import { agreeingStation } from "../../harness/stations/agreeing-station.ts";

test("a change that is waited for in vain is stopped, told, and settled from the command line", async () => {
  const folder = await temporaryFolder();
  const data = ["--data", folder];
  const { url } = await serveCli(folder);
  await jsonOf("api", ...data, "access.setPassword", JSON.stringify({ identity, form: "text", password: oldPassword }));
  const station = await agreeingStation(`${url}${identity}`, oldPassword);
  await station.ask("Heartbeat", {});
  const change = { identity, kind: "password", form: "text", password: "the-new-password-2" };
  await jsonOf("api", ...data, "procedures.start", JSON.stringify(change));
  const client = connectTo(folder);
  await until(client, "procedures.state", { identity }, (view) => view?.deadline !== undefined);
  client.close();

  const early = await runCli("access", ...data, identity, "--keep", "old");
  expect([early.code, early.stderr]).toEqual([
    1,
    `A change of ${identity} is under way. Wait for its end, or cancel it.\n`,
  ]);
  const stopped = await runCli("access", ...data, identity, "--stop");
  expect(stopped.code).toBe(0);
  expect(stopped.stdout).toContain("last used\tnot connected anew since it was sent\n");
  expect(stopped.stdout).toContain("last change\tpassword, cancelled, good: both\n");
  expect(stopped.stdout).toContain("Keep one alone with --keep old or --keep new");
  expect(await dial({ url }, { password: oldPassword })).toBe(101);
  expect((await runCli("access", ...data, identity)).stdout).toMatch(/\nlast used\told, \d{4}-/);

  const kept = await jsonOf("access", ...data, identity, "--keep", "old", "--json");
  expect(kept).toMatchObject({
    access: { nextPassword: null, lastUsed: null, password: { form: "text" } },
    procedure: { state: "cancelled", valid: "old", kept: "old" },
  });
  expect([await dial({ url }, { password: oldPassword }), await dial({ url }, { password: change.password })]).toEqual([
    101, 401,
  ]);
  expect((await runCli("access", ...data, identity, "--keep", "both")).code).toBe(5);
});
