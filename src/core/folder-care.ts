import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { createEmitter, type Emitter } from "../lib/emitter.ts";
import { isOnNetwork } from "../lib/file-name.ts";
import type { Logger } from "../lib/logger.ts";
import type { Words } from "../lib/words.ts";
import { words } from "../station/phrases.ts";
import { keepFromOthers } from "../store/file/modes.ts";
import { type Ask, askSystem } from "../transports/system/ask.ts";
import { isInside, keepFolderOnWindows } from "../transports/system/folder-rights.ts";

/** Where data lies on Windows, and where it lay before. */
type WindowsFolders = { local: string; roaming: string };

/** The system that the folder lies on. */
export type FolderHost = {
  platform: NodeJS.Platform;
  home: string;
  ask: Ask;
  /** Where a path leads: past links, and past the letter of a network drive. */
  real(path: string): string;
};

const thisHost: FolderHost = {
  platform: process.platform,
  home: homedir(),
  ask: askSystem,
  real: realpathSync.native,
};

/** Keeps the data folder from others as far as its disk can, and tells where it cannot, or where a record does not lie well.
 * @param own whether the folder is the one that we made for ourselves
 * @returns whether others on this computer may read it, as far as that is known; it is told when it turns out that they may */
export function careForFolder(
  folder: string,
  { own, profile, tell, log }: { own: boolean; profile: WindowsFolders; tell: (what: Words) => void; log: Logger },
  host = thisHost,
): { othersMayRead(): boolean; changed: Emitter<void> } {
  const changed = createEmitter<void>(log);
  let mayRead = false;
  function found(paths: string): void {
    mayRead = true;
    tell(words("files-open-to-others", { paths }));
    changed.emit();
  }
  const misplaced = placeTrouble(folder, profile, host);
  if (misplaced) tell(misplaced);
  if (host.platform === "win32") {
    void keepFolderOnWindows(host.ask, folder, host.home).then((isKept) => {
      if (!isKept) found(folder);
    });
  } else {
    const open = keepFromOthers(folder, own);
    if (open.length > 0) found(open.join(", "));
  }
  return { othersMayRead: () => mayRead, changed };
}

/** What to say of a folder that a record does not lie well in; null for any other. */
export function placeTrouble(
  folder: string,
  { local, roaming }: WindowsFolders,
  { platform, real }: Pick<FolderHost, "platform" | "real">,
): Words | null {
  if (platform !== "win32") return null;
  if (isOnNetwork(folder) || isOnNetwork(realOf(folder, real))) return words("record-on-network", { folder });
  return isInside(folder, roaming) ? words("record-roams", { folder, local }) : null;
}

function realOf(folder: string, real: (path: string) => string): string {
  try {
    return real(folder);
  } catch {
    return folder;
  }
}
