import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type KeyVault, openKeyFiles } from "../certificates/keys.ts";
import { openDestinationSecrets, partsOf } from "./secrets.ts";

function folder() {
  const path = mkdtempSync(join(tmpdir(), "plugside-secrets-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const turned = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x5a);
const vault: KeyVault = {
  available: async () => true,
  seal: async (plain) => turned(Buffer.from(plain)),
  open: async (sealed) => Buffer.from(turned(sealed)).toString(),
};

test("without a key store a secret is a file that only its owner reads, and it goes with its destination", async () => {
  const path = folder();
  const secrets = openDestinationSecrets(openKeyFiles(path, null));
  expect(await secrets.read("hq")).toEqual({});
  const secret = { password: "p", headers: { "x-key": "k" } };
  await secrets.write("hq", secret);
  expect(await secrets.read("hq")).toEqual(secret);
  expect(await secrets.read("HQ")).toEqual({});
  expect(partsOf(secret)).toEqual(["password", "headers"]);
  const [name = ""] = readdirSync(path);
  if (process.platform !== "win32") expect(statSync(join(path, name)).mode & 0o777).toBe(0o600);
  secrets.remove("hq");
  expect(readdirSync(path)).toEqual([]);
});

test("with a key store it is sealed, and only there it can be read", async () => {
  const path = folder();
  await openDestinationSecrets(openKeyFiles(path, vault)).write("hq", { password: "hemligt" });
  expect(readFileSync(join(path, readdirSync(path)[0] ?? ""), "utf8")).not.toContain("hemligt");
  expect(await openDestinationSecrets(openKeyFiles(path, vault)).read("hq")).toEqual({ password: "hemligt" });
  await expect(openDestinationSecrets(openKeyFiles(path, null)).read("hq")).rejects.toMatchObject({
    code: "not-allowed",
    words: { phrase: "destination-secret-closed" },
  });
});

test("a secret that is emptied leaves no file behind", async () => {
  const path = folder();
  const secrets = openDestinationSecrets(openKeyFiles(path, null));
  await secrets.write("hq", { password: "p" });
  await secrets.write("lab", { password: "q" });
  await secrets.write("hq", {});
  expect([await secrets.read("hq"), await secrets.read("lab"), readdirSync(path).length]).toEqual([
    {},
    { password: "q" },
    1,
  ]);
});
