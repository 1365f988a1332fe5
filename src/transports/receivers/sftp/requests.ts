import type { SFTPWrapper } from "ssh2";
import { failure, whyOf } from "../../../station/failure.ts";
import { english, words } from "../../../station/phrases.ts";
import type { Drop, ReceiverLimits } from "../drop.ts";
import { nameUnder, resolvePath } from "../names.ts";
import { endWell, openMode, status } from "./ssh2.ts";
import { Writing } from "./writing.ts";

export type RequestsOptions = {
  sftp: SFTPWrapper;
  drop: Drop;
  from: string;
  limits: ReceiverLimits;
  onHeld: (bytes: number) => void;
  /** An answer is about to be sent. */
  onAnswer: () => void;
};

const mostOpen = 16;
const mostFolders = 100;
const longestPath = 1024;
/** Modes of SFTP (draft-ietf-secsh-filexfer-02, 5): a folder that is written into, a file that is only written. */
const folderMode = 0o040300;
const fileMode = 0o100200;

/** Answers the requests of one SFTP channel: takes files in for the drop, and shows nothing else.
 * @returns ends it: what is open breaks off */
export function serveSftp({ sftp, drop, from, limits, onHeld, onAnswer }: RequestsOptions): (error: Error) => void {
  const open = new Map<number, Writing | "folder">();
  const folders = new Set<string>();
  /** A channel that ends waits for what it asked for. */
  const underWay = new Set<Promise<void>>();
  let handles = 0;

  const top = resolvePath("/", drop.path);
  const isFolder = (path: string) =>
    path.endsWith("/") || path === top || top.startsWith(`${path}/`) || folders.has(path);
  const deny = (id: number) => sftp.status(id, status.PERMISSION_DENIED, english(words("upload-only-in")));
  const fail = (id: number, error: unknown) => sftp.status(id, status.FAILURE, english(whyOf(error)));

  function handle(id: number, what: Writing | "folder"): void {
    if (open.size >= mostOpen) return void sftp.status(id, status.FAILURE);
    const number = handles++;
    open.set(number, what);
    const name = Buffer.alloc(4);
    name.writeUInt32BE(number);
    sftp.handle(id, name);
  }

  function opened(name: Buffer): Writing | "folder" | undefined {
    return name.length === 4 ? open.get(name.readUInt32BE()) : undefined;
  }

  function work(id: number, task: Promise<void>): void {
    const answered = task.then(
      () => {
        onAnswer();
        sftp.status(id, status.OK);
      },
      (error: unknown) => void fail(id, error),
    );
    underWay.add(answered);
    void answered.finally(() => underWay.delete(answered));
  }

  function attributes(id: number, mode: number, size: number): void {
    sftp.attrs(id, { mode, size, uid: 0, gid: 0, atime: 0, mtime: 0 });
  }

  function stat(id: number, asked: string): void {
    const path = resolvePath("/", asked);
    const name = nameUnder(drop.path, path);
    const size = name === null ? null : drop.sizeOf(name);
    if (size !== null && path !== top) return attributes(id, fileMode, size);
    if (isFolder(/[\\/]$/.test(asked) ? `${path}/` : path)) return attributes(id, folderMode, 0);
    sftp.status(id, status.NO_SUCH_FILE);
  }

  function openFile(id: number, path: string, flags: number): void {
    if ((flags & openMode.WRITE) === 0) return void deny(id);
    const name = nameUnder(drop.path, path);
    if (name === null) {
      const why = words("upload-name");
      drop.onSeen({ protocol: "sftp", from, type: "refused", name: "", why });
      return void fail(id, failure("invalid-input", why));
    }
    if ((flags & openMode.EXCL) !== 0 && drop.sizeOf(name) !== null) return void sftp.status(id, status.FAILURE);
    handle(id, new Writing({ drop, name, from, anew: (flags & openMode.TRUNC) !== 0, limits, onHeld }));
  }

  function close(id: number, name: Buffer): void {
    const what = opened(name);
    if (what === undefined) return void sftp.status(id, status.FAILURE);
    open.delete(name.readUInt32BE());
    if (what === "folder") return void sftp.status(id, status.OK);
    work(id, what.close());
  }

  function makeFolder(id: number, path: string): void {
    if (folders.size >= mostFolders || path.length > longestPath) return void sftp.status(id, status.FAILURE);
    folders.add(resolvePath("/", path));
    sftp.status(id, status.OK);
  }

  function rename(id: number, before: string, after: string): void {
    const [one, other] = [nameUnder(drop.path, before), nameUnder(drop.path, after)];
    const done = one !== null && other !== null && drop.rename(one, other);
    sftp.status(id, done ? status.OK : status.FAILURE);
  }

  async function end(): Promise<void> {
    await Promise.all(underWay);
    abort(failure("unavailable", words("upload-cut")));
    await Promise.all(underWay);
    endWell(sftp);
  }

  function abort(error: Error): void {
    for (const what of open.values()) if (what !== "folder") void what.abort(error);
    open.clear();
  }

  sftp.on("OPEN", openFile);
  sftp.on("WRITE", (id, name, offset, data) => {
    const what = opened(name);
    if (what instanceof Writing) work(id, what.write(offset, data));
    else sftp.status(id, status.FAILURE);
  });
  sftp.on("CLOSE", close);
  sftp.on("FSTAT", (id, name) => {
    const what = opened(name);
    if (what instanceof Writing) attributes(id, fileMode, what.size);
    else sftp.status(id, status.FAILURE);
  });
  sftp.on("FSETSTAT", (id, name, { size }) => {
    const what = opened(name);
    if (what instanceof Writing && size !== undefined) what.tell(size);
    sftp.status(id, status.OK);
  });
  sftp.on("REALPATH", (id, path) => {
    if (path.length > longestPath) return void sftp.status(id, status.FAILURE);
    const filename = resolvePath("/", path);
    sftp.name(id, [{ filename, longname: filename, attrs: { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 } }]);
  });
  sftp.on("STAT", stat);
  sftp.on("LSTAT", stat);
  sftp.on("SETSTAT", (id) => sftp.status(id, status.OK));
  sftp.on("OPENDIR", (id) => handle(id, "folder"));
  sftp.on("READDIR", (id) => sftp.status(id, status.EOF));
  sftp.on("MKDIR", makeFolder);
  sftp.on("RENAME", rename);
  for (const asked of ["READ", "REMOVE", "RMDIR"] as const) sftp.on(asked, deny);
  // What is no SFTP ends the channel, which is told by its close.
  sftp.on("error", () => undefined);
  sftp.on("end", () => void end());
  sftp.on("close", () => abort(failure("unavailable", words("upload-cut"))));
  return abort;
}
