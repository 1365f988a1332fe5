import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const forOthers = 0o077;

/** Takes away from others what a copied folder may have given them: the record holds tokens and passwords, the rest keys and secrets.
 * Only files of ours, by their names; the folder itself where it is ours alone.
 * @param own whether the folder is the one that we made for ourselves
 * @returns what is still open to others, and has to be told */
export function keepFromOthers(folder: string, own: boolean): string[] {
  // There a file has the rights of the user's own folder.
  if (process.platform === "win32") return [];
  const keys = join(folder, "keys");
  const files = namesIn(folder).filter((name) => /^(plugside\.db|lock\.db|core\.json|secrets\.json)/.test(name));
  const paths = [
    ...files.map((name) => join(folder, name)),
    ...namesIn(keys).map((name) => join(keys, name)),
    ...(namesIn(folder).includes("keys") ? [keys] : []),
    ...(own ? [folder] : []),
  ];
  return paths.filter((path) => !isKept(path));
}

function isKept(path: string): boolean {
  try {
    const { mode } = statSync(path);
    if ((mode & forOthers) === 0) return true;
    chmodSync(path, mode & 0o700);
    // Some file systems say yes and do nothing.
    return (statSync(path).mode & forOthers) === 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
