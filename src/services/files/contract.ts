import { z } from "zod";
import { call, tableFeed } from "../../lib/contract.ts";
import { longestFileName } from "../../station/bounds.ts";
import type { KeptFile } from "../../station/model.ts";

const id = z.number().int().min(1);

/** Where a file goes up or comes down: once, within ten minutes, on the port of the screens. */
export type FilePlace = { path: string };

export const filesContract = {
  /** The files of one station, or of all, newest first. */
  "files.list": tableFeed("id", z.object({ station: z.string().min(1).max(255).optional() })).of<KeptFile>(),
  /** Where to PUT a new file. The answer to the PUT is the file as it is kept. Fails with not-found for an unknown station. */
  "files.upload": call(
    z.object({ station: z.string().min(1).max(255).optional(), name: z.string().min(1).max(longestFileName) }),
  ).returns<FilePlace>(),
  /** Where to GET a file. Fails with not-found. */
  "files.download": call(z.object({ id })).returns<FilePlace>(),
  /** Another name, or a note; an empty note is none. Fails with not-found. */
  "files.change": call(
    z.object({
      id,
      name: z.string().trim().min(1).max(longestFileName).optional(),
      note: z.string().trim().max(500).optional(),
    }),
  ).returns<KeptFile>(),
  /** Takes a file away for good. Fails with not-found, with conflict while it is coming. */
  "files.remove": call(z.object({ id })).returns<null>(),
};
