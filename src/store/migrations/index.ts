import { first } from "./0001-record.ts";
import { access } from "./0002-access.ts";
import { lanes } from "./0003-lanes.ts";
import { attempts } from "./0004-attempts.ts";
import { certificates } from "./0005-certificates.ts";
import { findingFrames } from "./0006-finding-frames.ts";
import { folded } from "./0007-folded.ts";
import { moments } from "./0008-moments.ts";
import { frameKeys } from "./0009-frame-keys.ts";
import { files } from "./0010-files.ts";
import { frameKeysAnew } from "./0011-frame-keys-anew.ts";
import { bookmarks } from "./0012-bookmarks.ts";
import { savedCalls } from "./0013-saved-calls.ts";
import { diagnostics } from "./0014-diagnostics.ts";
import { outbox } from "./0015-outbox.ts";
import { consolePieces } from "./0016-console.ts";
import { overheard } from "./0017-overheard.ts";

/** Additive, in order; a database's user_version is how many it has seen. */
export const migrations: readonly string[] = [
  first,
  access,
  lanes,
  attempts,
  certificates,
  findingFrames,
  folded,
  moments,
  frameKeys,
  files,
  frameKeysAnew,
  bookmarks,
  savedCalls,
  diagnostics,
  outbox,
  consolePieces,
  overheard,
];
