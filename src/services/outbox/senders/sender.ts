import type { Clock } from "../../../lib/clock.ts";
import type { KeptFile } from "../../../station/model.ts";
import type { OutboxEntry } from "../../../station/onward/outbox.ts";

/** A file on its way to a destination. */
export type Delivery = {
  file: KeptFile;
  /** Where its bytes lie. */
  from: string;
  /** Of its bytes, in hex. */
  sha256: string;
  /** What an earlier try kept to go on from, where it broke off. */
  resume?: string | undefined;
  signal: AbortSignal;
  /** Keeps what a later try, also in the next life of the core, goes on from. */
  keep(resume: string): void;
  /** Tells how many bytes are there. */
  progress(done: number): void;
};

/** Where it lies now, and by what it is known to be whole there: by its hash, its size, or the other end's word alone. */
export type Delivered = { place: string; proof: NonNullable<OutboxEntry["proof"]> };

/** One kind of destination, opened with its secrets. What fails is a FailureError: `unavailable` where time may help, `not-allowed` where
 * a person has to. */
export type Sender = {
  /** Writes something there and takes it away.
   * @throws FailureError with what is wrong */
  test(signal: AbortSignal): Promise<void>;
  /** Sends a file; one that is there, of a try whose end was not noted, is not sent again.
   * @throws FailureError */
  send(delivery: Delivery): Promise<Delivered>;
  /** Takes away what a try kept to go on from: nobody goes on with it.
   * @throws FailureError */
  abandon?(delivery: Pick<Delivery, "file" | "sha256" | "signal"> & { resume: string }): Promise<void>;
};

/** What belongs to a destination and nobody else may read. */
export type DestinationSecret = {
  /** For its user; of S3 the secret access key; of a private key its passphrase. */
  password?: string;
  /** Of temporary S3 credentials. */
  sessionToken?: string;
  /** Sent along, by their names. */
  headers?: Record<string, string>;
  /** What stands after the ? of the URL, without it. */
  query?: string;
  /** For SFTP, in PEM or OpenSSH's form. */
  privateKey?: string;
};

export type SenderTools = {
  clock: Clock;
  secret: DestinationSecret;
  /** Remembers the key of a server that was not known before. */
  learnHost(hostKey: string): void;
};
