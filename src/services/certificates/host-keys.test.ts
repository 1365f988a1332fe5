import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ssh2 from "ssh2";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/harness/core.ts";
import { hostKeys } from "./host-keys.ts";
import { openKeyFiles } from "./keys.ts";

const typeOf = (pem: string) => {
  const key = ssh2.utils.parseKey(pem);
  return key instanceof Error ? key.message : key.type;
};

test("keys are made once, kept where only their owner reads them, and made anew where one is spoilt", async () => {
  const folder = await temporaryFolder();
  const first = await hostKeys(openKeyFiles(folder, null));
  expect(first.map(typeOf)).toEqual(["ecdsa-sha2-nistp256", "ssh-rsa"]);
  expect(await hostKeys(openKeyFiles(folder, null))).toEqual(first);
  const path = join(folder, "ssh-host-rsa.key");
  if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
  writeFileSync(path, "spoilt");
  const [same, other] = await hostKeys(openKeyFiles(folder, null));
  expect(same).toBe(first[0]);
  expect(typeOf(other ?? "")).toBe("ssh-rsa");
  expect(other).not.toBe(first[1]);
});
