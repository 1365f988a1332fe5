import { realpathSync, statfsSync } from "node:fs";
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
  /** The kind of the file system that a path lies on, as statfs(2) numbers it. */
  kindOf(path: string): number;
};

/** Linux's numbers of NFS, SMB, CIFS, SMB2, AFS, Ceph. Source: statfs(2). */
const networkKinds = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400]);

const thisHost: FolderHost = {
  platform: process.platform,
  home: homedir(),
  ask: askSystem,
  real: realpathSync.native,
  kindOf: (path) => statfsSync(path).type,
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
  { platform, real, kindOf }: Pick<FolderHost, "platform" | "real" | "kindOf">,
): Words | null {
  if (platform === "linux") {
    const kind = attempt(() => kindOf(folder) >>> 0, 0);
    return networkKinds.has(kind) ? words("record-on-network", { folder }) : null;
  }
  if (platform !== "win32") return null;
  const place = attempt(() => real(folder), folder);
  if (isOnNetwork(folder) || isOnNetwork(place)) return words("record-on-network", { folder });
  return isInside(folder, roaming) ? words("record-roams", { folder, local }) : null;
}

/** What it gives, or what is there instead where the system refuses. */
function attempt<Value>(ask: () => Value, instead: Value): Value {
  try {
    return ask();
  } catch {
    return instead;
  }
}
