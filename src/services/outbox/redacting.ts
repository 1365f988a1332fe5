import { parse } from "node:path";
import { pseudonym, pseudonymKey } from "../../redaction/pseudonyms.ts";
import type { Registry } from "../../session/registry.ts";
import type { KeptFile } from "../../station/model.ts";
import type { RedactionPreview } from "../../station/onward/outbox.ts";
import type { FileStore } from "../../store/files/file-store.ts";
import { emptyPreview, type Redactable, redacted } from "./redacted.ts";

/** How long a file may take, ms. */
const longestMs = 15 * 60_000;

/** Copies of kept files that hold nothing that is not for others. */
export type Redacting = {
  /** @throws FailureError not-found, invalid-input */
  preview(file: number): Promise<RedactionPreview>;
  /** Keeps the copy beside the file.
   * @throws FailureError not-found, invalid-input, unavailable */
  copy(file: number): Promise<{ file: KeptFile; preview: RedactionPreview }>;
};

type Options = { files: FileStore; registry: Registry; dataFolder: string };

export function createRedacting({ files, registry, dataFolder }: Options): Redacting {
  function open(id: number): { kept: KeptFile; source: Redactable } {
    const kept = files.require(id);
    const { info } = registry.get(kept.station ?? "")?.state ?? {};
    const { serialNumber, boxSerialNumber, meterSerialNumber, iccid, imsi } = info ?? {};
    const known = [serialNumber, boxSerialNumber, meterSerialNumber, iccid, imsi].filter((one) => one !== undefined);
    const key = pseudonymKey(dataFolder);
    const nameOf = (kind: string, value: string) => pseudonym(key, kind, value);
    return { kept, source: { path: files.placeOf(id), name: kept.name, known, nameOf } };
  }

  return {
    async preview(id) {
      const told = emptyPreview();
      const pieces = redacted(open(id).source, told, AbortSignal.timeout(longestMs));
      while (!(await pieces.next()).done);
      return told;
    },
    async copy(id) {
      const { kept, source } = open(id);
      const told = emptyPreview();
      const name = `${parse(kept.name).name}-redacted.txt`;
      const pieces = redacted(source, told, AbortSignal.timeout(longestMs));
      return { file: await files.keep({ station: kept.station, name }, pieces), preview: told };
    },
  };
}
