import { createHash, type Hash } from "node:crypto";
import { createReadStream, mkdirSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Clock } from "../../lib/clock.ts";
import type { Disposable } from "../../lib/disposable.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import { patiently } from "../../lib/patient.ts";
import { cutText } from "../../lib/text.ts";
import { syncFolder } from "../../lib/write-file.ts";
import { longestFile, longestFileName, roomToLeave } from "../../station/bounds.ts";
import { failure, whyOf } from "../../station/failure.ts";
import type { KeptFile } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { freeBytes } from "../sqlite/storage-error.ts";
import type { FilesRepository } from "./files.ts";
import { WriteBehind } from "./write-behind.ts";
import { collectYoung } from "./young-garbage.ts";

export type FileStoreOptions = { folder: string; repository: FilesRepository; clock: Clock; log: Logger };

/** What a file is to be kept as. `begun` is told its number before anything comes. `total`: its length, where known; shorter, it is a part. */
export type FileWish = Pick<KeptFile, "station" | "name"> & {
  begun?: (id: number) => void;
  total?: number | undefined;
};

/** How much comes before the disk's room and the file's progress are looked at again, bytes. */
const stretch = 4 * 1024 * 1024;

/** The files of the record: written as they come, in little memory, hashed on the way, and on disk before anybody is told. */
export class FileStore implements Disposable {
  readonly #options: FileStoreOptions;
  readonly #coming = new Set<Promise<unknown>>();
  /** How much of a file has come, by its number. Not stored: after an end in between, the file itself tells it. */
  readonly #soFar = new Map<number, number>();
  /** A file is new, has changed, has grown, or is gone (null). */
  readonly changed: Emitter<{ id: number; file: KeptFile | null }>;

  /** Takes up what was coming when the last life of the core ended: it is partial now. */
  constructor(options: FileStoreOptions) {
    this.#options = options;
    this.changed = createEmitter(options.log);
    for (const file of options.repository.list()) {
      if (file.state !== "coming") continue;
      const bytes = statSync(this.#pathOf(file.id), { throwIfNoEntry: false })?.size;
      if (bytes === undefined || bytes === 0) this.remove(file.id);
      else options.repository.put({ ...file, bytes, state: "partial" });
    }
  }

  list(station?: string): KeptFile[] {
    return this.#options.repository.list(station).map((file) => this.#asFar(file));
  }

  /** @throws FailureError not-found */
  require(id: number): KeptFile {
    const file = this.#options.repository.get(id);
    if (!file) throw failure("not-found", words("no-file", { id }));
    return this.#asFar(file);
  }

  /** The bytes of a file.
   * @throws FailureError not-found where it, or what is in it, is not there */
  read(id: number): Readable {
    return createReadStream(this.placeOf(id));
  }

  /** Where the bytes of a file lie, for whoever reads in them; what is there is not changed.
   * @throws FailureError as `read` */
  placeOf(id: number): string {
    const { name } = this.require(id);
    const path = this.#pathOf(id);
    if (!statSync(path, { throwIfNoEntry: false })) throw failure("not-found", words("file-gone", { name, path }));
    return path;
  }

  /** Keeps what comes. What broke off is kept as far as it came.
   * @throws FailureError unavailable where the disk cannot take it, invalid-input where it is too large */
  keep(wish: FileWish, chunks: AsyncIterable<Uint8Array>): Promise<KeptFile> {
    const work = this.#keep(wish, chunks);
    this.#coming.add(work);
    return work.finally(() => this.#coming.delete(work));
  }

  /** Goes on with a file of which a part came, from the byte `offset`, which is to be here; what was here from there on is replaced.
   * @param total as in `FileWish`
   * @throws FailureError as `keep`, and not-found */
  resume(id: number, offset: number, chunks: AsyncIterable<Uint8Array>, total?: number): Promise<KeptFile> {
    const work = this.#resume(id, offset, chunks, total);
    this.#coming.add(work);
    return work.finally(() => this.#coming.delete(work));
  }

  /** Bytes that the disk has room for beside what is to be left. */
  room(): number {
    const free = freeBytes(this.#options.folder) ?? longestFile + roomToLeave;
    return Math.max(0, Math.min(longestFile, free - roomToLeave));
  }

  /** Gives a file another name, or a note. */
  change(id: number, { name, note }: { name?: string; note?: string }): KeptFile {
    const file = this.require(id);
    if (name !== undefined) file.name = name;
    if (note === "") delete file.note;
    else if (note !== undefined) file.note = note;
    return this.#put(file);
  }

  /** Takes a file away for good.
   * @throws FailureError unavailable where the disk does not let go of it: it stays */
  remove(id: number): void {
    try {
      patiently(() => rmSync(this.#pathOf(id), { force: true }));
    } catch (error) {
      throw failure("unavailable", words("file-unwritten", { name: this.require(id).name, why: whyOf(error) }));
    }
    this.#drop(id);
  }

  /** Lets what is coming come to its end, which its senders bring about. */
  async dispose(): Promise<void> {
    await Promise.allSettled(this.#coming);
  }

  #asFar(file: KeptFile): KeptFile {
    const bytes = this.#soFar.get(file.id);
    return bytes === undefined ? file : { ...file, bytes };
  }

  #pathOf(id: number): string {
    return join(this.#options.folder, String(id));
  }

  #drop(id: number): void {
    this.#options.repository.remove(id);
    this.changed.emit({ id, file: null });
  }

  #put(file: KeptFile): KeptFile {
    this.#options.repository.put(file);
    this.changed.emit({ id: file.id, file });
    return file;
  }

  /** Takes note of what came. Somebody may have given it another name meanwhile. */
  #came(id: number, came: Pick<KeptFile, "bytes" | "sha256" | "state">): KeptFile {
    this.#soFar.delete(id);
    return this.#put({ ...this.require(id), ...came });
  }

  async #keep({ station, name, begun: told, total }: FileWish, chunks: AsyncIterable<Uint8Array>): Promise<KeptFile> {
    const { folder, repository, clock } = this.#options;
    this.#checkRoom();
    const begun = repository.add({ station, name: cutText(name, longestFileName), at: clock.now() });
    const { id } = begun;
    this.changed.emit({ id, file: begun });
    told?.(id);
    let file: FileHandle;
    try {
      file = await onDisk(name, () => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        return open(this.#pathOf(id), "wx", 0o600);
      });
    } catch (error) {
      // What could not be opened is not ours to take away.
      this.#drop(id);
      throw error;
    }
    return this.#write(begun, file, chunks, { total });
  }

  async #resume(
    id: number,
    offset: number,
    chunks: AsyncIterable<Uint8Array>,
    total: number | undefined,
  ): Promise<KeptFile> {
    this.#checkRoom();
    const begun = this.require(id);
    const { name } = begun;
    const hash = createHash("sha256");
    const file = await onDisk(name, () => open(this.placeOf(id), "r+"));
    try {
      await onDisk(name, async () => {
        await file.truncate(offset);
        if (offset > 0) {
          const kept = createReadStream(this.placeOf(id), { end: offset - 1 });
          for await (const chunk of kept) hash.update(chunk as Buffer);
        }
      });
    } catch (error) {
      await file.close().catch(() => undefined);
      throw error;
    }
    delete begun.sha256;
    this.#put({ ...begun, state: "coming", bytes: offset });
    return this.#write(begun, file, chunks, { hash, bytes: offset, total });
  }

  /** Writes what comes behind what is there, and closes the file. */
  async #write(
    { id, name }: KeptFile,
    file: FileHandle,
    chunks: AsyncIterable<Uint8Array>,
    { hash = createHash("sha256"), bytes = 0, total }: { hash?: Hash; bytes?: number; total?: number | undefined },
  ): Promise<KeptFile> {
    const writing = new WriteBehind(file, bytes);
    try {
      for await (const chunk of chunks) {
        if (bytes + chunk.length > longestFile)
          throw failure("invalid-input", words("file-too-large", { name, most: longestFile }));
        if (Math.floor((bytes + chunk.length) / stretch) > Math.floor(bytes / stretch)) {
          this.#checkRoom();
          collectYoung();
          this.#soFar.set(id, bytes);
          this.changed.emit({ id, file: this.require(id) });
        }
        hash.update(chunk);
        bytes += chunk.length;
        await onDisk(name, () => writing.push(chunk));
      }
      await onDisk(name, () => writing.end());
      await onDisk(name, () => this.#close(file));
      const state = total !== undefined && bytes < total ? "partial" : "whole";
      return this.#came(id, { bytes, sha256: hash.digest("hex"), state });
    } catch (error) {
      await writing.end().catch(() => undefined);
      await file.close().catch(() => undefined);
      const { written } = writing;
      // Where the disk took less than came, what is there was not hashed.
      const sha256 = written === bytes ? hash.digest("hex") : undefined;
      this.#soFar.delete(id);
      if (written === 0) this.remove(id);
      else this.#came(id, { bytes: written, sha256, state: "partial" });
      throw error;
    }
  }

  async #close(handle: FileHandle): Promise<void> {
    await handle.sync();
    await handle.close();
    syncFolder(this.#options.folder);
  }

  #checkRoom(): void {
    const free = freeBytes(this.#options.folder);
    if (free !== null && free < roomToLeave) throw failure("unavailable", words("no-room-for-file", { free }));
  }
}

/** What the disk refuses is told of the file; what its sender does is the sender's. */
async function onDisk<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failure("unavailable", words("file-unwritten", { name, why: whyOf(error) }));
  }
}
