import type { Cause, PeerCertificate } from "../station/attempts.ts";
import type { Basic } from "./http/basic-credentials.ts";
import type { Link } from "./link.ts";

/** Who asks for access, once the head of the request is read. */
export type AccessRequest = {
  identity: string;
  path: string;
  remoteAddress: string;
  secure: boolean;
  /** HTTP Basic as bytes (a key may be binary); null when none was sent. `unreadable`: something else was sent. */
  credentials: Pick<Basic, "user" | "password" | "unreadable"> | null;
  /** Shown over TLS. `trusted`: signed by a root that we know, and valid now. */
  clientCertificate: (PeerCertificate & { trusted: boolean; problem?: string }) | null;
  offered: readonly string[];
};

/** The decision on a request for access. Causes of an allowed one are oddities, told and not held against it. */
export type Admission =
  | { allow: true; securityProfile: number; causes: Cause[]; password?: Link["password"] }
  | { allow: false; status: RefusalStatus; causes: Cause[] };

/** What one that is not let in is answered over HTTP. */
export type RefusalStatus = 401 | 403 | 404 | 503;

/** Decides who comes in. */
export type AccessControl = { admit(accessRequest: AccessRequest): Admission | Promise<Admission> };
