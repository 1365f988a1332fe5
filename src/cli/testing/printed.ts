import { vi } from "vitest";
import { run } from "../main.ts";

/** What a command prints, in its order, with its exit code at the end; `! ` stands before each line of standard error.
 * @param more further arguments, which are not told
 * @param said what it has printed so far, for who looks while it runs */
export async function printed(
  args: readonly string[],
  more: readonly string[] = [],
  said: string[] = [],
): Promise<string> {
  const take = (mark: string) =>
    ((text: string | Uint8Array, done?: unknown) => {
      said.push(
        Buffer.from(text)
          .toString()
          .replace(/^(?=.)/gm, mark),
      );
      if (typeof done === "function") done();
      return true;
    }) as never;
  const outputs = [
    vi.spyOn(process.stdout, "write").mockImplementation(take("")),
    vi.spyOn(process.stderr, "write").mockImplementation(take("! ")),
  ];
  const code = await run([...args, ...more]).finally(() => {
    for (const output of outputs) output.mockRestore();
  });
  return `$ ${args.join(" ")}\n${said.join("")}= ${code}\n`;
}
