// How files come in. Open a receiver (`openFtpReceiver`; `httpReceiver`, whose `onRequest` is asked by the caller's own server), `offer` it a
// drop made for one request, tell the station that user, password and path, and call what `offer` returned when the request has ended.
// `receive` writes the chunks as they come, from `offset`, syncs and hashes, then resolves; where `chunks` throws it keeps the part and
// throws on. Two uploads of one name at a time are the caller's to refuse. After a drop is withdrawn its uploads break off.

import type { Disposable } from "../../lib/disposable.ts";
import type { Spoken, Words } from "../../lib/words.ts";
import type { Ends } from "../ends.ts";

export type UploadProtocol = "http" | "https" | "ftp" | "ftps" | "sftp";

/** One file that comes in. `chunks` throws where the sender broke off: what came before it may be kept as a part. */
export type Upload = {
  protocol: UploadProtocol;
  /** Cleaned, relative, "/" between folders: a label, never a path on disk. */
  name: string;
  /** Where the first byte belongs: over 0 when the sender resumes. */
  offset: number;
  /** How long the file is, bytes, where the sender sends it in parts and says so: before that it is not whole. */
  total?: number | undefined;
  from: string;
  chunks: AsyncIterable<Uint8Array>;
};

/** What was seen at our end, for a screen that shows both ends. */
export type ReceiverEvent = { protocol: UploadProtocol; from: string } & (
  | { type: "login" }
  | { type: "wrong-login"; user: string }
  /** It offered a key in place of the password. */
  | { type: "key-alone"; user: string }
  /** It left once it was shown our host key. */
  | { type: "left-at-key" }
  | { type: "no-agreement"; why: Spoken }
  | { type: "data-opened"; address: string; port: number; passive: boolean }
  /** `secured`: it came about, and TLS on it did not. */
  | { type: "data-failed"; address: string; port: number; passive: boolean; secured?: false; why: Spoken }
  /** TLS is up: it took our certificate. */
  | { type: "secured" }
  | { type: "tls-failed"; why: Spoken }
  | { type: "stored"; name: string; size: number }
  /** A part was sent as one: so much of it is here by now. */
  | { type: "part-stored"; name: string; size: number; total: number }
  | { type: "broken-off"; name: string; received: number; why: Spoken }
  | { type: "refused"; name: string; why: Spoken }
);

/** Told of who belongs to no drop: wrong logins, and those who never came so far. */
export type StrayListener = (event: ReceiverEvent, ends: Ends) => void;

/** What one request takes in, under a user, a password and a path of its own. */
export type Drop = {
  user: string;
  password: string;
  path: string;
  /** Resolves once the file is safe (synced and hashed): only then the sender hears that it is done. Rejects when it could not be kept. */
  receive(upload: Upload): Promise<{ size: number }>;
  /** How much of `name` is here, null when nothing is. */
  sizeOf(name: string): number | null;
  /** Gives what came whole another name; false where that cannot be. */
  rename(from: string, to: string): boolean;
  /** How many bytes may still come: the free disk, or a limit of the caller's. */
  room(): number | Promise<number>;
  onSeen(event: ReceiverEvent): void;
};

/** A port that files come in by. */
export type Receiver = Disposable & {
  port: number;
  /** What the technician may need to know of it. */
  said?: Words;
  /** Takes files in for `drop` until what it returns is called. */
  offer(drop: Drop): () => void;
};

/** Bounds on what a stranger can make a receiver hold. */
export type ReceiverLimits = { fileBytes: number; idleMs: number; dataWaitMs: number; connections: number };

export const usualLimits: ReceiverLimits = {
  fileBytes: 8 * 1024 ** 3,
  idleMs: 120_000,
  dataWaitMs: 15_000,
  connections: 32,
};
