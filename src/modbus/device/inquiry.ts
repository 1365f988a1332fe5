import { ModbusTrouble } from "../bus/trouble.ts";

/** After so many questions in a row without an answer one that had an answer is put again. */
const mostSilences = 4;

/** Questions to a device that may not know them. Some refuse what they do not know, others say nothing to it; one that says nothing any
 * more to what it has answered before is gone. */
export class Inquiry {
  #answered: (() => Promise<unknown>) | null = null;
  #silences = 0;
  #trouble: ModbusTrouble | null = null;

  /** Why nobody is there; null where the device has answered, if by a refusal. */
  get nobody(): ModbusTrouble | null {
    return this.#answered ? null : this.#trouble;
  }

  /** The answer; null where the device refused the question or said nothing to it.
   * @throws ModbusTrouble when the wire or the device is gone */
  async put<T>(question: () => Promise<T>): Promise<T | null> {
    try {
      const answer = await question();
      this.#heard(question);
      return answer;
    } catch (error) {
      if (!(error instanceof ModbusTrouble) || error.kind === "gone") throw error;
      if (error.kind === "exception") this.#heard(question);
      else await this.#silent(error);
      return null;
    }
  }

  #heard(question: () => Promise<unknown>): void {
    this.#answered = question;
    this.#silences = 0;
  }

  async #silent(trouble: ModbusTrouble): Promise<void> {
    this.#trouble = trouble;
    this.#silences++;
    if (!this.#answered || this.#silences % mostSilences !== 0) return;
    try {
      await this.#answered();
    } catch (error) {
      if (!(error instanceof ModbusTrouble && error.kind === "exception")) throw error;
    }
  }
}
