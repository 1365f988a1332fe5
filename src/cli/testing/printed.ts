import { PassThrough } from "node:stream";
import { vi } from "vitest";
import { run } from "../main.ts";
// A command loads them when it is called; here ahead, so that no test waits for that.
import "../subcommands.ts";

/** What stands for a terminal until the test is over: nothing reaches the real one. */
export type Terminal = {
  /** What came to each, since it was cleared. */
  out(): string;
  err(): string;
  clear(): void;
  end(): void;
};

/** Takes what is written to standard output and standard error.
 * @param hear hears of each as it comes, and of which it is */
export function terminal(hear: (text: string, of: "out" | "err") => void = () => undefined): Terminal {
  const said = { out: "", err: "" };
  const take = (of: "out" | "err") =>
    ((text: string | Uint8Array, done?: unknown) => {
      const told = Buffer.from(text).toString();
      said[of] += told;
      hear(told, of);
      if (typeof done === "function") done();
      return true;
    }) as never;
  const outputs = [
    vi.spyOn(process.stdout, "write").mockImplementation(take("out")),
    vi.spyOn(process.stderr, "write").mockImplementation(take("err")),
  ];
  return {
    out: () => said.out,
    err: () => said.err,
    clear: () => void Object.assign(said, { out: "", err: "" }),
    end() {
      for (const output of outputs) output.mockRestore();
    },
  };
}

/** What a command prints, in its order, with its exit code at the end; `! ` stands before each line of standard error.
 * @param more further arguments, which are not told
 * @param said what it has printed so far, for who looks while it runs */
export async function printed(
  args: readonly string[],
  more: readonly string[] = [],
  said: string[] = [],
): Promise<string> {
  const { end } = terminal((text, of) => said.push(of === "out" ? text : text.replace(/^(?=.)/gm, "! ")));
  const code = await run([...args, ...more]).finally(end);
  return `$ ${args.join(" ")}\n${said.join("")}= ${code}\n`;
}

/** What stands for standard input until the test is over; nothing comes of it until the test writes some.
 * @param isTTY a person sits there */
export function typing(isTTY = false): PassThrough {
  const typed = Object.assign(new PassThrough(), { isTTY });
  vi.spyOn(process, "stdin", "get").mockReturnValue(typed as never);
  return typed;
}

/** A reader of standard output that takes each piece when it is told to; what goes to standard error goes by. */
export function slowReader(): { pieces: string[]; take(): void } {
  const pieces: string[] = [];
  const waiting: (() => void)[] = [];
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  vi.spyOn(process.stdout, "write").mockImplementation(((text: string, taken: () => void) => {
    pieces.push(text);
    waiting.push(taken);
  }) as never);
  return { pieces, take: () => waiting.shift()?.() };
}

/** Who wants to hear of the outputs until the test is over: by the event, who would be told of it. */
export function outputListeners(): Record<"out" | "err", Map<string, (value: unknown) => void>> {
  const listeners = { out: new Map(), err: new Map() };
  for (const [of, output] of [
    ["out", process.stdout],
    ["err", process.stderr],
  ] as const)
    vi.spyOn(output, "on").mockImplementation(((event: string, hear: () => void) => {
      listeners[of].set(event, hear);
      return output;
    }) as never);
  return listeners;
}
