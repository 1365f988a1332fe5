import { type FileHandle, open } from "node:fs/promises";
import type { SFTPWrapper } from "ssh2";
import ssh2 from "ssh2";

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

/** Bytes of one write, and how many writes may be under way: what is behind them is there for sure. */
const pieceBytes = 32 * 1024;
const mostUnderWay = 16;
const windowBytes = pieceBytes * mostUnderWay;

/** What a server said of a request: `code` is one of SFTP's (draft-ietf-secsh-filexfer-02, 7). */
export type SftpError = Error & { code: number };

type Answer<Value> = (error: Error | undefined | null, value: Value) => void;

/** The files of a server over one channel. Every promise fails with `lost` where the link is. */
export class RemoteFiles {
  readonly #sftp: SFTPWrapper;
  readonly #lost: Promise<never>;

  constructor(sftp: SFTPWrapper, lost: Promise<never>) {
    this.#sftp = sftp;
    this.#lost = lost;
  }

  #ask<Value>(work: (answer: Answer<Value>) => void): Promise<Value> {
    const asked = new Promise<Value>((resolve, reject) =>
      work((error, value) => (error ? reject(error) : resolve(value))),
    );
    return Promise.race([asked, this.#lost]);
  }

  /** Bytes of a file; null where there is none. */
  async sizeOf(path: string): Promise<number | null> {
    try {
      return (await this.#ask<{ size: number }>((answer) => this.#sftp.stat(path, answer))).size;
    } catch (error) {
      if ((error as SftpError).code === STATUS_CODE.NO_SUCH_FILE) return null;
      throw error;
    }
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#ask<void>((answer) => this.#sftp.rename(from, to, answer as never));
  }

  async remove(path: string): Promise<void> {
    await this.#ask<void>((answer) => this.#sftp.unlink(path, answer as never));
  }

  /** Makes a folder, and those that it lies in. What is there already is refused, and shows when something is put in. */
  async makeFolder(path: string): Promise<void> {
    const names = path.split("/").filter((name) => name !== "");
    for (let depth = 1; depth <= names.length; depth++) {
      const folder = (path.startsWith("/") ? "/" : "") + names.slice(0, depth).join("/");
      await this.#ask<void>((answer) => this.#sftp.mkdir(folder, answer as never)).catch((error: SftpError) => {
        if (typeof error.code !== "number") throw error;
      });
    }
  }

  /** Writes a small file. */
  async put(path: string, bytes: Buffer): Promise<void> {
    const handle = await this.#ask<Buffer>((answer) => this.#sftp.open(path, "w", answer));
    await this.#ask<void>((answer) => this.#sftp.write(handle, bytes, 0, bytes.length, 0, answer as never));
    await this.#ask<void>((answer) => this.#sftp.close(handle, answer as never));
  }

  /** Writes a file, going on behind what is there for sure: several writes were under way when it broke off, and any of them may be
   * missing before its end.
   * @param there bytes of it that lie there */
  async upload(from: string, to: string, bytes: number, there: number, tell: (done: number) => void): Promise<void> {
    const start = there > bytes ? 0 : Math.max(0, there - windowBytes);
    const mode = OPEN_MODE.WRITE | OPEN_MODE.CREAT | (start === 0 ? OPEN_MODE.TRUNC : 0);
    const handle = await this.#ask<Buffer>((answer) => this.#sftp.open(to, mode, answer));
    const local = await open(from, "r");
    const underWay = new Set<Promise<void>>();
    try {
      for (let at = start; at < bytes; at += pieceBytes) {
        const piece = await pieceOf(local, at, Math.min(pieceBytes, bytes - at));
        const written = this.#ask<void>((answer) =>
          this.#sftp.write(handle, piece, 0, piece.length, at, answer as never),
        );
        underWay.add(written);
        written.then(() => underWay.delete(written)).catch(() => undefined);
        if (underWay.size >= mostUnderWay) await Promise.race(underWay);
        tell(at + piece.length);
      }
      await Promise.all(underWay);
      await this.#sync(handle);
    } finally {
      await local.close();
      await Promise.allSettled(underWay);
    }
    await this.#ask<void>((answer) => this.#sftp.close(handle, answer as never));
  }

  /** OpenSSH has a way to; others do without. */
  async #sync(handle: Buffer): Promise<void> {
    try {
      await this.#ask<void>((answer) => this.#sftp.ext_openssh_fsync(handle, answer as never));
    } catch (error) {
      if (error instanceof Error && !/does not support|unsupported/i.test(error.message)) throw error;
    }
  }
}

async function pieceOf(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const piece = Buffer.alloc(length);
  const { bytesRead } = await file.read(piece, 0, length, at);
  return piece.subarray(0, bytesRead);
}
