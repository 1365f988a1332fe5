import type { Words } from "../../lib/words.ts";

/** Where files go onward. What belongs to it and is secret is kept elsewhere; `kept` names it. `ca`: a root certificate, in PEM, that is
 * trusted for it beside those that the system trusts. */
export type Destination = { name: string; kept?: SecretPart[] } & (
  | { /** It may lie on a stick or a drive that is not always there. */ kind: "folder"; path: string }
  | { kind: "http"; url: string; method: "PUT" | "POST"; user?: string; ca?: string }
  | { /** The URL is that of a folder. */ kind: "webdav"; url: string; user?: string; ca?: string }
  | S3Destination
  | SftpDestination
);

/** `user` is the access key's id. A file gets the key prefix/site/station/date/name. */
export type S3Destination = {
  kind: "s3";
  endpoint: string;
  region: string;
  bucket: string;
  prefix: string;
  site: string;
  /** Whether the bucket stands in the path, else before the host. */
  pathStyle: boolean;
  user: string;
  ca?: string;
};

/** `hostKey`: the SHA-256 of the server's key as OpenSSH writes it; remembered when it is first seen. */
export type SftpDestination = {
  kind: "sftp";
  host: string;
  port: number;
  path: string;
  user: string;
  hostKey?: string;
};

/** Secrets that a destination can have. */
export type SecretPart = "password" | "sessionToken" | "headers" | "query" | "privateKey";

/** A file that goes, or went, to a destination. */
export type OutboxEntry = {
  id: number;
  /** The number and the name of the file. */
  file: number;
  name: string;
  destination: string;
  /** stopped: it can never go, and is tried no more. */
  state: "waiting" | "sent" | "stopped";
  /** When it was put here, our clock. */
  at: number;
  /** How often it was tried in vain. */
  tries: number;
  /** When it is tried next, while it waits. */
  nextAt?: number;
  /** Why it did not go the last time. */
  why?: Words;
  sentAt?: number;
  /** Where it lies at the destination. */
  place?: string;
  /** By what it is known to be whole there; said: by the other end's word alone. */
  proof?: "hash" | "size" | "said";
  /** Bytes that are there, while it is being sent. */
  done?: number;
  /** What the next try goes on from. */
  resume?: string;
};

/** What was, or would be, replaced in a file before others see it. */
export type RedactionPreview = {
  /** How many places, by kind. */
  counts: Record<"secret" | "card" | "serial" | "address", number>;
  /** The first place of each value, the first values of them; of a secret its length alone. */
  samples: {
    kind: keyof RedactionPreview["counts"];
    before?: string;
    length?: number;
    after: string;
    part: string;
    line: number;
  }[];
  /** Texts in it. */
  parts: number;
  /** What is in it and is no text that can be read: it is not in what is sent. */
  leftOut: string[];
};
