import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { UsageError } from "../api/start-options.ts";

/** Bytes of what is read in an argument's stead: more than a raw payload may have, less than hurts. */
const largest = 4 * 1024 * 1024;

/** How a JSON argument is written, for the usage of a subcommand. */
export const jsonForms = "JSON|@FILE|-";

/** The text of a JSON argument: as it stands, from a file (@FILE), or from standard input (-). Shells take quotes away, each in its own
 * way: cmd.exe takes no single ones, PowerShell 5.1 drops the double ones inside.
 * @throws UsageError where it cannot be read */
export function readJsonText(given: string): string {
  if (given === "-") return readText(0, "standard input");
  return given.startsWith("@") ? readFileText(given.slice(1)) : given;
}

/** The text of a file that is named in an argument, without the mark that PowerShell and Notepad put at its beginning.
 * @throws UsageError where it cannot be read or is larger than `most` bytes */
export function readFileText(path: string, most = largest): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    if (fstatSync(file).size > most) throw new UsageError(`${path} is larger than ${most} bytes.`);
    return readText(file, path);
  } finally {
    closeSync(file);
  }
}

function readText(file: number, name: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw unreadable(name, error);
  }
  if (bytes.length > largest) throw new UsageError(`${name} is larger than ${largest} bytes.`);
  // What `>` of PowerShell 5.1 writes.
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(wide ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}

function unreadable(name: string, error: unknown): UsageError {
  return new UsageError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}
