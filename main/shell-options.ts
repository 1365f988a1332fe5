import { resolve } from "node:path";
import { parseArgs } from "node:util";

/** What the desktop window can be started with; the same flags as `plugside serve`. */
export type ShellOptions = { dataFolder?: string; listen?: { host: string; port: number }; demo: boolean };

/** Reads the flags of the desktop window. Flags that are not ours (Chromium's, macOS's) are left alone.
 * @param argv without the program itself
 * @throws Error with a sentence for the user where a value makes no sense */
export function readShellOptions(argv: readonly string[]): ShellOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: { data: { type: "string" }, listen: { type: "string" }, demo: { type: "boolean" } },
    strict: false,
  });
  if (values.data === true || values.data === "")
    throw new Error("--data needs a folder, e.g. --data /home/me/plugside");
  return {
    dataFolder: typeof values.data === "string" ? resolve(values.data) : undefined,
    listen: values.listen === undefined ? undefined : readAddress(values.listen),
    demo: values.demo === true,
  };
}

/** `host:port`, `[ipv6]:port`, or a port alone for all interfaces. */
function readAddress(text: string | boolean): { host: string; port: number } {
  const match = /^(?:(?:\[([^\]]+)\]|([^:]+)):)?(\d{1,5})$/.exec(String(text));
  const port = Number(match?.[3]);
  if (!match || port > 65_535) throw new Error(`--listen needs HOST:PORT, e.g. 0.0.0.0:9000; "${text}" is not one`);
  return { host: match[1] ?? match[2] ?? "0.0.0.0", port };
}
