import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { words } from "../../station/phrases.ts";
import { type KeyVault, openKeyFiles } from "./keys.ts";

/** A key store that turns a text round; `asked` is how often it was asked whether it protects. */
function store(available: () => Promise<boolean> = async () => true): KeyVault & { asked: number } {
  return {
    asked: 0,
    available() {
      this.asked++;
      return available();
    },
    seal: async (plain) => Buffer.from([...plain].reverse().join("")),
    open: async (sealed) => [...Buffer.from(sealed).toString()].reverse().join(""),
  };
}

function setUp(vault: KeyVault | null) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-keys-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const reopened = (other: KeyVault | null) => openKeyFiles(join(folder, "keys"), other);
  return { keys: reopened(vault), reopened, files: () => readdirSync(join(folder, "keys")).sort() };
}

test("a key is sealed where that is asked for and can be, and never lies there plain beside it", async () => {
  const vault = store();
  const { keys, files } = setUp(vault);
  expect([await keys.read("root"), keys.isSealed("root")]).toEqual([null, false]);
  await keys.write("root", "secret", false);
  expect([files(), keys.isSealed("root"), await keys.read("root")]).toEqual([["root.key"], false, "secret"]);
  await keys.write("root", "sealed", true);
  await keys.write("server", "plain", false);
  expect([files(), keys.isSealed("root"), keys.isSealed("server")]).toEqual([
    ["root.sealed", "server.key"],
    true,
    false,
  ]);
  expect([await keys.read("root"), await keys.read("server"), await keys.sealing()]).toEqual(["sealed", "plain", true]);
  expect(vault.asked).toBe(1);
  keys.remove("root");
  keys.remove("server");
  keys.remove("none");
  expect([files(), await keys.read("root")]).toEqual([[], null]);
});

test.each([
  ["no store", null],
  ["one that protects nothing", store(async () => false)],
  ["one that cannot be asked", store(() => Promise.reject(new Error("locked")))],
])("with %s a key is a file", async (_what, vault) => {
  const { keys, files } = setUp(vault);
  await keys.write("root", "secret", true);
  expect([files(), await keys.sealing(), await keys.read("root")]).toEqual([["root.key"], false, "secret"]);
});

test("a key that is sealed cannot be read without its store, and that is said", async () => {
  const { keys, reopened } = setUp(store());
  await keys.write("root", "secret", true);
  const without = reopened(null);
  expect(without.isSealed("root")).toBe(true);
  await expect(without.read("root")).rejects.toMatchObject({ code: "unavailable", words: words("root-key-sealed") });
});
