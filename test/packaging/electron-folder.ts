import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Marks the place of the fuses in a real Electron binary; see @electron/fuses. */
const fuseSentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
/** As a fresh Electron has them. */
const fuses = "101100011";

/** Makes a folder that electron-builder takes for an unpacked Electron for Linux: dummy files, with the fuses that a fresh one has.
 * Without `resources/default_app.asar`, which a package must not have either. */
export function makeElectronFolder(folder: string, version: string): void {
  mkdirSync(join(folder, "resources"), { recursive: true });
  mkdirSync(join(folder, "locales"));
  const program = Buffer.concat([
    Buffer.from("not a program\n"),
    Buffer.from(fuseSentinel),
    Buffer.from([1, fuses.length]),
    Buffer.from(fuses),
    Buffer.from("\nend\n"),
  ]);
  writeFileSync(join(folder, "electron"), program);
  for (const name of ["chrome-sandbox", "chrome_crashpad_handler", "libffmpeg.so", "resources.pak", "icudtl.dat"])
    writeFileSync(join(folder, name), name);
  writeFileSync(join(folder, "locales/en-US.pak"), "");
  writeFileSync(join(folder, "LICENSE"), "");
  writeFileSync(join(folder, "LICENSES.chromium.html"), "");
  writeFileSync(join(folder, "version"), version);
  chmodSync(join(folder, "electron"), 0o755);
}

/** Reads the fuses of a binary: one character each, `1` on, `0` off, in the order of @electron/fuses' `FuseV1Options`. */
export function readFuses(binary: Buffer): string {
  const at = binary.indexOf(fuseSentinel);
  if (at < 0) throw new Error("the binary has no fuses");
  const start = at + fuseSentinel.length;
  const count = binary[start + 1] ?? 0;
  return binary.subarray(start + 2, start + 2 + count).toString("latin1");
}
