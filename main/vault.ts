import type * as Electron from "electron";
import type { KeyVault } from "../src/services/certificates/keys.ts";
import type { VaultAnswer, VaultQuestion } from "./messages.ts";

/** What is needed of Electron's `safeStorage`. */
export type SafeStorage = Pick<
  Electron.SafeStorage,
  "isEncryptionAvailable" | "encryptString" | "decryptString" | "getSelectedStorageBackend"
>;

/** Answers the core's process: the system's key store is reached from the main process alone. */
export function answerVault(storage: SafeStorage, platform: NodeJS.Platform, question: VaultQuestion): VaultAnswer {
  const { id } = question;
  try {
    switch (question.ask) {
      case "available":
        return { type: "vault", id, available: protects(storage, platform) };
      case "seal":
        return { type: "vault", id, text: storage.encryptString(question.text).toString("base64") };
      case "open":
        return { type: "vault", id, text: storage.decryptString(Buffer.from(question.text, "base64")) };
    }
  } catch (error) {
    return { type: "vault", id, error: error instanceof Error ? error.message : String(error) };
  }
}

/** On Linux without a key ring Electron seals with a password that everybody knows. */
function protects(storage: SafeStorage, platform: NodeJS.Platform): boolean {
  if (!storage.isEncryptionAvailable()) return false;
  return platform !== "linux" || storage.getSelectedStorageBackend() !== "basic_text";
}

/** The key store as the core's process has it: asks the shell over the port. */
export type RemoteVault = { vault: KeyVault; hear(answer: VaultAnswer): void };

/** Makes the core's end of the line to the key store. */
export function createRemoteVault(send: (question: VaultQuestion) => void): RemoteVault {
  const waiting = new Map<number, { resolve: (answer: VaultAnswer) => void }>();
  let next = 1;

  async function ask(question: Pick<VaultQuestion, "ask"> & { text?: string }): Promise<VaultAnswer> {
    const id = next++;
    const answer = Promise.withResolvers<VaultAnswer>();
    waiting.set(id, answer);
    send({ type: "vault", id, ask: question.ask, text: question.text ?? "" });
    const told = await answer.promise;
    if (told.error !== undefined) throw new Error(told.error);
    return told;
  }

  return {
    vault: {
      available: async () => (await ask({ ask: "available" })).available === true,
      seal: async (plain) => Buffer.from((await ask({ ask: "seal", text: plain })).text ?? "", "base64"),
      open: async (sealed) => (await ask({ ask: "open", text: Buffer.from(sealed).toString("base64") })).text ?? "",
    },
    hear(answer) {
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
    },
  };
}
