import { expect, it } from "vitest";
import type { VaultQuestion } from "./messages.ts";
import { answerVault, createRemoteVault, type SafeStorage } from "./vault.ts";

/** Seals by turning every bit over. */
function storage(part: Partial<SafeStorage> = {}): SafeStorage {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => "gnome_libsecret",
    encryptString: (plain) => turn(Buffer.from(plain)),
    decryptString: (sealed) => turn(sealed).toString(),
    ...part,
  };
}

function connect(of: SafeStorage, platform: NodeJS.Platform = "linux") {
  const remote = createRemoteVault((question) =>
    queueMicrotask(() => remote.hear(answerVault(of, platform, question))),
  );
  return remote.vault;
}

it("seals and opens over the port, each answer to its own question", async () => {
  const vault = connect(storage());
  const texts = ["one", "två", "-----BEGIN PRIVATE KEY-----"];
  const sealed = await Promise.all(texts.map((text) => vault.seal(text)));
  expect(sealed.map((bytes) => Buffer.from(bytes).toString("latin1")).some((text) => texts.includes(text))).toBe(false);
  expect(await Promise.all(sealed.map((bytes) => vault.open(bytes)))).toEqual(texts);
});

it.each([
  ["a key ring", storage(), "linux", true],
  ["Linux without a key ring", storage({ getSelectedStorageBackend: () => "basic_text" }), "linux", false],
  ["no key store", storage({ isEncryptionAvailable: () => false }), "win32", false],
  ["the keychain", storage({ getSelectedStorageBackend: () => "unknown" }), "darwin", true],
] as const)("protects with %s: %#", async (_what, of, platform, protects) => {
  expect(await connect(of, platform).available()).toBe(protects);
});

it("says why a secret cannot be opened", async () => {
  const vault = connect(
    storage({
      decryptString: () => {
        throw new Error("the key ring is locked");
      },
    }),
  );
  await expect(vault.open(new Uint8Array([1]))).rejects.toThrow("the key ring is locked");
  const odd = connect(
    storage({
      encryptString: () => {
        throw "no words";
      },
    }),
  );
  await expect(odd.seal("one")).rejects.toThrow("no words");
});

it("hears of nothing that it did not ask, and of each question once", async () => {
  const asked: VaultQuestion[] = [];
  const { vault, hear } = createRemoteVault((question) => void asked.push(question));
  hear({ type: "vault", id: 1, text: btoa("too early") });
  const sealed = vault.seal("one");
  const available = vault.available();
  hear({ type: "vault", id: 2 });
  hear({ type: "vault", id: 1, text: btoa("first") });
  hear({ type: "vault", id: 1, text: btoa("second") });
  expect([Buffer.from(await sealed).toString(), await available]).toEqual(["first", false]);
  expect(asked).toEqual([
    { type: "vault", id: 1, ask: "seal", text: "one" },
    { type: "vault", id: 2, ask: "available", text: "" },
  ]);
});
