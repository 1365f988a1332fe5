import { written } from "../../consoles/check.ts";
import type { ConsoleProfile } from "../../consoles/profile.ts";
import { consoleProfiles } from "../../consoles/shipped.ts";
import type { ConsoleEntry } from "../../station/serial/console.ts";
import { complain } from "../output.ts";
import type { Talk } from "./talk.ts";

/** What a profile's commands show; all of them in their order. */
export const shown = ["status", "errors", "configuration", "all"] as const;
export type Shown = (typeof shown)[number];

/** So long without a letter is the end of an answer, and so long none at all is no answer, milliseconds. */
const quietMs = 500;
const silentMs = 3000;
const lookMs = 20;
/** So much of the end of what came is looked at for a prompt, characters. */
const lookedAt = 200;

/** Knows when a device has said what it had to say: its prompt stands there, or it says no more. */
export class AnswerEnd {
  #came = false;
  #at = 0;
  #end = "";

  take(entries: readonly ConsoleEntry[]): void {
    for (const entry of entries) {
      if (entry.kind !== "in") continue;
      this.#came = true;
      this.#at = performance.now();
      this.#end = (this.#end + Buffer.from(entry.base64, "base64").toString("latin1")).slice(-lookedAt);
    }
  }

  /** A command goes out now. */
  begin(): void {
    this.#came = false;
    this.#end = "";
    this.#at = performance.now();
  }

  /** Resolves when the answer has ended; false where nothing came. */
  async wait(prompt: RegExp | undefined): Promise<boolean> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, lookMs));
      const quiet = performance.now() - this.#at;
      const last = this.#end.split(/[\r\n]/).at(-1) ?? "";
      if (this.#came && (quiet >= quietMs || (last !== "" && prompt?.test(last)))) return true;
      if (!this.#came && quiet >= silentMs) return false;
    }
  }
}

/** Sends the commands of a make that only show, one after the other.
 * @returns whether any was answered */
export async function showCommands(
  { name, what }: { name: string; what: Shown },
  talk: Talk,
  end: AnswerEnd,
): Promise<boolean> {
  const profile = consoleProfiles().find((one) => one.name === name) as ConsoleProfile;
  let any = false;
  for (const { send, shows, says } of profile.commands) {
    if (what !== "all" && shows !== what) continue;
    complain(`${says.en}: ${send}`);
    end.begin();
    await talk.send(Buffer.from(written(profile, send)));
    const came = await end.wait(profile.prompt);
    if (!came) complain("No answer.");
    any ||= came;
  }
  return any;
}
