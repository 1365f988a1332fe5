import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { link, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileName } from "../../../lib/file-name.ts";
import { syncFile, syncFolder } from "../../../lib/write-file.ts";
import { failure, whyOf } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import { freeBytes } from "../../../store/sqlite/storage-error.ts";
import { hashOf } from "../hash.ts";
import { nameWithHash } from "../names.ts";
import type { Delivered, Delivery, Sender } from "./sender.ts";

/** What is left free at the destination. */
const roomToLeave = 1024 * 1024;

/** A folder of this computer, also on a stick or a drive that is not always there. */
export function folderSender(folder: string): Sender {
  return {
    test: () => testFolder(folder),
    send: async (delivery) => ({ place: await sendToFolder(folder, delivery), proof: "hash" }) satisfies Delivered,
  };
}

async function testFolder(folder: string): Promise<void> {
  checkThere(folder);
  const path = join(folder, `.plugside-test-${randomUUID()}`);
  try {
    await writeFile(path, "Plugside", { flag: "wx" });
    await rm(path);
  } catch (error) {
    throw failure("unavailable", words("destination-folder-unwritable", { path: folder, why: whyOf(error) }));
  }
}

/** Copies a file into a folder: under a name that is only a draft, read back and compared, then moved to its own. What is there with
 * these bytes already, of a life of the core that was killed, is not copied anew; what is there with others is left alone.
 * @returns where it lies now
 * @throws FailureError unavailable */
async function sendToFolder(folder: string, { file, from, sha256, signal }: Delivery): Promise<string> {
  checkThere(folder);
  const name = fileName(file.name);
  const places = [name, nameWithHash(file.name, sha256)].map((one) => join(folder, one));
  const draft = join(folder, `.plugside-${sha256.slice(0, 32)}.part`);
  for (const place of places) {
    if (!(await holds(place, file.bytes, sha256, signal))) continue;
    await rm(draft, { force: true });
    return place;
  }
  try {
    await rm(draft, { force: true });
    checkRoom(folder, file.bytes);
    await pipeline(createReadStream(from), createWriteStream(draft, { flags: "wx" }), { signal });
    syncFile(draft);
    if ((await hashOf(draft, signal)) !== sha256) throw failure("unavailable", words("sent-differs", { path: folder }));
    for (const place of places) {
      if (!(await moveTo(draft, place))) continue;
      syncFolder(folder);
      return place;
    }
    throw failure("unavailable", words("sent-name-taken", { name, path: folder }));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    if (error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code))
      throw failure("unavailable", words("destination-folder-unwritable", { path: folder, why: whyOf(error) }));
    throw error;
  }
}

/** A stick that is not plugged in must not become a folder of the disk under it, so none is made. */
function checkThere(path: string): void {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw failure("unavailable", words("destination-folder-gone", { path }));
}

function checkRoom(path: string, bytes: number): void {
  const free = freeBytes(path);
  if (free !== null && free < bytes + roomToLeave)
    throw failure("unavailable", words("destination-folder-full", { path, free, bytes }));
}

async function holds(path: string, bytes: number, sha256: string, signal: AbortSignal): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true && found.size === bytes && (await hashOf(path, signal)) === sha256;
}

/** Moves a draft to a name that nobody has: false where somebody has it. A link takes no name from anybody; sticks (FAT) know none. */
async function moveTo(draft: string, place: string): Promise<boolean> {
  try {
    await link(draft, place);
    await rm(draft);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
  }
  const claimed = await open(place, "wx").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") return null;
    throw error;
  });
  if (!claimed) return false;
  await claimed.close();
  await rename(draft, place).catch(async (error) => {
    await rm(place, { force: true });
    throw error;
  });
  return true;
}
